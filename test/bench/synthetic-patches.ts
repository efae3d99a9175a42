/**
 * Synthetic patches a second on the caller's thread and on data threads, interleaved in one run; each round makes the same patches.
 *
 * Usage: node test/bench/synthetic-patches.ts [--threads 0,1,2] [--count 512] [--rounds 5] [--json]
 * 0 threads: on the caller's. Starting the threads and loading their fonts counts, as in a run.
 */
import { parseArgs } from 'node:util';
import { SYNTHETIC_KINDS } from '../../src/base/words.ts';
import { DataThreads } from '../../src/host/data-threads.ts';
import { dataHash, makeSyntheticPatches } from '../../src/synthetic/synthetic-patches.ts';

const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '0,1,2' },
    count: { type: 'string', default: '512' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});

function wholeNumber(text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  console.error(`synthetic patches bench: ${text} is not a whole number of at least ${least}`);
  process.exit(2);
}

const count = wholeNumber(options.count, 1);
const rounds = wholeNumber(options.rounds, 1);
const setups = options.threads
  .split(',')
  .map((text) => ({ threads: wholeNumber(text, 0), rates: [] as number[] }));
const hashes = new Set<string>();
// The first round is not counted: it compiles and opens fonts.
for (let round = -1; round < rounds; round++) {
  for (const { threads, rates } of setups) {
    const team = new DataThreads({ threads });
    const start = performance.now();
    const set = await makeSyntheticPatches({
      count,
      kinds: SYNTHETIC_KINDS,
      seed: 1,
      part: 'train',
      maker: team.patches,
    });
    if (round >= 0) rates.push((1000 * count) / (performance.now() - start));
    team.close();
    hashes.add(dataHash(set));
  }
}
const results = setups.map(({ threads, rates }) => {
  const sorted = rates.toSorted((a, b) => a - b);
  const rounded = (index: number): number => Math.round(sorted[index] ?? 0);
  return {
    threads,
    medianPerSecond: rounded(Math.floor(sorted.length / 2)),
    bestPerSecond: rounded(sorted.length - 1),
  };
});
const sameBytes = hashes.size === 1;
if (options.json) {
  console.log(
    JSON.stringify({ bench: 'synthetic-patches', count, rounds, sameBytes, hash: [...hashes], results }),
  );
} else {
  for (const { threads, medianPerSecond, bestPerSecond } of results) {
    const where =
      threads === 0 ? "on the caller's thread" : `on ${threads} data thread${threads > 1 ? 's' : ''}`;
    console.log(`${where}: ${medianPerSecond} patches/s (median of ${rounds}), ${bestPerSecond} at best`);
  }
}
if (!sameBytes) {
  console.error('synthetic patches bench: the bytes differ between runs');
  process.exitCode = 1;
}
