import type { TrainEvent } from '../model/training-types.ts';
import { gatherPatches, type GatherOptions, type TrainingPatches } from './training-patches.ts';

/** {@link gatherPatches}, its progress as events, at most five per second. */
export async function* gatherWithProgress(
  options: Omit<GatherOptions, 'onProgress'>,
): AsyncGenerator<TrainEvent, TrainingPatches> {
  let latest: { done: number; total: number } | null = null;
  const onProgress = (done: number, total: number): void => {
    latest = { done, total };
  };
  const work = gatherPatches({ ...options, onProgress });
  const ended = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([ended, wait(200)]))) {
    if (latest !== null) yield { kind: 'preparing', ...(latest as { done: number; total: number }) };
  }
  return work;
}

function wait(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}
