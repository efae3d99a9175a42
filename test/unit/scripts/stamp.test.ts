import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashSources, isFresh, writeStamp } from '../../../scripts/setup/stamp.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steadypen-stamp-'));
  mkdirSync(path.join(folder, 'src/deep'), { recursive: true });
  writeFileSync(path.join(folder, 'src/a.ts'), 'one');
  writeFileSync(path.join(folder, 'src/deep/b.ts'), 'two');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const hash = () => hashSources(folder, ['src', 'missing.json']);

test('the hash follows names and contents, not times', () => {
  const before = hash();
  utimesSync(path.join(folder, 'src/a.ts'), 1, 1);
  expect(hash()).toBe(before);
  writeFileSync(path.join(folder, 'src/deep/b.ts'), 'three');
  const changed = hash();
  expect(changed).not.toBe(before);
  renameSync(path.join(folder, 'src/a.ts'), path.join(folder, 'src/c.ts'));
  expect(hash()).not.toBe(changed);
});

test('a file that appears changes the hash', () => {
  const before = hash();
  writeFileSync(path.join(folder, 'missing.json'), '');
  expect(hash()).not.toBe(before);
});

test('fresh means the same hash and every output there', () => {
  const stamp = path.join(folder, 'dist/.stamps/x');
  const output = path.join(folder, 'out.js');
  writeFileSync(output, '');
  expect(isFresh(stamp, 'h', [output])).toBe(false);
  writeStamp(stamp, 'h');
  expect(isFresh(stamp, 'h', [output])).toBe(true);
  expect(isFresh(stamp, 'other', [output])).toBe(false);
  rmSync(output);
  expect(isFresh(stamp, 'h', [output])).toBe(false);
});
