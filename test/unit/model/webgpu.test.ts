/** Training on WebGPU: on a graphics processor where there is one, else on Chromium's software Vulkan at tiny sizes. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import {
  DEFAULT_ARCHITECTURE,
  initialParameters,
  layoutOf,
  REFERENCE_ARCHITECTURE,
  viewOf,
} from '../../../src/model/parameters.ts';
import type { NetworkShape } from '../../../src/tensor/engine.ts';
import { loadWebgpu } from '../../../src/tensor/webgpu/load-webgpu.ts';
import { relativeDifference } from '../tensor/slow-block.ts';
import { openWebgpuIfAny } from '../tensor/webgpu/software-vulkan.ts';
import { TINY } from './tiny.ts';
import { trainTiny } from './train-tiny.ts';

const isThere = (await openWebgpuIfAny()) !== null;

interface Problem {
  readonly flat: Float32Array;
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

/** Rings of uneven ink on empty paper: most windows are dead or equal, as in a drawing. */
function problemOf(shape: NetworkShape, count: number): Problem {
  const rng = new Rng(`webgpu ${shape.channels.join()} ${count}`);
  const side = shape.inputSide;
  const flat = initialParameters({ ...shape, kind: 'conv-relu-pool', classes: 2 }, rng);
  for (const slot of layoutOf(shape).slots) {
    const values = viewOf(flat, slot);
    for (let i = 0; i < values.length; i++) values[i]! += (slot.length > 8000 ? 0.005 : 0.1) * rng.normal();
  }
  const images = Float32Array.from({ length: count * side * side }, (_, i) => {
    const radius = Math.hypot((i % side) - side / 2, (Math.floor(i / side) % side) - side / 2);
    return Math.abs((radius % 20) - 10) < 2 ? rng.next() : 0;
  });
  return { flat, images, labels: Uint8Array.from({ length: count }, (_, i) => i % 2) };
}

/** Opened anew each time, since one tfjs backend is current at a time. */
async function compute(name: 'cpu' | 'webgpu', shape: NetworkShape, { flat, images, labels }: Problem) {
  const network = await (await openEngine(name)).open(shape);
  const { loss, gradient } = await network.lossAndGradient(flat, images, labels);
  const cells = await network.cellContributions(flat, images, labels.length);
  network.close();
  return { loss, gradient, cells };
}

describe.skipIf(!isThere)('webgpu', () => {
  test.each([
    { what: 'a tiny net, one picture', shape: TINY, count: 1 },
    { what: 'a tiny net, a batch', shape: TINY, count: 32 },
    { what: 'channels of the reference net', shape: { inputSide: 16, channels: [8, 16, 32] }, count: 32 },
    { what: 'channels that are no multiple of four', shape: { inputSide: 16, channels: [5, 3] }, count: 3 },
    { what: 'the reference net', shape: REFERENCE_ARCHITECTURE, count: 2 },
    { what: 'the net of new trainings', shape: DEFAULT_ARCHITECTURE, count: 2 },
  ])('$what: loss, gradient and cells are those of cpu', async ({ shape, count }) => {
    const problem = problemOf(shape, count);
    const wanted = await compute('cpu', shape, problem);
    const actual = await compute('webgpu', shape, problem);
    expect(Math.abs(actual.loss - wanted.loss) / wanted.loss).toBeLessThan(1e-5);
    for (const slot of layoutOf(shape).slots) {
      const difference = relativeDifference(viewOf(actual.gradient, slot), viewOf(wanted.gradient, slot));
      expect(difference, slot.name).toBeLessThan(1e-4);
    }
    expect(relativeDifference(actual.cells, wanted.cells)).toBeLessThan(1e-4);
    // What everything above rests on.
    expect(Math.max(...wanted.gradient.map(Math.abs))).toBeGreaterThan(1e-3);
  });

  test('the same arguments give the same bits', async () => {
    const problem = problemOf(TINY, 8);
    const first = await compute('webgpu', TINY, problem);
    const second = await compute('webgpu', TINY, problem);
    expect(second).toEqual(first);
  });

  test('a batch of more than 64 pictures adds up in a fixed order too', async () => {
    // 2,048 inputs of the FC layer: the stock kernel would split them among threads that add as they come.
    const shape = { inputSide: 32, channels: [8] };
    const problem = problemOf(shape, 72);
    const wanted = await compute('cpu', shape, problem);
    const actual = await compute('webgpu', shape, problem);
    expect(relativeDifference(actual.gradient, wanted.gradient)).toBeLessThan(1e-4);
    const { pipelineCache } = tf.backend() as unknown as { pipelineCache: Record<string, unknown> };
    expect(Object.keys(pipelineCache).filter((key) => /^matMul/i.test(key))).not.toEqual([]);
    expect(Object.keys(pipelineCache).filter((key) => /splitK/i.test(key))).toEqual([]);
  });

  test('a whole run has the loss curve of cpu; tensors and memory of the device stay flat', async () => {
    const wanted = await trainTiny(await openEngine('cpu'));
    const memory: ReturnType<typeof deviceMemory>[] = [];
    const actual = await trainTiny(await openEngine('webgpu'), () => {
      memory.push(deviceMemory());
      return Promise.resolve();
    });
    expect(actual.losses).toHaveLength(22); // of ten steps
    for (const [i, loss] of actual.losses.entries()) {
      expect(Math.abs(loss - wanted.losses[i]!), `epoch ${i + 1}`).toBeLessThan(
        1e-3 * (1 + wanted.losses[i]!),
      );
    }
    expect(actual.losses.at(-1)).toBeLessThan(0.7 * actual.losses[0]!);
    expect(new Set(memory.map((at) => JSON.stringify(at)))).toEqual(new Set([JSON.stringify(memory[0])]));
    expect(memory[0]).toMatchObject({ tensors: 0, used: 0 });
  }, 120_000);

  test('a device that is taken away in the middle of a call fails that call and the next; opening again works', async () => {
    const problem = problemOf(TINY, 4);
    const { flat, images, labels } = problem;
    const { device } = await loadWebgpu();
    const network = await (await openEngine('webgpu')).open(TINY);
    const running = network.lossAndGradient(flat, images, labels);
    device.destroy();
    const failure = { code: 'engine-failed', subject: 'webgpu' };
    await expect(running).rejects.toMatchObject(failure);
    await expect(network.lossAndGradient(flat, images, labels)).rejects.toMatchObject(failure);
    await expect(network.cellContributions(flat, images, 4)).rejects.toMatchObject(failure);
    expect(Number.isFinite((await compute('webgpu', TINY, problem)).loss)).toBe(true);
  });

  test.each(['falls off its end', 'calls exit', 'loses the device and ends'])(
    'a process that has used it ends at once and in peace when it %s',
    async (how) => {
      const program = path.join(import.meta.dirname, 'programs/webgpu-end.ts');
      const { stdout } = await promisify(execFile)(process.execPath, [program, how], { timeout: 25_000 });
      expect(stdout.trim()).toBe('computed');
    },
  );
});

function deviceMemory() {
  const { numTensors, numBytesInGPU, numBytesAllocatedInGPU } = tf.memory() as ReturnType<
    typeof tf.memory
  > & {
    numBytesInGPU: number;
    numBytesAllocatedInGPU: number;
  };
  return { tensors: numTensors, used: numBytesInGPU, allocated: numBytesAllocatedInGPU };
}
