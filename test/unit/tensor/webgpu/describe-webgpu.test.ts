import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeWebgpu } from '../../../../src/tensor/webgpu/describe-webgpu.ts';
import { offerSoftwareVulkan } from './software-vulkan.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-webgpu-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('found only where the package has a binary for this machine', () => {
  expect(describeWebgpu(null)).toMatchObject({
    name: 'webgpu',
    found: false,
    remedy: expect.stringContaining('npm install webgpu@') as string,
  });
  expect(describeWebgpu(folder)).toMatchObject({
    found: false,
    detail: expect.stringContaining(process.arch) as string,
  });
  const machine = process.platform === 'darwin' ? 'darwin-universal' : `${process.platform}-${process.arch}`;
  mkdirSync(path.join(folder, 'dist', machine), { recursive: true });
  writeFileSync(path.join(folder, 'dist', machine, 'dawn.node'), '');
  offerSoftwareVulkan();
  const described = describeWebgpu(folder);
  expect(described.detail).not.toContain('no binary');
  expect(described.remedy === '').toBe(described.found);
});
