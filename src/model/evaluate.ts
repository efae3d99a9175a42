import { UserError } from '../base/errors.ts';
import type { PatchSet } from './dataset.ts';
import { makeBatch, makeFlipped } from './batches.ts';
import { LogitFault, predictFlat, type OpenNetwork } from './predictor.ts';

/** Called between batches: yields to the event loop and throws when the run was cancelled. */
export type Breathe = () => Promise<void>;

const BATCH = 32;

/**
 * Logits (tremor-like minus regular) of a whole patch set.
 * @param flips 1 looks at each patch once; 4 averages over its flips, as screening does.
 * @throws UserError `non-finite-loss` when a logit is not a finite number, or whatever `breathe` throws.
 */
export async function logitsOfSet(
  open: OpenNetwork,
  flat: Float32Array,
  set: PatchSet,
  breathe: Breathe,
  flips: 1 | 4 = 1,
): Promise<Float32Array> {
  const { architecture } = open;
  const sums = new Float32Array(set.count);
  for (let start = 0; start < set.count; start += BATCH) {
    const indices = Uint32Array.from({ length: Math.min(BATCH, set.count - start) }, (_, i) => start + i);
    for (let flip = 0; flip < flips; flip++) {
      const images =
        flip === 0
          ? makeBatch(set, indices, architecture.inputSide, null).images
          : makeFlipped(set, indices, architecture.inputSide, flip);
      const { logits } = await predictFlat(open, flat, images, indices.length).catch(explain);
      for (let i = 0; i < indices.length; i++) sums[start + i] = sums[start + i]! + logits[i]! / flips;
      await breathe();
    }
  }
  return sums;
}

function explain(fault: unknown): never {
  throw fault instanceof LogitFault ? wentAstray(', as held-out patches show') : fault;
}

/** @param where Goes on after `Training went astray`. */
export function wentAstray(where: string): UserError {
  return new UserError(
    'non-finite-loss',
    `Training went astray${where}: the loss is no longer a number. ` +
      'Use another seed, or a smaller learning rate if you set one. The active model is unchanged.',
  );
}

export interface Score {
  readonly accuracy: number;
  /** Mean cross-entropy, nats. */
  readonly loss: number;
}

/** Fraction of logits on the right side of 0, and mean cross-entropy in nats. */
export function scoreLogits(logits: Float32Array, labels: Uint8Array): Score {
  let right = 0;
  let loss = 0;
  for (let i = 0; i < logits.length; i++) {
    const margin = labels[i] === 1 ? logits[i]! : -logits[i]!;
    if (labels[i] === 1 ? margin > 0 : margin >= 0) right++;
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }
  return { accuracy: right / logits.length, loss: loss / logits.length };
}
