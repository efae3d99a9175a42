import { ActivePoints } from '../../state/active-points.svelte.ts';
import type { App } from '../../state/app.svelte.ts';
import { SettingsState } from '../../state/settings.svelte.ts';

export class KeptSettings extends SettingsState {
  constructor(app: App) {
    super(app.api);
  }
}

export class KeptPoints extends ActivePoints {
  constructor(app: App) {
    super(app.api);
  }
}
