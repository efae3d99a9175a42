/**
 * Images per second of loss and gradient of the reference net by one and by more threads, interleaved in one run.
 *
 * Usage: node test/bench/gradient-team.ts [--threads 2] [--rounds 15] [--batch 32] [--chunk 16]
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Rng } from '../../src/base/rng.ts';
import { lossAndGradient } from '../../src/model/network.ts';
import { initialParameters, layoutOf, REFERENCE_ARCHITECTURE } from '../../src/model/parameters.ts';
import { GradientTeam } from '../../src/tensor/gradient-team.ts';
import { loadBackend } from '../../src/tensor/load-backend.ts';

const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '15' },
    batch: { type: 'string', default: '32' },
    chunk: { type: 'string', default: '16' },
  },
});
const [threads, rounds, batch, chunk] = [options.threads, options.rounds, options.batch, options.chunk].map(
  (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    console.error(`gradient team bench: ${text} is not a whole number above 0`);
    process.exit(2);
  },
) as [number, number, number, number];

const pixelsPerImage = REFERENCE_ARCHITECTURE.inputSide ** 2;
const parameters = layoutOf(REFERENCE_ARCHITECTURE).length;
const rng = new Rng('gradient team bench');
const flat = initialParameters(REFERENCE_ARCHITECTURE, rng);
const images = Float32Array.from({ length: batch * pixelsPerImage }, () => rng.next());
const labels = Uint8Array.from({ length: batch }, () => rng.int(2));

await loadBackend('cpu');
const workers: Worker[] = [];
const teams = [1, threads].map((members) => {
  const team = new GradientTeam(
    { parameters, pixelsPerImage, largestBatch: batch, chunk },
    members,
    (...part) => lossAndGradient(REFERENCE_ARCHITECTURE, ...part),
  );
  for (const invitation of team.invitations()) {
    const worker = new Worker(new URL('./gradient-team-worker.ts', import.meta.url), {
      workerData: invitation,
    });
    worker.on('error', (error) => team.fail(error instanceof Error ? error : new Error(String(error))));
    workers.push(worker);
  }
  return { team, members, rates: [] as number[] };
});
for (let round = -3; round < rounds; round++) {
  for (const { team, rates } of teams) {
    const start = performance.now();
    await team.lossAndGradient(flat, images, labels);
    if (round >= 0) rates.push((1000 * batch) / (performance.now() - start));
  }
}
console.log(`Batch ${batch} in chunks of ${chunk}, ${rounds} rounds. Images per second:`);
console.log('threads   median      min      max');
for (const { members, rates } of teams) {
  const sorted = rates.toSorted((a, b) => a - b);
  const columns = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map((rate = NaN) =>
    rate.toFixed(0).padStart(9),
  );
  console.log(String(members).padEnd(7) + columns.join(''));
}
for (const { team } of teams) team.close();
await Promise.all(workers.map((worker) => worker.terminate()));
