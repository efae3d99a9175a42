import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { describeBackends, loadBackend } from '../../../src/tensor/load-backend.ts';

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

test('auto takes cpu where there is no cuda, and loading again is harmless', async () => {
  const described = await describeBackends();
  if (described[0]?.found) return;
  const [first, second] = await Promise.all([loadBackend('auto'), loadBackend('cpu')]);
  expect(first.name).toBe('cpu');
  expect(second).toEqual(first);
});

test('without the built kernels it works, and says why it is slow', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-wasm-'));
  try {
    const file = 'tfjs-backend-wasm-simd.wasm';
    copyFileSync(path.join('dist/kernels', file), path.join(folder, file));
    const program = `
      import * as tf from '@tensorflow/tfjs-core';
      import { convReluPool } from './src/tensor/conv-relu-pool.ts';
      import { loadBackend } from './src/tensor/load-backend.ts';
      const { warning } = await loadBackend('cpu', { wasmFolder: process.argv[1] });
      const y = convReluPool(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 8]), tf.zeros([8]));
      console.log(JSON.stringify({ warning, first: y.dataSync()[0] }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program, folder]).toString();
    // All four windows hold an inner pixel, whose 3×3 ones add up to 9.
    expect(JSON.parse(output)).toEqual({
      warning: expect.stringContaining('npm run build:kernels'),
      first: 9,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
