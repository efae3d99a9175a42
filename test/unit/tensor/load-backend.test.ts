import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { describeBackends, loadBackend } from '../../../src/tensor/load-backend.ts';
import { LOADS_NATIVE_FILE, makePackage, registersPlainKernels } from './fake-tfjs-node.ts';

test('every backend is described, and a missing one says what to do', async () => {
  const described = await describeBackends();
  expect(described.map((d) => d.name)).toEqual(['cuda', 'webgpu', 'cpu']);
  for (const d of described) {
    expect(d.detail.length).toBeGreaterThan(5);
    expect(d.remedy === '').toBe(d.found);
  }
  expect(described[2]?.found).toBe(true);
});

test('a folder without the binaries is named, in the description and on loading', async () => {
  const described = await describeBackends({ wasmFolder: '/nowhere/wasm' });
  expect(described[2]).toMatchObject({ name: 'cpu', found: false });
  expect(described[2]?.detail).toContain('/nowhere/wasm');
  await expect(loadBackend('cpu', { wasmFolder: '/nowhere/wasm' })).rejects.toThrow('/nowhere/wasm');
});

test('a backend that was described as missing is refused when it is pinned', async () => {
  for (const { name, found, detail } of await describeBackends()) {
    if (found) continue;
    const refusal = await loadBackend(name).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal).toMatchObject({ code: 'no-backend', subject: name });
    expect(String(refusal)).toContain(detail);
  }
});

test('cpu computes on the wasm backend', async () => {
  const loaded = await loadBackend('cpu');
  expect(loaded.name).toBe('cpu');
  expect(loaded.detail).toContain('4.22.0');
  expect(tf.getBackend()).toBe('wasm');
  const sum = tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]);
  expect(sum).toBe(6);
});

test('loading again, also at the same time, is harmless', async () => {
  const [first, second] = await Promise.all([loadBackend('cpu'), loadBackend('cpu')]);
  expect(first.name).toBe('cpu');
  expect(second).toEqual(first);
});

/** Loads cpu from a folder without our kernels, in a process of its own. */
function loadWithoutKernels(tfjsNodeFolder?: string): unknown {
  const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-wasm-'));
  try {
    const file = 'tfjs-backend-wasm-simd.wasm';
    copyFileSync(path.join('dist/kernels', file), path.join(folder, file));
    const program = `
      import * as tf from '@tensorflow/tfjs-core';
      import { convReluPool } from './src/tensor/conv-relu-pool.ts';
      import { describeBackends, loadBackend } from './src/tensor/load-backend.ts';
      const places = JSON.parse(process.argv[1]);
      const described = (await describeBackends(places)).at(-1).detail;
      const { detail, warning } = await loadBackend('cpu', places);
      const y = convReluPool(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 8]), tf.zeros([8]));
      const [dx, dFilter] = tf.grads((x, filter) => tf.sum(tf.maxPool(tf.conv2d(x, filter, 2, 'same'), 2, 2, 'valid')))(
        [tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]), tf.tensor4d([2], [1, 1, 1, 1])]);
      console.log(JSON.stringify({
        ...{ described, detail, warning, tfjs: tf.getBackend(), first: y.dataSync()[0] },
        ...{ dx: [...dx.dataSync()], dFilter: [...dFilter.dataSync()] },
      }));`;
    const places = JSON.stringify({ wasmFolder: folder, tfjsNodeFolder });
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program, places], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output.toString());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// All four windows hold an inner pixel, whose 3×3 ones add up to 9. Of every second pixel, 1, 3, 7 and 9, the pool keeps 9.
test('without the built kernels it works, and says why it is slow', () => {
  expect(loadWithoutKernels()).toMatchObject({
    described: expect.stringContaining('npm run build:kernels') as string,
    warning: expect.stringContaining('npm run build:kernels') as string,
    tfjs: 'wasm',
    first: 9,
    dx: [0, 0, 0, 0, 0, 0, 0, 0, 2],
    dFilter: [9],
  });
});

test('without the built kernels, tfjs-node computes where it is there', () => {
  const folder = makePackage(registersPlainKernels(), new Uint8Array());
  try {
    expect(loadWithoutKernels(folder)).toEqual({
      described: expect.stringContaining('@tensorflow/tfjs-node with its native library') as string,
      detail: 'TensorFlow.js 4.22.0, TensorFlow 2.9.1 on the processor',
      tfjs: 'tensorflow',
      first: 9,
      dx: [0, 0, 0, 0, 0, 0, 0, 0, 2],
      dFilter: [9],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a tfjs-node that does not load leaves the slow way, with both reasons', () => {
  const folder = makePackage(LOADS_NATIVE_FILE, new Uint8Array());
  try {
    const loaded = loadWithoutKernels(folder) as { warning: string };
    expect(loaded).toMatchObject({ tfjs: 'wasm', first: 9 });
    expect(loaded.warning).toContain('npm run build:kernels');
    expect(loaded.warning).toContain(`did not start from ${folder}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
