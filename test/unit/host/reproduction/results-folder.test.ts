import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ResultsFolder } from '../../../../src/host/reproduction/results-folder.ts';
import { madeUpReproduction, madeUpWhole } from '../../reproduction/made-up.ts';
import { tinyDisk } from '../../store/tiny-disk.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-results-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

const STARTED_AT = '2026-11-25T10:00:00.000Z';
const opened: ResultsFolder[] = [];
afterAll(() => opened.forEach((one) => one.close()));
function open(place: string): ResultsFolder {
  const results = new ResultsFolder(place, STARTED_AT);
  opened.push(results);
  return results;
}

test('two changes of the recipe, one after the other, leave both former results', async () => {
  const place = path.join(folder, 'twice');
  const results = open(place);
  const file = path.join(place, 'results.json');
  const names = [];
  for (const [content, time] of [
    ['first', '2026-11-25T10:20:30Z'],
    ['second', '2026-11-25T11:20:30Z'],
  ] as const) {
    writeFileSync(file, content);
    utimesSync(file, new Date(time), new Date(time));
    names.push(await results.keepFormer());
    expect(readFileSync(file, 'utf8')).toBe(content);
  }
  expect(names).toEqual(['results-20261125-102030.json', 'results-20261125-112030.json']);
  expect(names.map((name) => readFileSync(path.join(place, name), 'utf8'))).toEqual(['first', 'second']);
});

test('a second process is kept out, and told who is there', async () => {
  const place = path.join(folder, 'held');
  const first = open(place);
  await first.saveResults(madeUpReproduction([]));
  expect(() => new ResultsFolder(place, STARTED_AT)).toThrow(
    expect.objectContaining({
      code: 'in-use',
      message: `Another Steadypen (process ${process.pid}, since ${STARTED_AT}) is using the folder ${place}. Close it, or name another folder with --out.`,
    }) as Error,
  );
  first.close();
  open(place);
  expect(existsSync(path.join(place, 'results.json'))).toBe(true);
});

test('what killed processes left half written goes', async () => {
  const place = path.join(folder, 'swept');
  const results = open(place);
  await results.saveResults(madeUpReproduction([]));
  writeFileSync(path.join(place, 'results.json.01234567-89ab-cdef-0123-456789abcdef'), 'half');
  writeFileSync(path.join(place, 'results.json.mine'), 'mine');
  await results.sweep();
  expect(readdirSync(place).filter((name) => name.startsWith('results'))).toEqual([
    'results.json',
    'results.json.mine',
  ]);
});

const disk = tinyDisk(folder);
afterAll(() => disk?.remove());

test.skipIf(disk === null)('a full disk is told with the file; results.json stays whole', async () => {
  const place = path.join(disk!.path, 'full');
  const results = open(place);
  await results.saveResults(madeUpReproduction([]));
  writeFileSync(path.join(disk!.path, 'rest'), new Uint8Array(900_000));
  const full = (name: string) => ({ code: 'disk-full', message: expect.stringContaining(name) as string });
  await expect(results.saveResults(madeUpWhole())).rejects.toMatchObject(full('results.json'));
  await expect(results.writeReport(madeUpWhole())).rejects.toMatchObject(full(path.join('plots', 'fonts')));
  expect(JSON.parse(readFileSync(path.join(place, 'results.json'), 'utf8'))).toMatchObject({ datasets: [] });
});
