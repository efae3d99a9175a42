import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LineLimit } from '../../../electron/line-limit.ts';
import { LogFile } from '../../../electron/log-file.ts';
import { temporaryFolder } from '../store/support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());
const read = (name: string) => readFileSync(path.join(folder.path, 'logs', name), 'utf8');
const NOON = new Date('2026-11-30T12:00:00Z');

test('an entry begins with its time and level; its further lines are indented', () => {
  const log = new LogFile(path.join(folder.path, 'logs'));
  log.write('error', 'it broke\nat line 1\n', NOON);
  log.write('info', 'and went on', NOON);
  expect(read('steadypen.log')).toBe(
    '2026-11-30T12:00:00.000Z error   it broke\n    at line 1\n2026-11-30T12:00:00.000Z info    and went on\n',
  );
});

test('a full file makes way for a new one, and the oldest goes', () => {
  const log = new LogFile(path.join(folder.path, 'logs'), { maxBytes: 100, kept: 2 });
  for (let i = 0; i < 8; i++) log.write('info', `entry ${i} of some forty characters in all`, NOON);
  expect(readdirSync(path.join(folder.path, 'logs')).sort()).toEqual([
    'steadypen.1.log',
    'steadypen.2.log',
    'steadypen.log',
  ]);
  expect(read('steadypen.log')).toContain('entry 7');
  expect(read('steadypen.1.log')).toContain('entry 6');
  expect(read('steadypen.2.log')).toContain('entry 5');
});

test('a new start goes on with the file that is there, and keeps to its size', () => {
  new LogFile(path.join(folder.path, 'logs')).write('info', 'x'.repeat(90), NOON);
  new LogFile(path.join(folder.path, 'logs'), { maxBytes: 100 }).write('info', 'after', NOON);
  expect(read('steadypen.log')).toMatch(/^\S+ info {4}after\n$/);
  expect(read('steadypen.1.log')).toContain('xxx');
});

test('a log that cannot be written stops nothing', () => {
  writeFileSync(path.join(folder.path, 'logs'), 'a file where the folder should be');
  expect(() => new LogFile(path.join(folder.path, 'logs')).write('error', 'lost')).not.toThrow();
});

test('a chatty source is cut short for a while, and how much was left out is said', () => {
  const said: string[] = [];
  const limit = new LineLimit((line) => said.push(line), 2, 1000);
  limit.add('one\ntw', 0);
  limit.add('o\n\nthree\nfour\n', 10);
  limit.add('five\n', 1000);
  expect(said).toEqual(['one', 'two', '(2 lines left out)', 'five']);
});
