import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  cudaObstacle,
  describeCuda,
  describeCudaPackage,
  describeTfjsNode,
} from '../../../src/tensor/describe-backends.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-cuda-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the CUDA package is found only together with its native library', () => {
  expect(describeCudaPackage(null)).toMatchObject({
    found: false,
    remedy: expect.stringMatching(/npm install/),
  });
  writeFileSync(path.join(folder, 'package.json'), '{"version":"4.22.0"}');
  mkdirSync(path.join(folder, 'lib/napi-v8'), { recursive: true });
  expect(describeCudaPackage(folder)).toMatchObject({
    found: false,
    detail: expect.stringContaining('not its native library') as string,
    remedy: expect.stringContaining('npm rebuild') as string,
  });
  writeFileSync(path.join(folder, 'lib/napi-v8/tfjs_binding.node'), '');
  expect(describeCudaPackage(folder)).toMatchObject({ found: true, remedy: '' });
  expect(describeTfjsNode(folder)).toMatchObject({ found: true, remedy: '' });
});

test('the package for the processor asks for no CUDA', () => {
  const { found, remedy } = describeTfjsNode(null);
  expect(found).toBe(false);
  expect(remedy).toBe('With a network connection: npm install --no-save @tensorflow/tfjs-node@4.22.0.');
});

test.each([
  { platform: 'win32', arch: 'x64', where: 'Windows' },
  { platform: 'darwin', arch: 'arm64', where: 'macOS' },
  { platform: 'linux', arch: 'arm64', where: 'Linux on arm64' },
  { platform: 'linux', arch: 'x64', versions: { electron: '45.4.1' }, where: 'The app' },
] as const)('nobody on $where is sent to CUDA', ({ where, ...machine }) => {
  const { found, detail, remedy } = describeCuda(machine);
  expect(found).toBe(false);
  expect(detail).toContain(where);
  expect(remedy).toContain('webgpu');
  expect(remedy).not.toMatch(/npm|CUDA|cuDNN/);
});

test('on Linux x64 nothing speaks against CUDA before one looks', () => {
  expect(cudaObstacle({ platform: 'linux', arch: 'x64' })).toBeNull();
});
