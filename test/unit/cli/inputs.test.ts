import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findInputs } from '../../../src/cli/inputs.ts';
import { temporaryFolder } from './run-cli.ts';

const cwd = temporaryFolder();
for (const file of [
  'scans/b.png',
  'scans/a.JPG',
  'scans/notes.txt',
  'scans/.hidden.png',
  'scans/deep/c.tiff',
  'scans/deep/stroke.json',
  'scans/deep/settings.json',
  'scans/deep/table.csv',
  'odd name [1].png',
]) {
  mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
  writeFileSync(path.join(cwd, file), file.endsWith('stroke.json') ? '{"strokes":[]}' : 'x');
}
mkdirSync(path.join(cwd, 'empty'));

async function find(...places: string[]) {
  const found = [];
  for await (const input of findInputs(places, cwd)) {
    found.push(input.error === undefined ? input.path : `${input.path}: ${input.error.code}`);
  }
  return found;
}

test('a folder gives its images and recordings in depth, sorted, and nothing hidden', async () => {
  expect(await find('scans')).toEqual([
    'scans/a.JPG',
    'scans/b.png',
    'scans/deep/c.tiff',
    'scans/deep/stroke.json',
  ]);
});

test('inputs keep the order they were given in, and a named file is tried whatever it is called', async () => {
  expect(await find('scans/notes.txt', 'scans/b.png', 'scans/a.JPG')).toEqual([
    'scans/notes.txt',
    'scans/b.png',
    'scans/a.JPG',
  ]);
});

test('a pattern is expanded and sorted; a file whose name looks like a pattern is a file', async () => {
  expect(await find('scans/**/*.{png,tiff}')).toEqual(['scans/b.png', 'scans/deep/c.tiff']);
  expect(await find('odd name [1].png')).toEqual(['odd name [1].png']);
});

test('what cannot be used is named, and the rest goes on', async () => {
  expect(await find('nowhere', 'empty', '*.bmp', 'scans/b.png', 'scans/b.png/x')).toEqual([
    'nowhere: not-found',
    'empty: no-inputs',
    '*.bmp: no-inputs',
    'scans/b.png',
    'scans/b.png/x: not-found',
  ]);
});

test('absolute places stay absolute', async () => {
  const full = path.join(cwd, 'scans/deep');
  expect(await find(full)).toEqual([path.join(full, 'c.tiff'), path.join(full, 'stroke.json')]);
});
