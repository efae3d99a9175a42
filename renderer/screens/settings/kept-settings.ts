import type { App } from '../../state/app.svelte.ts';
import { SettingsState } from '../../state/settings.svelte.ts';

export class KeptSettings extends SettingsState {
  constructor(app: App) {
    super(app.api);
  }
}
