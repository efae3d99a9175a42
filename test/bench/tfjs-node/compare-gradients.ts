import { Rng } from '../../../src/base/rng.ts';
import { makeBatch, type Batch } from '../../../src/model/batches.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import {
  initialParameters,
  layoutOf,
  REFERENCE_ARCHITECTURE,
  viewOf,
} from '../../../src/model/parameters.ts';
import type { Contestant } from './start-contestant.ts';

/** What the project promises of its kernels. */
export const GRADIENT_TOLERANCE = 1e-5;
const PICTURES = 256;
/** At which pictures may be compared again, and how far weights are moved then. */
const MOVES = 4;
const MOVED_BY = 1e-3;

export interface GradientComparison {
  readonly tolerance: number;
  readonly pictures: number;
  /** Largest difference by parameter tensor, over all pictures. */
  readonly tensors: Readonly<Record<string, number>>;
  readonly largest: number;
  /** Pictures that were compared at moved weights, and by how much they differed before. */
  readonly ties: readonly number[];
}

/**
 * Gradients of the reference net, one picture after the other, at the start of training: for each parameter tensor the largest
 * difference over the largest value. One picture at a time, and each with the label that the network finds less likely, since
 * the gradient of a batch, or of a picture that is already told well, is a small difference of large numbers.
 *
 * Where two positions of a pooling window differ by less than rounding, two engines may choose differently, and one gradient
 * goes another way. Such a tie is gone when all weights are moved a little, a fault in a kernel is not: pictures that
 * differ are compared again at moved weights.
 */
export async function compareGradients(
  own: Contestant,
  native: Contestant,
  set: PatchSet,
): Promise<GradientComparison> {
  const rng = new Rng('gradients');
  const start = initialParameters(REFERENCE_ARCHITECTURE, rng.fork('start'));
  const { slots } = layoutOf(REFERENCE_ARCHITECTURE);
  const tensors = Object.fromEntries(slots.map(({ name }) => [name, 0]));
  const ties: number[] = [];
  const pictures = Math.min(PICTURES, set.count);
  for (let i = 0; i < pictures; i++) {
    const batch = await surprisingPicture(own, start, set, i);
    let found: number[] = [];
    for (let move = 0; move < MOVES; move++) {
      const flat = move === 0 ? start : start.map((weight) => weight * (1 + MOVED_BY * rng.normal()));
      const a = (await own.ask('gradient', { flat, batch })).gradient;
      const b = (await native.ask('gradient', { flat, batch })).gradient;
      found = slots.map((slot) => relativeDifference(viewOf(a, slot), viewOf(b, slot)));
      if (Math.max(...found) <= GRADIENT_TOLERANCE) break;
      if (move === 0) ties.push(Math.max(...found));
    }
    for (const [j, { name }] of slots.entries()) tensors[name] = Math.max(tensors[name]!, found[j]!);
  }
  return {
    tolerance: GRADIENT_TOLERANCE,
    pictures,
    tensors,
    largest: Math.max(...Object.values(tensors)),
    ties,
  };
}

async function surprisingPicture(
  engine: Contestant,
  flat: Float32Array,
  set: PatchSet,
  index: number,
): Promise<Batch> {
  const { images } = makeBatch(set, Uint32Array.of(index), REFERENCE_ARCHITECTURE.inputSide, null);
  const { loss } = await engine.ask('gradient', { flat, batch: { images, labels: Uint8Array.of(1) } });
  return { images, labels: Uint8Array.of(loss >= Math.LN2 ? 1 : 0) };
}

/** Largest difference over the largest value; infinite where only one is all zeros. */
function relativeDifference(a: Float32Array, b: Float32Array): number {
  let [apart, size] = [0, 0];
  for (const [i, value] of a.entries()) {
    apart = Math.max(apart, Math.abs(value - b[i]!));
    size = Math.max(size, Math.abs(value));
  }
  return apart === 0 ? 0 : apart / size;
}
