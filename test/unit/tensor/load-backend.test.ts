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
