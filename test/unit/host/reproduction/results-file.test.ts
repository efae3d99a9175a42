import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readResults } from '../../../../src/host/reproduction/results-file.ts';
import type { RunResult } from '../../../../src/reproduction/results.ts';
import { madeUpDataset, madeUpReproduction, madeUpRuns } from '../../reproduction/made-up.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steadypen-results-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(content: string) {
  const file = path.join(folder, 'results.json');
  await writeFile(file, content);
  return readResults(file, 'here/results.json');
}

test('results are read as they were written', async () => {
  const results = madeUpReproduction([
    madeUpDataset({ runs: madeUpRuns({ method: 'dense' }, [0.99, 0.98]) }),
  ]);
  expect(await read(JSON.stringify(results))).toEqual(results);
});

test('a training without a machine of its own was done on that of the whole', async () => {
  const { machine, ...run } = madeUpRuns({ method: 'dense' }, [0.99])[0]!;
  const results = madeUpReproduction([{ ...madeUpDataset({}), runs: [run as RunResult] }]);
  expect((await read(JSON.stringify(results)))!.datasets[0]!.runs).toEqual([{ ...run, machine }]);
});

test('no file is no results', async () => {
  expect(await readResults(path.join(folder, 'nothing.json'), 'nothing.json')).toBeNull();
});

test.each([
  ['half a file', '{"schemaVersion":1,"datasets":[{"na', 'here/results.json is not JSON'],
  [
    'another version',
    '{"schemaVersion":1}',
    'here/results.json holds no results of this version: schemaVersion',
  ],
  [
    'a share above 1',
    JSON.stringify(madeUpReproduction([madeUpDataset({ runs: madeUpRuns({ method: 'dense' }, [1.5]) })])),
    'datasets.0.runs.0.accuracy',
  ],
])('%s is refused by name', async (_, content, words) => {
  await expect(read(content)).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining(words) as string,
  });
});
