/** w beside u where RVSM ends, put together over the seeds. */
import { meanInterval, type MeanInterval } from './mean-interval.ts';
import type { EpochPoint, RunResult } from './results.ts';
import type { Cell } from './summarise.ts';

/** At the last epoch of RVSM, on validation patches; shares. */
export interface EndOfRvsm {
  /** Accuracy of w. */
  readonly w: MeanInterval;
  /** Accuracy of u. */
  readonly u: MeanInterval;
  /** u minus w. */
  readonly lost: MeanInterval;
  /** Of u. */
  readonly zeros: MeanInterval;
  /** ‖w − u‖ / ‖w‖. */
  readonly gap: MeanInterval;
}

/** Over the runs whose epochs are known; null without any. */
export function endOf(cell: Cell): EndOfRvsm | null {
  const ends = cell.runs.flatMap((run) => lastOfRvsm(run) ?? []);
  if (ends.length === 0) return null;
  return {
    w: meanInterval(ends.map((end) => end.accuracyW)),
    u: meanInterval(ends.map((end) => end.accuracyU)),
    lost: meanInterval(ends.map((end) => end.accuracyU - end.accuracyW)),
    zeros: meanInterval(ends.map((end) => end.zeros)),
    gap: meanInterval(ends.map((end) => end.gap)),
  };
}

function lastOfRvsm({ epochs }: RunResult): EpochPoint | undefined {
  return epochs.findLast(({ phase }) => phase === 'rvsm');
}
