import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeCudaPackage, describeTfjsNode } from '../../../src/tensor/describe-backends.ts';

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
  expect(remedy).toBe('With a network connection: npm install @tensorflow/tfjs-node@4.22.0.');
});
