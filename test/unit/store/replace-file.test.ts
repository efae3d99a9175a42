import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile } from '../../../src/store/replace-file.ts';
import { temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

test('the file has the new content, and nothing else lies beside it', async () => {
  const file = path.join(folder.path, 'a.json');
  await replaceFile(file, 'first');
  await replaceFile(file, new TextEncoder().encode('second'));
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(readdirSync(folder.path)).toEqual(['a.json']);
});

test('what cannot be replaced stays, and nothing is left beside it', async () => {
  const file = path.join(folder.path, 'taken');
  mkdirSync(path.join(file, 'full'), { recursive: true });
  await expect(replaceFile(file, 'content')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  expect(readdirSync(folder.path)).toEqual(['taken']);
  await expect(replaceFile(path.join(folder.path, 'no/such'), 'content')).rejects.toThrow('ENOENT');
});
