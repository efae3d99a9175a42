import type { RunEvent } from '../api/contract.ts';

/** How far a run in progress is. */
export interface RunProgress {
  /** Epochs of the whole run; 0 until it has started to learn. */
  readonly epochs: number;
  /** Share of the epochs that is done, 0..1; null while engines are measured and pictures made. */
  readonly fraction: number | null;
}

export const NO_PROGRESS: RunProgress = { epochs: 0, fraction: null };

/** The progress after one more event. */
export function progressAfter(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.kind) {
    case 'measuring':
    case 'preparing':
      return NO_PROGRESS;
    case 'started':
      return { epochs: event.epochs, fraction: shareOf(event.epochsDone ?? 0, event.epochs) };
    case 'step': {
      const done = event.epoch - 1 + event.step / Math.max(1, event.steps);
      return { ...progress, fraction: shareOf(done, progress.epochs) };
    }
    case 'epoch':
      return { epochs: event.report.epochs, fraction: shareOf(event.report.epoch, event.report.epochs) };
    case 'calibrating':
    case 'done':
      return { ...progress, fraction: 1 };
    case 'warning':
    case 'failed':
      return progress;
  }
}

function shareOf(done: number, all: number): number | null {
  return all > 0 ? Math.min(1, Math.max(0, done / all)) : null;
}
