import type { Clock } from '../base/clock.ts';

/** The machine's own time. */
export const nodeClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
};
