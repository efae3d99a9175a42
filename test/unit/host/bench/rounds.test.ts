import { expect, test } from 'vitest';
import type { Contestant } from '../../../../src/host/bench/bench-types.ts';
import { runRounds } from '../../../../src/host/bench/run-rounds.ts';
import { ratiosAgainst, summarise } from '../../../../src/host/bench/summary.ts';

/** Gives its values in turn, the first to the round that warms up, and says in `log` when. */
function contestant(backend: string, values: readonly number[], log: string[], threads = 1): Contestant {
  let next = 0;
  return {
    bench: 'train',
    backend,
    threads,
    unit: 'images/s',
    measure: () => {
      log.push(backend);
      const value = values[next++];
      return value === undefined ? Promise.reject(new Error('worn out')) : Promise.resolve(value);
    },
  };
}

const quiet = () => undefined;
const options = {
  isOver: () => false,
  signal: new AbortController().signal,
  onRound: quiet,
  onFailure: quiet,
};

test('each round measures everyone in turn, and the first does not count', async () => {
  const log: string[] = [];
  const [first, second] = await runRounds(
    [contestant('cpu', [9, 1, 2], log), contestant('torch', [8, 3, 4], log)],
    { ...options, rounds: 2 },
  );
  expect(log).toEqual(['cpu', 'torch', 'cpu', 'torch', 'cpu', 'torch']);
  expect(first?.values).toEqual([1, 2]);
  expect(second?.values).toEqual([3, 4]);
});

test.each([
  ['fails', []],
  ['measures nothing', [5, 0]],
  ['measures no number', [5, Number.NaN]],
])('one that %s is reported once and left out, the others go on', async (_, values) => {
  const failed: string[] = [];
  const measured = await runRounds([contestant('cuda', values, []), contestant('cpu', [5, 6, 7], [])], {
    ...options,
    rounds: 2,
    onFailure: ({ backend }) => failed.push(backend),
  });
  expect(failed).toEqual(['cuda']);
  expect(measured.map(({ contestant: { backend } }) => backend)).toEqual(['cpu']);
});

test('when the time is over no further round begins, and all have equally many values', async () => {
  const rounds: number[] = [];
  let asked = 0;
  const log: string[] = [];
  const measured = await runRounds(
    [contestant('cpu', [9, 1, 2, 3], log), contestant('torch', [8, 3, 4, 5], log)],
    {
      ...options,
      rounds: 3,
      isOver: () => ++asked === 2,
      onRound: (round) => rounds.push(round),
    },
  );
  expect(rounds).toEqual([0, 1, 2]);
  expect(measured.map(({ values }) => values)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('an abort ends it', async () => {
  const stopping = new AbortController();
  const stops: Contestant = {
    ...contestant('cpu', [], []),
    measure: () => {
      stopping.abort(new Error('enough'));
      return Promise.reject(new Error('killed'));
    },
  };
  await expect(runRounds([stops], { ...options, signal: stopping.signal, rounds: 1 })).rejects.toThrow(
    'enough',
  );
});

test.each([
  { values: [3, 1, 2], median: 2, min: 1, max: 3 },
  { values: [4, 1, 2, 10], median: 3, min: 1, max: 10 },
  { values: [0.26], median: 0.3, min: 0.3, max: 0.3 },
])('summary of $values', ({ values, ...expected }) => {
  expect(summarise({ contestant: contestant('cpu', [], []), values })).toEqual({
    bench: 'train',
    backend: 'cpu',
    threads: 1,
    unit: 'images/s',
    ...expected,
  });
});

test('ratios are taken round by round, for the same bench and number of threads', () => {
  const measured = [
    { contestant: contestant('cpu', [], []), values: [10, 40, 90] },
    { contestant: contestant('webgpu', [], [], 2), values: [1, 1, 1] },
    { contestant: contestant('torch', [], []), values: [10, 10, 30] },
  ];
  // 1, 4 and 3: not the ratio of the medians, which is 4.
  expect(ratiosAgainst('torch', measured)).toEqual([
    { bench: 'train', backend: 'cpu', threads: 1, peer: 'torch', median: 3, min: 1, max: 4 },
  ]);
});
