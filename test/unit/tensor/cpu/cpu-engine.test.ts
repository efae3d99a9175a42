import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { CpuEngine } from '../../../../src/tensor/cpu/cpu-engine.ts';
import { geometryOf, suitsKernels } from '../../../../src/tensor/cpu/geometry.ts';
import type { NetworkShape } from '../../../../src/tensor/engine.ts';
import { loadCpuEngine } from '../../../../src/tensor/load-cpu-engine.ts';
import { relativeDifference } from '../slow-block.ts';
import { randomNetwork, slowNetwork, type Paper } from './slow-network.ts';

const FILE = 'dist/kernels/steadypen-engine.wasm';
const engines = new Map<number, CpuEngine>();
afterAll(() => {
  for (const engine of engines.values()) engine.close();
});

async function engineOf(threads: number): Promise<CpuEngine> {
  const engine = engines.get(threads) ?? (await loadCpuEngine(FILE, threads));
  engines.set(threads, engine);
  return engine;
}

const SHAPES: readonly NetworkShape[] = [
  { inputSide: 2, channels: [8] },
  { inputSide: 4, channels: [8, 8] },
  { inputSide: 16, channels: [16] },
  { inputSide: 20, channels: [8, 16] },
  { inputSide: 40, channels: [8, 16, 8] },
  { inputSide: 32, channels: [16, 8, 24] },
  { inputSide: 48, channels: [8, 16, 32] },
  { inputSide: 64, channels: [16, 16, 32, 64] },
];

describe.each(SHAPES)('$inputSide × $inputSide → $channels', (shape) => {
  test.each<Paper>(['noise', 'strokes', 'empty'])(
    'loss, gradients and cells on %s are those of the definition',
    async (paper) => {
      const problem = randomNetwork(shape, 3, paper, `definition ${shape.channels.join()} ${paper}`);
      const wanted = slowNetwork(problem);
      const network = await (await engineOf(1)).open(shape);
      const { loss, gradient } = await network.lossAndGradient(problem.flat, problem.images, problem.labels);
      expect(loss).toBeCloseTo(wanted.loss, 5);
      const { layers, fcKernelOffset, fcBiasOffset, parameters } = geometryOf(shape);
      const starts = layers.flatMap(({ kernelOffset, biasOffset }) => [kernelOffset, biasOffset]);
      const ends = [...starts.slice(1), fcKernelOffset, fcBiasOffset, parameters];
      for (const [i, start] of [...starts, fcKernelOffset, fcBiasOffset].entries()) {
        const part = [start, ends[i]] as const;
        const difference = relativeDifference(gradient.subarray(...part), wanted.gradient.subarray(...part));
        expect(difference, `tensor ${i}`).toBeLessThan(1e-5);
      }
      const cells = await network.cellContributions(problem.flat, problem.images, 3);
      expect(relativeDifference(cells, wanted.cells)).toBeLessThan(1e-5);
      network.close();
    },
  );
});

test('the gradient is the slope of the loss, by finite differences, in every tensor of the reference net in small', async () => {
  const shape = { inputSide: 32, channels: [8, 16, 32] };
  const { flat, images, labels } = randomNetwork(shape, 4, 'strokes', 'slope');
  const network = await (await engineOf(1)).open(shape);
  const { gradient } = await network.lossAndGradient(flat, images, labels);
  const { layers, fcKernelOffset, fcBiasOffset, parameters } = geometryOf(shape);
  const starts = [
    ...layers.flatMap(({ kernelOffset, biasOffset }) => [kernelOffset, biasOffset]),
    ...[fcKernelOffset, fcBiasOffset, parameters],
  ];
  for (const [i, start] of starts.slice(0, -1).entries()) {
    // Along the gradient itself, where the slope is its length.
    const end = starts[i + 1]!;
    const length = Math.hypot(...gradient.subarray(start, end));
    const lossAt = async (step: number): Promise<number> => {
      const at = flat.slice();
      for (let k = start; k < end; k++) at[k]! += (step * gradient[k]!) / length;
      return (await network.lossAndGradient(at, images, labels)).loss;
    };
    const slope = ((await lossAt(2e-3)) - (await lossAt(-2e-3))) / 4e-3;
    expect(Math.abs(slope - length), `tensor ${i}`).toBeLessThan(1e-3 + 0.02 * length);
  }
  network.close();
});

test.each([1, 3, 4, 5, 31, 32, 33, 70])(
  'a batch of %d gives the same bits on 1, 2 and 3 threads',
  async (count) => {
    const shape = { inputSide: 24, channels: [8, 16] };
    const { flat, images, labels } = randomNetwork(shape, count, 'strokes', `threads ${count}`);
    const answers = [];
    for (const threads of [1, 2, 3]) {
      const network = await (await engineOf(threads)).open(shape);
      // Several times: which thread takes which part is chance.
      for (let i = 0; i < 5; i++) {
        const result = await network.lossAndGradient(flat, images, labels);
        answers.push({ ...result, cells: await network.cellContributions(flat, images, count) });
      }
      network.close();
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  },
);

test('ink as bytes gives the bits of the same ink as floats', async () => {
  const shape = { inputSide: 24, channels: [8, 8] };
  const { flat, images: drawn, labels } = randomNetwork(shape, 6, 'strokes', 'bytes');
  const bytes = Uint8Array.from(drawn, (value) => Math.round(255 * value));
  const floats = Float32Array.from(bytes, (byte) => byte / 255);
  const network = await (await engineOf(2)).open(shape);
  expect(await network.lossAndGradient(flat, bytes, labels)).toEqual(
    await network.lossAndGradient(flat, floats, labels),
  );
  expect(await network.cellContributions(flat, bytes, 6)).toEqual(
    await network.cellContributions(flat, floats, 6),
  );
});

test('what was computed before leaves no trace: other parameters, other pictures, other networks', async () => {
  const shape = { inputSide: 40, channels: [8, 16] };
  const engine = await engineOf(2);
  const network = await engine.open(shape);
  const other = await engine.open({ inputSide: 16, channels: [8] });
  const mine = randomNetwork(shape, 9, 'strokes', 'mine');
  const first = await network.lossAndGradient(mine.flat, mine.images, mine.labels);
  for (const paper of ['empty', 'noise', 'strokes'] as const) {
    const next = randomNetwork(shape, 7, paper, `next ${paper}`);
    await network.lossAndGradient(next.flat, next.images, next.labels);
    await network.cellContributions(mine.flat, next.images, 7);
    const small = randomNetwork({ inputSide: 16, channels: [8] }, 5, paper, 'small');
    await other.lossAndGradient(small.flat, small.images, small.labels);
    expect(await network.lossAndGradient(mine.flat, mine.images, mine.labels)).toEqual(first);
  }
  network.close();
  other.close();
});

test('arguments that do not fit are refused, and the engine goes on', async () => {
  const shape = { inputSide: 16, channels: [8] };
  const { flat, images, labels } = randomNetwork(shape, 2, 'noise', 'fit');
  const network = await (await engineOf(1)).open(shape);
  await expect(network.lossAndGradient(flat, images, new Uint8Array(0))).rejects.toThrow('batch is empty');
  await expect(network.lossAndGradient(flat, images.subarray(1), labels)).rejects.toThrow('take 512 values');
  await expect(network.lossAndGradient(flat.subarray(1), images, labels)).rejects.toThrow('parameters, not');
  expect((await network.lossAndGradient(flat, images, labels)).loss).toBeGreaterThan(0);
  network.close();
  network.close();
  await expect(network.lossAndGradient(flat, images, labels)).rejects.toThrow('was closed');
});

test('a network that no memory holds is refused in words', async () => {
  const engine = await engineOf(1);
  expect(() => engine.open({ inputSide: 32_768, channels: [8, 8] })).toThrow(/no memory.*MB.*fewer channels/);
});

test('a closed network gives its memory to the next one of its shape, which sees nothing of it', async () => {
  const engine = await engineOf(2);
  const shape = { inputSide: 32, channels: [8, 16] };
  const mine = randomNetwork(shape, 6, 'strokes', 'first owner');
  const other = randomNetwork(shape, 6, 'strokes', 'second owner');
  const alone = await engine.open(shape);
  const wanted = await alone.lossAndGradient(mine.flat, mine.images, mine.labels);
  alone.close();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 200; i++) {
    const network = await engine.open(shape);
    const { flat, images, labels } = i % 2 === 0 ? other : mine;
    const got = await network.lossAndGradient(flat, images, labels);
    if (i % 2 === 1) expect(got).toEqual(wanted);
    network.close();
  }
  // A memory of its own for each would take some 200 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(80e6);
});

test('a network that is closed while it computes ends with that call, and harms no other', async () => {
  const engine = await engineOf(2);
  const shape = { inputSide: 24, channels: [8] };
  const { flat, images, labels } = randomNetwork(shape, 32, 'noise', 'closing');
  for (let i = 0; i < 20; i++) {
    const network = await engine.open(shape);
    const running = network.lossAndGradient(flat, images, labels);
    network.close();
    expect((await running).loss).toBeGreaterThan(0);
    await expect(network.lossAndGradient(flat, images, labels)).rejects.toThrow('was closed');
  }
});

test('a second call at the same time is refused, and the first has its own answer', async () => {
  const network = await (await engineOf(2)).open({ inputSide: 16, channels: [8] });
  const one = randomNetwork({ inputSide: 16, channels: [8] }, 8, 'noise', 'one');
  const two = randomNetwork({ inputSide: 16, channels: [8] }, 8, 'noise', 'two');
  const wanted = await network.lossAndGradient(one.flat, one.images, one.labels);
  const first = network.lossAndGradient(one.flat, one.images, one.labels);
  await expect(network.lossAndGradient(two.flat, two.images, two.labels)).rejects.toThrow(
    'one call at a time',
  );
  expect(await first).toEqual(wanted);
  network.close();
});

test('more than eight threads have nothing to do and are not started', async () => {
  const engine = await loadCpuEngine(FILE, 64);
  expect(engine.threads).toBe(8);
  engine.close();
});

test('shapes that the kernels cannot take are known beforehand', () => {
  expect(suitsKernels({ inputSide: 128, channels: [8, 16, 32] })).toBe(true);
  expect(suitsKernels({ inputSide: 128, channels: [4, 8] })).toBe(false);
  expect(suitsKernels({ inputSide: 36, channels: [8, 8, 8] })).toBe(false);
  expect(suitsKernels({ inputSide: 128, channels: [] })).toBe(false);
});

test('a helping thread that dies ends the step with an error instead of a hang, and so do later ones', async () => {
  let kill: (reason: string) => void = () => undefined;
  const engine = new CpuEngine({
    module: new WebAssembly.Module(readFileSync(FILE)),
    threads: 2,
    // It claims one part and never finishes it, as a thread that was killed.
    startHelper: ({ queue }, onDeath) => {
      kill = onDeath;
      const words = new Int32Array(queue);
      const steal = setInterval(() => {
        const claim = Atomics.load(words, 1);
        if ((claim & 4095) === 4095) return;
        Atomics.add(words, 1, 1);
      }, 0);
      return { post: () => undefined, end: () => clearInterval(steal) };
    },
    nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const shape = { inputSide: 16, channels: [8] };
  const { flat, images, labels } = randomNetwork(shape, 8, 'noise', 'death');
  const network = await engine.open(shape);
  expect((await network.lossAndGradient(flat, images, labels)).loss).toBeGreaterThan(0);
  kill('exit code 134');
  await expect(network.lossAndGradient(flat, images, labels)).rejects.toMatchObject({
    code: 'engine-failed',
    message: 'The backend cpu failed: a thread ended: exit code 134.',
  });
  await expect(network.lossAndGradient(flat, images, labels)).rejects.toThrow('exit code 134');
  engine.close();
});
