import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BackendRates } from '../../../src/api/contract.ts';
import { EngineRates, type EngineRatesOptions } from '../../../src/host/engine-rates.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import type { BackendDescription } from '../../../src/tensor/describe-backends.ts';
import { temporaryFolder } from '../store/support.ts';
import { scriptedSpawn } from './support/running-app.ts';

let home: string;
let remove: () => void;
beforeEach(() => {
  const folder = temporaryFolder();
  home = path.join(folder.path, 'home');
  mkdirSync(home);
  remove = () => folder.remove();
});
afterEach(() => remove());

const there = (name: BackendDescription['name'], detail = 'there'): BackendDescription => ({
  name,
  found: true,
  detail,
  remedy: '',
});
const CPU = [there('cpu')];
const CUDA_AND_CPU = [there('cuda'), there('cpu')];
const NAMES = ['cuda', 'webgpu', 'cpu'] as const;

/** Rates on a machine of two cores, and the processes that were started for them. */
function rates(backends: readonly BackendDescription[], change: Partial<EngineRatesOptions> = {}) {
  const { spawn, ports } = scriptedSpawn();
  const machine = { describe: () => Promise.resolve(backends), cores: () => 2 };
  const engineRates = new EngineRates({
    home,
    spawn,
    clock: nodeClock,
    version: '1.0.0',
    machine,
    ...change,
  });
  const measure = async (names: readonly BackendDescription['name'][] = NAMES, again = false) => {
    const progress: string[] = [];
    const work = engineRates.measure(names, { signal: new AbortController().signal, again });
    let next = await work.next();
    for (; next.done !== true; next = await work.next())
      progress.push(`${next.value.done}/${next.value.total}`);
    const known: readonly BackendRates[] = next.value;
    return { progress, known };
  };
  return { engineRates, measure, ports };
}

const file = () => path.join(home, 'engine-rates.json');

test('every backend found is measured once; unusable ones are kept with their reason', async () => {
  const first = rates(CUDA_AND_CPU);
  const { progress, known } = await first.measure();
  expect(progress).toEqual(['0/3', '1/3', '2/3', '3/3']);
  expect(known).toMatchObject([
    { backend: 'cuda', rates: [], unusable: expect.stringContaining('SIGSEGV') },
    { backend: 'cpu', rates: [{ threads: 1 }, { threads: 2 }], unusable: null },
  ]);
  expect(first.ports).toHaveLength(2);

  const second = rates(CUDA_AND_CPU);
  expect(await second.engineRates.known()).toEqual(known);
  expect(await second.measure()).toEqual({ progress: [], known });
  expect(second.ports).toHaveLength(0);
  await second.measure(NAMES, true);
  expect(second.ports).toHaveLength(2);
});

test('only what is asked for is measured: a pinned processor wakes no driver', async () => {
  const { measure, ports } = rates(CUDA_AND_CPU);
  expect((await measure(['cpu'])).known.map(({ backend }) => backend)).toEqual(['cpu']);
  expect(ports).toHaveLength(1);
  expect((await measure()).known.map(({ backend }) => backend).sort()).toEqual(['cpu', 'cuda']);
  expect(ports).toHaveLength(2);
});

test.each([
  ['another version', CPU, { version: '1.0.1' }],
  ['another backend found', [...CUDA_AND_CPU], {}],
  ['another GPU told by a backend', [there('cpu', 'another one')], {}],
])('%s: what was known counts no more, and is not lost', async (_, backends, change) => {
  await rates(CPU).measure();
  expect(await rates(backends, change).engineRates.known()).toEqual([]);
  await rates(backends, change).measure(['cpu']);
  expect(await rates(CPU).engineRates.known()).toHaveLength(1);
});

test.each([
  ['damaged', '{"schemaVersion":1,"machines":['],
  ['foreign', '[1, 2, 3]'],
  ['of a later version', '{"schemaVersion":2,"machines":[]}'],
  ['empty', ''],
])('a file that is %s is measured over', async (_, content) => {
  writeFileSync(file(), content);
  expect(await rates(CPU).engineRates.known()).toEqual([]);
  await rates(CPU).measure();
  expect(await rates(CPU).engineRates.known()).toHaveLength(1);
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ schemaVersion: 1 });
});

test('without a data folder it measures, keeps nothing and makes no folder', async () => {
  rmSync(home, { recursive: true });
  expect((await rates(CPU).measure()).known).toHaveLength(1);
  expect(() => readFileSync(file())).toThrow('ENOENT');
  expect(await rates(CPU).engineRates.known()).toEqual([]);
});

test('a cancel keeps what was measured before it', async () => {
  const { engineRates } = rates([there('cpu'), there('webgpu')]);
  const cancelling = new AbortController();
  const work = engineRates.measure(NAMES, { signal: cancelling.signal });
  const run = async () => {
    for (let next = await work.next(); next.done !== true; next = await work.next()) {
      // The processor has two, then webgpu hangs.
      if (next.value.done === 2) setTimeout(() => cancelling.abort(new Error('enough')), 200);
    }
  };
  await expect(run()).rejects.toThrow('enough');
  expect((await engineRates.known()).map(({ backend }) => backend)).toEqual(['cpu']);
});
