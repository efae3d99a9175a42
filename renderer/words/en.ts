import { common } from './en/common.ts';
import { library } from './en/library.ts';
import { models } from './en/models.ts';
import { screen } from './en/screen.ts';
import { settings } from './en/settings.ts';
import { train } from './en/train.ts';
import { verdict } from './en/verdict.ts';
import { warnings } from './en/warnings.ts';
import { witnesses } from './en/witnesses.ts';

/** Everything that Steadypen says, in English. A second language is a second object of this type. */
export const en = { common, screen, verdict, witnesses, warnings, library, train, models, settings };
