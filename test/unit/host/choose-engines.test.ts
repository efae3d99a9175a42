import { expect, test } from 'vitest';
import type { BackendRates } from '../../../src/api/contract.ts';
import { chooseEngines, orderEngines } from '../../../src/host/choose-engines.ts';
import { EngineRates } from '../../../src/host/engine-rates.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import type { BackendDescription } from '../../../src/tensor/describe-backends.ts';
import { scriptedSpawn } from './support/running-app.ts';

const measured = (backend: BackendRates['backend'], ...speeds: readonly number[]): BackendRates => ({
  backend,
  measuredAt: '2026-01-01T00:00:00.000Z',
  rates: speeds.map((imagesPerSecond, i) => ({ threads: 2 ** i, imagesPerSecond })),
  unusable: speeds.length === 0 ? 'The driver is broken.' : null,
});
const ALL = ['cuda', 'webgpu', 'cpu'] as const;
const names = (engines: readonly { backend: string; threads: number }[]) =>
  engines.map(({ backend, threads }) => `${backend} ${threads}`);

test.each([
  {
    at: 'the fastest first',
    rates: [measured('cuda', 900), measured('webgpu', 1500), measured('cpu', 500)],
    want: ['webgpu 1', 'cuda 1', 'cpu 1'],
  },
  {
    at: 'what is slower than the processor is left out',
    rates: [measured('cuda', 9000), measured('webgpu', 3), measured('cpu', 500)],
    want: ['cuda 1', 'cpu 1'],
  },
  {
    at: 'the processor with its best number of threads',
    rates: [measured('cuda'), measured('cpu', 500, 900, 700)],
    want: ['cpu 2'],
  },
  {
    at: 'more threads where they are nearly as fast, as on a processor that was busy',
    rates: [measured('cpu', 900, 800)],
    want: ['cpu 2'],
  },
  {
    at: 'what cannot be used is left out',
    rates: [measured('cuda'), measured('webgpu', 800), measured('cpu', 500)],
    want: ['webgpu 1', 'cpu 1'],
  },
  {
    at: 'the processor stays the last resort, even where its measuring failed',
    rates: [measured('webgpu', 3), measured('cpu')],
    want: ['webgpu 1', 'cpu 4'],
  },
])('auto: $at', ({ rates, want }) => {
  const found = ALL.filter((name) => rates.some(({ backend }) => backend === name));
  expect(names(orderEngines('auto', found, rates, 4))).toEqual(want);
});

test('pinned: that one first whatever was measured, then the processor; the processor alone', () => {
  const rates = [measured('cuda'), measured('webgpu', 1), measured('cpu', 500, 900)];
  expect(names(orderEngines('cuda', ALL, rates, 4))).toEqual(['cuda 1', 'cpu 2']);
  expect(names(orderEngines('webgpu', ALL, [], 64))).toEqual(['webgpu 1', 'cpu 8']);
  expect(names(orderEngines('cpu', ALL, rates, 4))).toEqual(['cpu 2']);
});

/** The choice on a machine with these backends, and how many processes were started for it. */
async function choose(
  found: readonly BackendDescription['name'][],
  cores: number,
  backend: 'auto' | 'cuda' | 'cpu',
) {
  const { spawn, ports } = scriptedSpawn();
  const described = found.map((name) => ({ name, found: true, detail: 'there', remedy: '' }));
  const rates = new EngineRates({
    home: '/no/such/home',
    spawn,
    clock: nodeClock,
    version: '1.0.0',
    machine: { describe: () => Promise.resolve(described), cores: () => cores },
  });
  const work = chooseEngines(rates, backend, new AbortController().signal);
  let next = await work.next();
  while (next.done !== true) next = await work.next();
  return { engines: names(next.value), started: ports.length };
}

test.each([
  { found: ['cpu'], cores: 1, backend: 'auto', started: 0, engines: ['cpu 1'] },
  { found: [], cores: 2, backend: 'auto', started: 0, engines: ['cpu 2'] },
  { found: ['cpu'], cores: 2, backend: 'auto', started: 1, engines: ['cpu 2'] },
  { found: ['cuda', 'cpu'], cores: 1, backend: 'auto', started: 2, engines: ['cpu 1'] },
  { found: ['cuda', 'cpu'], cores: 2, backend: 'cuda', started: 0, engines: ['cuda 1', 'cpu 2'] },
  { found: ['cuda', 'cpu'], cores: 2, backend: 'cpu', started: 1, engines: ['cpu 2'] },
] as const)(
  '$backend of $found on $cores cores: $started measured',
  async ({ found, cores, backend, ...want }) => {
    expect(await choose(found, cores, backend)).toEqual(want);
  },
);
