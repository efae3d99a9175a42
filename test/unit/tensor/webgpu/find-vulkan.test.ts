import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingPartOfVulkan, type VulkanPlaces } from '../../../../src/tensor/webgpu/find-vulkan.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'steadypen-vulkan-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, text = ''): string {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

function machine(env: VulkanPlaces['env'] = {}): VulkanPlaces {
  return {
    env,
    loaderCache: path.join(root, 'ld.so.cache'),
    libraryFolders: [path.join(root, 'lib')],
    dataFolders: [path.join(root, 'share')],
  };
}

test('a machine without the loader lacks that first', () => {
  put('share/vulkan/icd.d/intel.json');
  expect(missingPartOfVulkan(machine())).toBe('loader');
});

test('the loader is seen in a library folder, in the cache of ldconfig, or where the environment points', () => {
  put('share/vulkan/icd.d/intel.json');
  const loader = put('lib/libvulkan.so.1');
  expect(missingPartOfVulkan(machine())).toBeNull();
  rmSync(loader);
  const cache = put('ld.so.cache', 'glibc-ld.so.cache1.1\0libvulkan.so.1\0/opt/libvulkan.so.1\0');
  expect(missingPartOfVulkan(machine())).toBeNull();
  rmSync(cache);
  put('opt/libvulkan.so.1');
  expect(missingPartOfVulkan(machine({ LD_LIBRARY_PATH: `/nowhere:${path.join(root, 'opt')}` }))).toBeNull();
});

test('a loader alone lacks a driver: a description among the data, of the user, or named by the environment', () => {
  put('lib/libvulkan.so.1');
  put('share/vulkan/icd.d/readme.txt');
  expect(missingPartOfVulkan(machine())).toBe('driver');
  put('home/.local/share/vulkan/icd.d/radeon.json');
  expect(missingPartOfVulkan(machine({ HOME: path.join(root, 'home') }))).toBeNull();
  const named = put('elsewhere/icd.json');
  expect(missingPartOfVulkan(machine({ VK_ICD_FILENAMES: named }))).toBeNull();
  expect(missingPartOfVulkan(machine({ VK_DRIVER_FILES: `${named}.gone` }))).toBe('driver');
});
