/**
 * Our kernels against TensorFlow's own through tfjs-node (build-binding.ts): the same gradients, the same loss curve of the
 * same short training run, and images per second, each engine in a process of its own.
 *
 * Usage: node test/bench/tfjs-node/compare.ts [--json] [--folder DIR] [--patches 512] [--epochs 3] [--rounds 7] [--seconds 2]
 * --folder is where tfjs-node is built; --package DIR takes a package that is installed instead, tfjs-node-gpu too.
 * Exits with 0 when they agree, 1 when they do not, 2 on wrong usage, 4 when tfjs-node could not be built or loaded.
 *
 * All engines compute in 32-bit floats and sum in different orders, which changes about 1e-6 of a gradient. Training carries
 * that on and enlarges it: steps by Adam, ties in pooling, and the hard threshold of l0, at which single weights come
 * and go. So the losses of the first epoch may differ by FIRST_EPOCH_TOLERANCE, those of the whole (default) run by
 * RUN_TOLERANCE. As a yardstick TensorFlow is also compared with itself, with and without oneDNN's kernels.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../../src/base/errors.ts';
import { SYNTHETIC_KINDS } from '../../../src/base/words.ts';
import { makeBatch, type Batch } from '../../../src/model/batches.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import { REFERENCE_ARCHITECTURE } from '../../../src/model/parameters.ts';
import { makeSyntheticPatches } from '../../../src/synthetic/synthetic-patches.ts';
import { buildBinding, defaultFolder } from './build-binding.ts';
import { compareGradients, GRADIENT_TOLERANCE } from './compare-gradients.ts';
import type { Curve, EngineChoice } from './engine-under-test.ts';
import { printComparison, type Comparison, type CurveDifference } from './print-comparison.ts';
import { startContestant, type Contestant } from './start-contestant.ts';

const FIRST_EPOCH_TOLERANCE = 1e-4;
const RUN_TOLERANCE = 1e-2;
const SEED = 1;
const BATCH = 32;
const HELD_OUT = 96;
/** Read by TensorFlow and OpenMP when they are loaded; without them they take all cores. */
const ONE_THREAD = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    folder: { type: 'string', default: defaultFolder() },
    package: { type: 'string' },
    patches: { type: 'string', default: '512' },
    epochs: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
  },
});
const [patches, epochs, rounds, seconds] = (['patches', 'epochs', 'rounds', 'seconds'] as const).map(
  (name) => {
    const value = Number(options[name]);
    if (Number.isInteger(value) && value > 0) return value;
    console.error(`tfjs-node bench: --${name} is ${options[name]}; it must be a whole number above 0`);
    process.exit(2);
  },
) as [number, number, number, number];

const contestants: Contestant[] = [];
try {
  const comparison = await compare(
    options.package === undefined
      ? buildBinding(path.resolve(options.folder), progress)
      : path.resolve(options.package),
  );
  if (options.json) console.log(JSON.stringify(comparison));
  else printComparison(comparison);
  process.exitCode = comparison.agrees ? 0 : 1;
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 4;
} finally {
  for (const contestant of contestants) contestant.close();
}

async function compare(folder: string): Promise<Comparison> {
  progress('starting the engines');
  const tfjsNode = { kind: 'tfjs-node', folder } as const;
  const own = await start('our kernels, 1 thread', { kind: 'own' });
  const native = await start('tfjs-node, all cores', tfjsNode);
  await start('tfjs-node, 1 thread', tfjsNode, ONE_THREAD);
  const plain = await start('tfjs-node, no oneDNN', tfjsNode, { TF_ENABLE_ONEDNN_OPTS: '0' });
  progress(`making ${patches} synthetic patches`);
  const train = await makePatches('train', patches);
  const validation = await makePatches('validation', HELD_OUT);
  const test = await makePatches('test', HELD_OUT);
  progress('gradients');
  const gradients = await compareGradients(own, native, train);
  progress(`training, ${epochs} epochs and fine-tuning`);
  const task = { seed: SEED, epochs, train, validation, test };
  const curves = {
    own: await own.ask('train', task),
    native: await native.ask('train', task),
    plain: await plain.ask('train', task),
  };
  const perEpoch = Math.ceil(patches / BATCH);
  const difference = differenceOf(curves.own, curves.native, perEpoch);
  await measure(batchOf(train));
  return {
    run: { patches, epochs, batch: BATCH, rounds, seconds },
    gradients,
    curves,
    difference,
    yardstick: differenceOf(curves.native, curves.plain, perEpoch),
    tolerance: { firstEpoch: FIRST_EPOCH_TOLERANCE, all: RUN_TOLERANCE },
    engines: contestants.map(({ name, detail, rates }) => ({ name, detail, rates })),
    agrees:
      gradients.largest <= GRADIENT_TOLERANCE &&
      difference.firstEpoch <= FIRST_EPOCH_TOLERANCE &&
      difference.all <= RUN_TOLERANCE,
  };
}

async function start(
  name: string,
  engine: EngineChoice,
  environment?: Record<string, string>,
): Promise<Contestant> {
  const contestant = await startContestant(name, engine, environment);
  contestants.push(contestant);
  return contestant;
}

function makePatches(part: 'train' | 'validation' | 'test', count: number): Promise<PatchSet> {
  return makeSyntheticPatches({ count, kinds: SYNTHETIC_KINDS, seed: SEED, part });
}

function batchOf(set: PatchSet): Batch {
  const indices = Uint32Array.from({ length: BATCH }, (_, i) => i % set.count);
  return makeBatch(set, indices, REFERENCE_ARCHITECTURE.inputSide, null);
}

/** Largest over the steps, relative to the first curve; infinite where they are not of the same length. */
function differenceOf(a: Curve, b: Curve, perEpoch: number): CurveDifference {
  if (a.steps.length !== b.steps.length) return { firstEpoch: Infinity, all: Infinity };
  const steps = a.steps.map((loss, i) => Math.abs(loss - b.steps[i]!) / loss);
  return { firstEpoch: Math.max(...steps.slice(0, perEpoch)), all: Math.max(...steps) };
}

/** Interleaved: every round measures each engine once; one round before warms up. */
async function measure(batch: Batch): Promise<void> {
  for (let round = 0; round <= rounds; round++) {
    progress(`images per second, ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}`);
    for (const { ask, rates } of contestants) {
      const rate = await ask('measure', { batch, seconds });
      if (round > 0) rates.push(rate);
    }
  }
}

function progress(step: string): void {
  console.error(step);
}
