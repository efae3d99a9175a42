/**
 * Images per second of training steps and screening on tfjs's WebAssembly backend, one thread, interleaved in one run:
 *
 * - the reference net, 128 × 128 × 1 → 8, 16, 32 channels → 2 classes, by the fused block, by stock operations with our general
 *   gradients, and by stock operations with those that are there when our kernels were not built;
 * - two nets that the fused block does not take, by the last two ways.
 *
 * A ratio is the median of the rounds' ratios to the row of the same net without our kernels.
 *
 * Usage: node test/bench/kernels.ts [--json] [--rounds 15] [--batch 32]
 */
import { parseArgs } from 'node:util';
// First, so that tfjs's own kernel is at hand before ours takes its place.
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Rng } from '../../src/base/rng.ts';
import { composeConvReluPool, convReluPool } from '../../src/tensor/conv-relu-pool.ts';
import { completeWasmBackend } from '../../src/tensor/kernels/complete-wasm-backend.ts';
import { loadBackend } from '../../src/tensor/load-backend.ts';

const SIDE = 128;
const GENERAL = [tf.Conv2DBackpropFilter, tf.Conv2DBackpropInput, tf.MaxPoolGrad];

/** Convolutions of one filter size, each with its output channels, followed by ReLU and max pool. */
interface Net {
  readonly name: string;
  readonly channels: readonly number[];
  readonly filter: number;
  /** The blocks' output is this many times smaller, on each side. */
  readonly shrinks: number;
  readonly block: (x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor1D) => tf.Tensor4D;
}

const FUSED: Net = {
  name: 'reference net, fused block',
  channels: [8, 16, 32],
  filter: 3,
  shrinks: 2,
  block: convReluPool,
};
const REFERENCE: Net = { ...FUSED, name: 'reference net', block: composeConvReluPool };
const OTHER_CHANNELS: Net = { ...FUSED, name: '6, 12, 20 channels', channels: [6, 12, 20] };
const STRIDED: Net = {
  name: '5×5 stride 2, pool 3/2',
  channels: [12, 24],
  filter: 5,
  shrinks: 4,
  block: (x, kernel, bias) =>
    tf.maxPool(tf.relu(tf.add<tf.Tensor4D>(tf.conv2d(x, kernel, 2, 'same'), bias)), 3, 2, 'same'),
};

interface Contestant {
  readonly name: string;
  /** What stands in the place of `own` during the run. */
  readonly kernels: readonly tf.KernelConfig[];
  readonly run: () => void;
  /** Name of the row to divide by. */
  readonly against: string;
  /** Images per second of each round. */
  readonly rounds: number[];
}

interface Result {
  readonly name: string;
  readonly imagesPerSecond: { readonly median: number; readonly min: number; readonly max: number };
  /** Median of the rounds' ratios. */
  readonly ratio: { readonly against: string; readonly median: number };
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

const stockInputGradient = kernel(tf.Conv2DBackpropInput);
const backend = await loadBackend('cpu');
if (backend.warning !== undefined) {
  console.error(backend.warning);
  process.exit(4);
}
/** The general gradients in tfjs's names, and what has names of our own. */
const own = [...GENERAL.map(kernel), ...tf.getKernelsForBackend('wasm').filter(isOwn)];
completeWasmBackend();
const plain = [kernel(tf.Conv2DBackpropFilter), stockInputGradient, kernel(tf.MaxPoolGrad)];
const images = random([batch, SIDE, SIDE, 1], 1) as tf.Tensor4D;

print(measure([...contestants(REFERENCE, FUSED), ...contestants(OTHER_CHANNELS), ...contestants(STRIDED)]));

function kernel(name: string): tf.KernelConfig {
  const found = tf.getKernel(name, 'wasm');
  if (!found) throw new Error(`there is no kernel ${name} on the wasm backend`);
  return found;
}

function isOwn({ kernelName }: tf.KernelConfig): boolean {
  return kernelName.startsWith('Steadypen');
}

function random(shape: number[], scale: number): tf.Tensor {
  const rng = new Rng(`kernels bench ${shape.join()}`);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * rng.normal()),
    shape,
  );
}

/** Training steps of a net with our general gradients and without; with the fused block beside them where that takes the net. */
function contestants(net: Net, fused?: Net): Contestant[] {
  const against = `${net.name}, without own kernels`;
  const forwardOnly = `${net.name}, forward only`;
  const row = (name: string, kernels: readonly tf.KernelConfig[], by: Net): Contestant => {
    const { train } = runsOf(by);
    return { name, kernels, run: () => void tf.tidy(train), against, rounds: [] };
  };
  const forward = (by: Net): Contestant => {
    const { infer } = runsOf(by);
    const name = `${by.name}, forward only`;
    return { name, kernels: own, run: () => void tf.tidy(infer), against: forwardOnly, rounds: [] };
  };
  return [
    ...(fused ? [row(fused.name, own, fused)] : []),
    row(`${net.name}, own kernels`, own, net),
    row(against, plain, net),
    ...(fused ? [forward(fused), forward(net)] : []),
  ];
}

function runsOf(net: Net): { readonly train: () => void; readonly infer: () => void } {
  const inputs = (SIDE / net.shrinks ** net.channels.length) ** 2 * (net.channels.at(-1) ?? 0);
  const parameters = net.channels.flatMap((channels, i) => {
    const before = net.channels[i - 1] ?? 1;
    const fanIn = net.filter ** 2 * before;
    return [
      random([net.filter, net.filter, before, channels], Math.sqrt(2 / fanIn)),
      tf.zeros<tf.Rank.R1>([channels]),
    ];
  });
  parameters.push(random([inputs, 2], 0.01), tf.zeros([2]));
  const labels = tf.oneHot(
    tf.tensor1d(
      Int32Array.from({ length: batch }, (_, i) => i % 2),
      'int32',
    ),
    2,
  );
  const logitsOf = (weights: readonly tf.Tensor[]): tf.Tensor => {
    let map = images;
    for (let i = 0; i < weights.length - 2; i += 2) {
      map = net.block(map, weights[i] as tf.Tensor4D, weights[i + 1] as tf.Tensor1D);
    }
    const [matrix, bias] = weights.slice(-2) as [tf.Tensor2D, tf.Tensor1D];
    return tf.add(tf.matMul(tf.reshape(map, [batch, inputs]), matrix), bias);
  };
  return {
    train: () => {
      const gradients = tf.grads((...weights) => tf.losses.softmaxCrossEntropy(labels, logitsOf(weights)))(
        parameters,
      );
      for (const gradient of gradients) gradient.dataSync();
    },
    infer: () => void logitsOf(parameters).dataSync(),
  };
}

/** Every round runs each contestant once; two rounds warm up. */
function measure(list: readonly Contestant[]): Result[] {
  for (let round = -2; round < rounds; round++) {
    for (const { kernels, run, rounds: kept } of list) {
      for (const { kernelName } of own) {
        if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
      }
      for (const config of kernels) tf.registerKernel(config);
      const start = performance.now();
      run();
      if (round >= 0) kept.push((1000 * batch) / (performance.now() - start));
    }
  }
  return list.map(({ name, against, rounds: kept }) => {
    const others = list.find((other) => other.name === against)?.rounds ?? [];
    return {
      name,
      imagesPerSecond: { median: median(kept), min: Math.min(...kept), max: Math.max(...kept) },
      ratio: { against, median: median(kept.map((rate, round) => rate / (others[round] ?? NaN))) },
    };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function print(results: readonly Result[]): void {
  if (options.json) {
    console.log(JSON.stringify({ backend: backend.detail, batch, rounds, threads: 1, results }));
    return;
  }
  console.log(`${backend.detail}; batch ${batch}, ${rounds} rounds, one thread. Images per second:`);
  const width = Math.max(...results.map(({ name }) => name.length)) + 1;
  console.log(
    ['', 'median', 'min', 'max', 'ratio']
      .map((title, i) => (i ? title.padStart(9) : title.padEnd(width)))
      .join(''),
  );
  for (const { name, imagesPerSecond: rate, ratio } of results) {
    const columns = [rate.median, rate.min, rate.max].map((value) => value.toFixed(0).padStart(9));
    console.log(name.padEnd(width) + columns.join('') + ratio.median.toFixed(2).padStart(9));
  }
}
