/** Training in a Web Worker on Chromium's own WebGPU, as Electron's hidden window does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import { enginePortOf } from '../../../src/model/engine-port.ts';
import { connectEngine } from '../../../src/model/remote-engine.ts';
import { relativeDifference } from '../../unit/tensor/slow-block.ts';
import type { Engine } from '../../../src/tensor/engine.ts';
import { trainTiny, type TinyRun } from '../../unit/model/train-tiny.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    trainTinyOnCpu: () => Promise<TinyRun>;
  }
}

const probe = new BroadcastChannel('steadypen-worker-test');
let worker: Worker;
let engine: Engine | null = null;

beforeAll(async () => {
  worker = new Worker(new URL('../../unit/electron/watched-webgpu-worker.ts', import.meta.url), {
    type: 'module',
  });
  await new Promise((resolve, reject) => {
    worker.addEventListener('message', resolve, { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
  });
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(null, [port2]);
  try {
    engine = await connectEngine(enginePortOf(port1));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'no-backend') throw error;
    console.warn(`SKIPPED: WebGPU is not tested in the browser. ${error.message}`);
  }
});
afterAll(() => {
  engine?.close();
  worker.terminate();
  probe.close();
});

function workerMemory(): Promise<unknown> {
  return new Promise((resolve) => {
    probe.addEventListener('message', ({ data }) => resolve(data), { once: true });
    probe.postMessage('tell');
  });
}

test('a run in the worker is the run on cpu in Node; its tensors stay flat', async ({ skip }) => {
  if (engine === null) return skip('no WebGPU adapter');
  expect(engine).toMatchObject({ backend: 'webgpu', threads: 1 });
  expect(engine.detail).toContain('WebGPU on');
  const wanted = await commands.trainTinyOnCpu();
  const atEpoch: unknown[] = [];
  const actual = await trainTiny(engine, async () => void atEpoch.push(await workerMemory()));
  expect(Math.abs(actual.loss - wanted.loss) / wanted.loss).toBeLessThan(1e-5);
  expect(relativeDifference(actual.gradient, wanted.gradient)).toBeLessThan(1e-4);
  expect(relativeDifference(actual.cells, wanted.cells)).toBeLessThan(1e-4);
  expect(actual.losses).toHaveLength(22);
  for (const [epoch, loss] of actual.losses.entries()) {
    const cpu = wanted.losses[epoch] ?? NaN;
    expect(Math.abs(loss - cpu), `epoch ${epoch + 1}`).toBeLessThan(1e-3 * (1 + cpu));
  }
  expect(actual.losses.at(-1)).toBeLessThan(0.7 * (actual.losses[0] ?? 0));
  expect(atEpoch).toEqual(atEpoch.map(() => ({ numTensors: 0, numBytesInGPU: 0 })));
}, 120_000);

test('a device that is lost in the middle of a call fails that call and later ones', async ({ skip }) => {
  if (engine === null) return skip('no WebGPU adapter');
  const network = await engine.open({ inputSide: 16, channels: [4] });
  const [flat, images] = [new Float32Array(36 + 4 + 512 + 2), new Float32Array(256)];
  expect((await network.lossAndGradient(flat, images, Uint8Array.of(1))).loss).toBeCloseTo(Math.LN2, 5);
  probe.postMessage('lose the device');
  const failure = { code: 'engine-failed', subject: 'webgpu' };
  await expect(
    (async () => {
      for (;;) await network.lossAndGradient(flat, images, Uint8Array.of(1));
    })(),
  ).rejects.toMatchObject(failure);
  await expect(network.cellContributions(flat, images, 1)).rejects.toMatchObject(failure);
});
