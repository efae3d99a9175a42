import type { App } from '../../state/app.svelte.ts';
import { TrainingState } from '../../state/training.svelte.ts';

/** The window's one view of the trainer: the curves survive a look elsewhere. */
export class KeptTraining extends TrainingState {
  constructor(app: App) {
    super({ api: app.api, elapsedMs: () => performance.now() });
  }
}
