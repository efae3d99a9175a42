import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findInputs } from '../../../src/cli/inputs.ts';
import { temporaryFolder } from './run-cli.ts';

const CONTENTS: Readonly<Record<string, string>> = {
  'stroke.json': '{"strokes":[]}',
  'settings.json': '{"x":1,"y":2}',
  'table.csv': 'path,label,subject\na.png,regular,1\n',
  'pen.csv': '\ufeff# task=wave\n\nt_ms;x_mm;y_mm\n0;1;2\n',
  'pen.TSV': 't_ms\tx_px\ty_px\n0\t1\t2\n',
};

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
  'scans/deep/pen.csv',
  'scans/deep/pen.TSV',
  'scans/deep/moving.gif',
  'scans/deep/page.pdf',
  'odd name [1].png',
]) {
  mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true });
  writeFileSync(path.join(cwd, file), CONTENTS[path.basename(file)] ?? 'x');
}
mkdirSync(path.join(cwd, 'empty'));

async function find(...places: string[]) {
  const found = [];
  for await (const input of findInputs(places, cwd)) {
    found.push(input.error === undefined ? input.path : `${input.path}: ${input.error.code}`);
  }
  return found;
}

test('a folder gives its images and recordings in depth, sorted, and neither what is hidden nor other tables and lists', async () => {
  expect(await find('scans')).toEqual([
    'scans/a.JPG',
    'scans/b.png',
    'scans/deep/c.tiff',
    'scans/deep/moving.gif',
    'scans/deep/pen.TSV',
    'scans/deep/pen.csv',
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
  expect(await find(full)).toContain(path.join(full, 'c.tiff'));
  for (const file of await find(full)) expect(path.isAbsolute(file)).toBe(true);
});

describe.skipIf(process.platform === 'win32')('bad entries spoil nothing beside them', () => {
  const mixed = path.join(cwd, 'mixed');
  mkdirSync(path.join(mixed, 'sub'), { recursive: true });
  for (const file of ['a.png', 'sub/z.png']) writeFileSync(path.join(mixed, file), 'x');
  symlinkSync('nothing', path.join(mixed, 'dead.json'));
  symlinkSync('gone.png', path.join(mixed, 'dead.png'));
  symlinkSync('loop.json', path.join(mixed, 'loop.json'));
  symlinkSync('..', path.join(mixed, 'up.png'));
  execFileSync('mkfifo', [path.join(mixed, 'pipe.json')]);

  const expected = [
    'mixed/a.png',
    'mixed/dead.json: not-found',
    'mixed/dead.png: not-found',
    'mixed/loop.json: no-access',
    'mixed/pipe.json: unsupported-format',
  ];

  test('in a folder; a pipe is never opened', async () => {
    expect(await find('mixed')).toEqual([...expected, 'mixed/sub/z.png']);
  });

  test('in a pattern, and where they are named', async () => {
    expect(await find('mixed/*')).toEqual(expected);
    expect(await find('mixed/pipe.json', 'mixed/dead.png', 'mixed/a.png')).toEqual([
      'mixed/pipe.json: unsupported-format',
      'mixed/dead.png: not-found',
      'mixed/a.png',
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('a folder and a file that may not be read', async () => {
    const locked = path.join(cwd, 'locked');
    mkdirSync(path.join(locked, 'sub'), { recursive: true });
    for (const file of ['a.png', 'b.json']) writeFileSync(path.join(locked, file), '{"strokes":[]}');
    chmodSync(path.join(locked, 'b.json'), 0);
    chmodSync(path.join(locked, 'sub'), 0);
    const found = await find('locked');
    chmodSync(path.join(locked, 'sub'), 0o700);
    expect(found).toEqual(['locked/a.png', 'locked/b.json: no-access', 'locked/sub: no-access']);
  });
});
