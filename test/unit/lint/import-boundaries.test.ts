import { expect, test } from 'vitest';
import { refuseImport } from '../../../tools/eslint/import-boundaries.js';

test.each([
  ['src/ink/resample.ts', '../base/rng.ts', false],
  ['src/screening/screen.ts', '../model/predictor.ts', false],
  ['src/model/train.ts', '@tensorflow/tfjs-core', false],
  ['src/store/blobs.ts', 'node:fs', false],
  ['renderer/state/library.svelte.ts', '../../src/api/contract.ts', true],
  ['electron/main.ts', '../src/host/router.ts', false],
])('%s may import %s', (file, specifier, typeOnly) => {
  expect(refuseImport(file, specifier, typeOnly)).toBeNull();
});

test.each([
  ['src/base/rng.ts', '../ink/recording.ts', false, 'below'],
  ['src/screening/screen.ts', 'electron', false, 'electron'],
  ['src/host/router.ts', '../../electron/main.ts', false, 'electron'],
  ['src/ink/resample.ts', 'node:fs', false, 'node:'],
  ['src/screening/screen.ts', '@tensorflow/tfjs-core', false, 'tensor'],
  ['renderer/App.svelte', '../src/api/contract.ts', false, 'only types'],
  ['renderer/App.svelte', '../src/store/store.ts', true, 'src/api'],
])('%s may not import %s', (file, specifier, typeOnly, word) => {
  expect(refuseImport(file, specifier, typeOnly)).toContain(word);
});
