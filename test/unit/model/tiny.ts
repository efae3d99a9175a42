/** A net and patches small enough for a test: 16 × 16, stripes against blobs. */
import { Rng } from '../../../src/base/rng.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import type { Architecture } from '../../../src/model/model-bundle.ts';
import type { TrainRecipe } from '../../../src/model/training-types.ts';

export const TINY: Architecture = { kind: 'conv-relu-pool', inputSide: 16, channels: [4, 6], classes: 2 };

export const TINY_RECIPE: TrainRecipe = {
  seed: 7,
  epochs: 40,
  fineTuneEpochs: 5,
  batchSize: 16,
  penalty: { kind: 'l0', a: 1 },
  targetSparsity: 0.9,
  paperForm: null,
  synthetic: { count: 0, kinds: [] },
  backend: 'cpu',
};

/** Class 0: smooth diagonal lines; class 1: the same lines with a ragged edge. */
export function tinyPatches(count: number, seed: string): PatchSet {
  const rng = new Rng(seed);
  const pixels = new Uint8Array(count * 256);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  for (let n = 0; n < count; n++) {
    const shift = rng.int(16);
    for (let row = 0; row < 16; row++) {
      const jitter = labels[n] === 1 && row % 2 === 1 ? 3 : 0;
      for (const wide of [0, 1])
        pixels[n * 256 + row * 16 + ((row + shift + jitter + wide) % 16)] = 200 + rng.int(56);
    }
  }
  return {
    count,
    pixels,
    labels,
    subjects: Array.from(labels, (_, i) => `person ${i >> 1}`),
    groups: Array.from(labels, (_, i) => (['spiral', 'wave', 'writing'] as const)[i % 3] ?? 'wave'),
  };
}

let now = 0;
/** Every look at the clock is 1 ms later than the last. */
export const stepClock = { nowMs: () => now++, elapsedMs: () => now++ };
