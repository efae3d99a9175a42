import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecentFiles } from '../../../electron/recent-files.ts';
import { temporaryFolder } from '../store/support.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder.path, 'recent.json');
});
afterEach(() => folder.remove());

test('the newest comes first, none twice, at most eight, and the next start knows them', () => {
  const recent = new RecentFiles(file);
  recent.add(Array.from({ length: 9 }, (_, i) => `/${i}.png`));
  recent.add(['/5.png']);
  const want = ['/5.png', '/8.png', '/7.png', '/6.png', '/4.png', '/3.png', '/2.png', '/1.png'];
  expect(recent.list).toEqual(want);
  expect(new RecentFiles(file).list).toEqual(want);
  recent.clear();
  expect(new RecentFiles(file).list).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe('[]');
});

test.each(['', 'not JSON', '{"a":1}', '[1,2]'])('a file that holds %j counts as none', (text) => {
  writeFileSync(file, text);
  expect(new RecentFiles(file).list).toEqual([]);
});

test('where they cannot be kept they are still known until the end', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  mkdirSync(file);
  const recent = new RecentFiles(file);
  recent.add(['/a.png']);
  expect(recent.list).toEqual(['/a.png']);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});
