import type { App } from '../../state/app.svelte.ts';
import { ModelsState } from '../../state/models.svelte.ts';
import { say } from '../../state/toasts.ts';
import { words } from '../../words/words.ts';

const w = words.models;

export class KeptModels extends ModelsState {
  constructor(app: App) {
    super({
      api: app.api,
      tell: ({ kind, model }, undo) => {
        const said = { activated: w.activated, 'rolled-back': w.rolledBack, discarded: w.discarded }[kind];
        say(said(model.name), undo ? { undo } : {});
      },
    });
  }
}
