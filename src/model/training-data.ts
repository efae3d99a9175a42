import { UserError } from '../base/errors.ts';
import type { SplitPart } from '../base/words.ts';
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

/**
 * How often to show each patch so that the set weighs about `weight` patches and both its labels weigh the same.
 * A label that is missing leaves half the weight out.
 */
export function labelRepeats(set: PatchSet, weight: number): (index: number) => number {
  const { regular, tremorLike } = countLabels(set);
  const timesOf = (count: number): number => Math.max(1, Math.round(weight / 2 / Math.max(1, count)));
  const [forRegular, forTremor] = [timesOf(regular), timesOf(tremorLike)];
  return (index) => (set.labels[index] === 1 ? forTremor : forRegular);
}

/**
 * Synthetic patches, and own ones repeated so that they weigh about as much.
 * @param first Synthetic patches, then the own ones. @param own The own ones, for their labels; null for none.
 * @param remake Makes the set of each later epoch, of the same shape; null shows the same one again.
 */
export function mixedSource(
  first: PatchSet,
  own: PatchSet | null,
  remake: { readonly epochs: number; readonly make: (epoch: number) => Promise<PatchSet> } | null,
): TrainingSource {
  const synthetic = first.count - (own?.count ?? 0);
  const ownRepeats = own === null ? () => 0 : labelRepeats(own, synthetic);
  const order = orderOf(first.count, (index) => (index < synthetic ? 1 : ownRepeats(index - synthetic)));
  const perEpoch = order.length;
  if (remake === null) return { perEpoch, pool: () => Promise.resolve({ patches: first, order }) };
  // The epoch in progress and the next one, so that a run may also start over or go on within one.
  const ready = new Map<number, Promise<PatchSet>>();
  const get = (epoch: number): Promise<PatchSet> => {
    const set = epoch === 1 ? Promise.resolve(first) : (ready.get(epoch) ?? remake.make(epoch));
    ready.set(epoch, set);
    return set;
  };
  return {
    perEpoch,
    pool: async (epoch) => {
      for (const other of ready.keys()) if (other !== epoch && other !== epoch + 1) ready.delete(other);
      const patches = await get(epoch);
      // Made between the steps of this epoch, so that progress and cancelling go on.
      if (epoch < remake.epochs) get(epoch + 1).catch(() => undefined); // met again, and thrown, at the next call
      return { patches, order };
    },
  };
}

const NEEDED: Readonly<Record<SplitPart, number>> = { train: 4, validation: 2, test: 2 };
const PART_WORDS: Readonly<Record<SplitPart, string>> = {
  train: 'training',
  validation: 'validation',
  test: 'test',
};

/**
 * @throws UserError `too-few-samples` that says which class lacks how many, and in which part.
 */
export function requireEnough(part: SplitPart, set: Pick<PatchSet, 'labels'>): void {
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
    `Too few samples for the ${PART_WORDS[part]} part: it needs at least ${needed} regular and ${needed} tremor-like, but has ${regular} and ${tremorLike}. ` +
      `${one}Label more samples of different people, or add synthetic ones.`,
    PART_WORDS[part],
  );
}
