/**
 * Images per second of our convolution kernels against stock TensorFlow.js operations on the same backend, interleaved in one
 * run: the reference net, 128 × 128 × 1 → 8, 16, 32 channels → 2 classes, one thread.
 *
 * Usage: node test/bench/kernels.ts [--json] [--rounds 15] [--batch 32]
 */
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { Rng } from '../../src/base/rng.ts';
import { composeConvReluPool, convReluPool } from '../../src/tensor/conv-relu-pool.ts';
import { loadBackend } from '../../src/tensor/load-backend.ts';

const SIDE = 128;
const CHANNELS = [1, 8, 16, 32] as const;
const FC_INPUTS = (SIDE / 8) ** 2 * CHANNELS[3];

interface Contestant {
  readonly name: string;
  readonly run: () => void;
  readonly rounds: number[];
}

interface Result {
  readonly name: string;
  readonly imagesPerSecond: { readonly median: number; readonly min: number; readonly max: number };
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '15' },
    batch: { type: 'string', default: '32' },
  },
});
const rounds = Number(options.rounds);
const batch = Number(options.batch);
if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(batch) && batch > 0)) {
  console.error('kernels bench: --rounds and --batch take whole numbers above 0');
  process.exit(2);
}

const backend = await loadBackend('cpu');
if (backend.warning !== undefined) {
  console.error(backend.warning);
  process.exit(4);
}
const results = measure([
  ...contestants('own kernels', convReluPool),
  ...contestants('stock', composeConvReluPool),
]);
print(results);

function contestants(name: string, block: typeof convReluPool): Contestant[] {
  const rng = new Rng('kernels bench');
  const random = (shape: number[], scale: number): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * rng.normal()),
      shape,
    );
  const parameters = CHANNELS.slice(1).flatMap((channels, i) => {
    const before = CHANNELS[i] ?? 1;
    return [random([3, 3, before, channels], Math.sqrt(2 / (9 * before))), tf.zeros([channels])];
  });
  parameters.push(random([FC_INPUTS, 2], 0.01), tf.zeros([2]));
  const images = random([batch, SIDE, SIDE, 1], 1) as tf.Tensor4D;
  const labels = tf.oneHot(
    tf.tensor1d(
      Int32Array.from({ length: batch }, (_, i) => i % 2),
      'int32',
    ),
    2,
  );
  const logitsOf = (weights: readonly tf.Tensor[]): tf.Tensor => {
    let map = images;
    for (let i = 0; i < 6; i += 2) map = block(map, weights[i] as tf.Tensor4D, weights[i + 1] as tf.Tensor1D);
    return tf.add(
      tf.matMul(tf.reshape(map, [batch, -1]), weights[6] as tf.Tensor2D),
      weights[7] as tf.Tensor,
    );
  };
  const train = (): void => {
    const gradients = tf.grads((...weights) => tf.losses.softmaxCrossEntropy(labels, logitsOf(weights)))(
      parameters,
    );
    for (const gradient of gradients) gradient.dataSync();
  };
  const infer = (): void => void logitsOf(parameters).dataSync();
  return [
    { name: `${name}, forward + backward`, run: () => void tf.tidy(train), rounds: [] },
    { name: `${name}, forward`, run: () => void tf.tidy(infer), rounds: [] },
  ];
}

/** Every round runs each contestant once; two rounds warm up. */
function measure(list: readonly Contestant[]): Result[] {
  for (let round = -2; round < rounds; round++) {
    for (const { run, rounds: kept } of list) {
      const start = performance.now();
      run();
      if (round >= 0) kept.push((1000 * batch) / (performance.now() - start));
    }
  }
  return list.map(({ name, rounds: kept }) => {
    const sorted = kept.toSorted((a, b) => a - b);
    return {
      name,
      imagesPerSecond: {
        median: sorted[sorted.length >> 1] ?? NaN,
        min: sorted[0] ?? NaN,
        max: sorted.at(-1) ?? NaN,
      },
    };
  });
}

function print(list: readonly Result[]): void {
  if (options.json) {
    console.log(JSON.stringify({ backend: backend.detail, batch, rounds, threads: 1, results: list }));
    return;
  }
  console.log(`${backend.detail}; batch ${batch}, ${rounds} rounds, one thread. Images per second:`);
  console.log(
    ['', 'median', 'min', 'max'].map((title, i) => (i ? title.padStart(9) : title.padEnd(34))).join(''),
  );
  for (const { name, imagesPerSecond: rate } of list) {
    const columns = [rate.median, rate.min, rate.max].map((value) => value.toFixed(0).padStart(9));
    console.log(name.padEnd(34) + columns.join(''));
  }
}
