import { UserError } from '../base/errors.ts';
import type { PatchSet } from './dataset.ts';
import { countLabels } from './split.ts';

/** What one epoch walks over. */
export interface TrainingPool {
  readonly patches: PatchSet;
  /** Patch indices, each as often as it is shown in the epoch. Shuffled by the training loop. */
  readonly order: Uint32Array;
}

/** Gives the pool of each epoch: the same one again, or new synthetic data every time. */
export interface TrainingSource {
  /** Patches shown per epoch: `order.length` of every pool. */
  readonly perEpoch: number;
  /** @param epoch From 1 over all phases. */
  pool(epoch: number): Promise<TrainingPool>;
}

/** The same patches every epoch, each shown `repeats[i]` times (once without it). */
export function fixedSource(patches: PatchSet, repeats?: (index: number) => number): TrainingSource {
  const order = orderOf(patches.count, repeats);
  return { perEpoch: order.length, pool: () => Promise.resolve({ patches, order }) };
}

/** 0, 1, … with each index repeated as often as `repeats` says. */
export function orderOf(count: number, repeats: (index: number) => number = () => 1): Uint32Array {
  const order: number[] = [];
  for (let i = 0; i < count; i++) for (let n = repeats(i); n > 0; n--) order.push(i);
  return Uint32Array.from(order);
}

const NEEDED = { training: 4, validation: 2, test: 2 } as const;

/**
 * @throws UserError `too-few-samples` that says which class lacks how many, and in which part.
 */
export function requireEnough(part: keyof typeof NEEDED, set: PatchSet): void {
  const { regular, tremorLike } = countLabels(set);
  const needed = NEEDED[part];
  if (regular >= needed && tremorLike >= needed) return;
  const total = regular + tremorLike;
  const one =
    total > 0 && (regular === 0 || tremorLike === 0)
      ? `All ${total} have the label ${regular === 0 ? 'tremor-like' : 'regular'}. `
      : '';
  throw new UserError(
    'too-few-samples',
    `Too few samples for the ${part} part: it needs at least ${needed} regular and ${needed} tremor-like, but has ${regular} and ${tremorLike}. ` +
      `${one}Label more samples of different people, or add synthetic ones.`,
    part,
  );
}
