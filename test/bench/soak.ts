/**
 * A long training on one engine, to see that nothing piles up: 5,000 steps of the reference net by RVSM, with resident
 * memory and tfjs's live tensors sampled every ten steps, garbage collected before, after 500 that settle. Ends with 1 where memory grew by more than
 * 5 % from the first tenth to the last, or tensors by any.
 *
 * Usage: node test/bench/soak.ts [--steps 5000] [--backend cpu] [--threads N] [--json]
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { getBackend, memory } from '@tensorflow/tfjs-core';
import { BACKENDS } from '../../src/base/words.ts';
import { makeBenchBatch } from '../../src/host/bench/bench-pictures.ts';
import { nodeClock } from '../../src/host/node-clock.ts';
import { openEngine } from '../../src/model/open-engine.ts';
import { REFERENCE_ARCHITECTURE } from '../../src/model/parameters.ts';
import { judgeSoak, soak } from './soak-steps.ts';

const WARM_UP = 500;
const EVERY = 10;

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '5000' },
    backend: { type: 'string', default: 'cpu' },
    threads: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [steps, threads] = [Number(values.steps), Number(values.threads)];
const backend = BACKENDS.find((name) => name === values.backend);
if (!(Number.isInteger(steps) && steps >= 10 * EVERY && Number.isInteger(threads) && threads >= 1)) {
  console.error(`soak: --steps takes a whole number from ${10 * EVERY}, --threads one from 1`);
  process.exit(2);
}
if (backend === undefined) {
  console.error(`soak: --backend takes ${BACKENDS.join(', ')}, not "${values.backend}"`);
  process.exit(2);
}

// What waits to be collected would hide what stays.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const batch = await makeBenchBatch();
const engine = await openEngine(backend, { threads });
const open = { architecture: REFERENCE_ARCHITECTURE, network: await engine.open(REFERENCE_ARCHITECTURE) };
console.error(`${engine.backend}: ${engine.detail}; threads: ${engine.threads}`);
const start = nodeClock.elapsedMs();
const samples = await soak(open, batch, {
  steps,
  warmUp: WARM_UP,
  every: EVERY,
  look: () => {
    collectGarbage();
    return { rss: process.memoryUsage.rss(), tensors: liveTensors() };
  },
  onSample: ({ step, rss, tensors }) => {
    if (step % 500 === 0) console.error(`step ${step}: ${megabytes(rss)}, ${tensors} tensors`);
  },
});
const seconds = (nodeClock.elapsedMs() - start) / 1000;
open.network.close();
engine.close();

/** The CPU engine does without tfjs, which then has no backend to ask. */
function liveTensors(): number {
  return getBackend() === undefined ? 0 : memory().numTensors;
}

const { rss, tensors, faults } = judgeSoak(samples);
if (values.json) {
  const { backend: name, threads: used, detail } = engine;
  console.log(JSON.stringify({ backend: name, threads: used, detail, steps, seconds, rss, tensors, faults }));
} else {
  console.log(`${steps} steps in ${seconds.toFixed(0)} s`);
  console.log(`resident memory, first and last tenth: ${megabytes(rss.first)}, ${megabytes(rss.last)}`);
  console.log(`live tensors, first and last tenth: ${tensors.first}, ${tensors.last}`);
  console.log(faults.length === 0 ? 'nothing piled up' : faults.join('; '));
}
process.exitCode = faults.length === 0 ? 0 : 1;

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
