/**
 * Makes the factory model: the app's own training on synthetic data alone. A network for figures and one for writing are trained
 * one after the other, each on half of the count.
 *
 *   npm run factory -- --count 120000 --epochs 6 --fine-tune 0 --seed 1 --out assets/models/factory.spm
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PENALTY_KINDS, SYNTHETIC_KINDS, type PenaltyKind, type SyntheticKind } from '../base/words.ts';
import { decodeModel } from '../model/model-file.ts';
import type { TrainerReply } from '../model/trainer-protocol.ts';
import type { TrainRecipe } from '../model/training-types.ts';
import { nodeClock } from './node-clock.ts';
import { FACTORY_LIMITS } from './training-memory.ts';
import { runTrainingRequest } from './training-run.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '120000' },
    epochs: { type: 'string', default: '6' },
    'fine-tune': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    penalty: { type: 'string', default: 'l0' },
    a: { type: 'string', default: '1' },
    sparsity: { type: 'string', default: '0.9' },
    kinds: { type: 'string', default: 'spiral,wave,handwriting' },
    fresh: { type: 'boolean', default: false },
    name: { type: 'string', default: 'Factory model' },
    out: { type: 'string', default: 'assets/models/factory.spm' },
  },
});

function numberOf(name: 'count' | 'epochs' | 'fine-tune' | 'seed' | 'a' | 'sparsity'): number {
  const value = Number(values[name]);
  if (Number.isFinite(value)) return value;
  throw new Error(`--${name} must be a number, not ${values[name]}`);
}

function penaltyOf(word: string): PenaltyKind | null {
  if (word === 'none') return null;
  const kind = PENALTY_KINDS.find((known) => known === word);
  if (kind === undefined)
    throw new Error(`--penalty must be ${PENALTY_KINDS.join(', ')} or none, not ${word}`);
  return kind;
}

function kindsOf(words: string): SyntheticKind[] {
  return words.split(',').map((word) => {
    const kind = SYNTHETIC_KINDS.find((known) => known === word.trim());
    if (kind === undefined) throw new Error(`--kinds: ${word} is none of ${SYNTHETIC_KINDS.join(', ')}`);
    return kind;
  });
}

const kind = penaltyOf(values.penalty);
const recipe: TrainRecipe = {
  seed: numberOf('seed'),
  epochs: numberOf('epochs'),
  fineTuneEpochs: numberOf('fine-tune'),
  batchSize: 32,
  penalty: kind === null ? null : { kind, a: numberOf('a') },
  targetSparsity: numberOf('sparsity'),
  paperForm: null,
  synthetic: { count: numberOf('count'), kinds: kindsOf(values.kinds) },
  backend: 'cpu',
};
const controller = new AbortController();
process.once('SIGINT', () => controller.abort());

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const log = (line: string): void => void process.stderr.write(`${line}\n`);
let nextNote = 0;

function show(event: TrainerReply): void {
  switch (event.kind) {
    case 'measuring':
    case 'trying':
      return;
    case 'preparing':
    case 'calibrating':
    case 'step': {
      if (nodeClock.elapsedMs() < nextNote) return;
      nextNote = nodeClock.elapsedMs() + 15_000;
      return log(
        event.kind === 'preparing'
          ? `making patches: ${event.done} of ${event.total}`
          : event.kind === 'calibrating'
            ? `calibrating: ${event.done} of ${event.total} drawings`
            : `${event.network ?? 'all groups'}: epoch ${event.epoch}, step ${event.step} of ${event.steps}: loss ${event.loss.toFixed(4)}, ${event.imagesPerSecond.toFixed(0)} images/s, ${(event.remainingMs / 60_000).toFixed(1)} min left`,
      );
    }
    case 'started':
      return log(
        `training on ${event.backend} (${event.backendDetail}): ${event.trainCount} patches an epoch, ${event.validationCount} to validate, ${event.testCount} to test`,
      );
    case 'epoch': {
      const r = event.report;
      return log(
        `${r.network ?? 'all groups'}: epoch ${r.epoch} of ${r.epochs} (${r.phase}): loss ${r.loss.toFixed(4)}, u ${percent(r.accuracyU)}, w ${percent(r.accuracyW)}, zeros ${percent(r.fcZeros)}, gap ${r.gap.toFixed(4)}, threshold ${r.threshold.toPrecision(3)}, ${(r.elapsedMs / 1000).toFixed(0)} s`,
      );
    }
    case 'warning':
      return log(`warning: ${event.message}`);
    case 'failed':
      process.exitCode = event.reason === 'cancelled' ? 2 : 1;
      return log(`failed: ${event.error.message}`);
    case 'done':
      return save(event.model);
  }
}

function save(file: Uint8Array): void {
  const { card, architecture, preprocessing, calibration } = decodeModel(file, values.out);
  mkdirSync(path.dirname(values.out), { recursive: true });
  writeFileSync(values.out, file);
  const cardFile = values.out.replace(/(\.spm)?$/, '.card.json');
  writeFileSync(
    cardFile,
    `${JSON.stringify({ ...card, architecture, preprocessing, calibration }, null, 2)}\n`,
  );
  log(
    `test: accuracy ${percent(card.metrics.accuracy)}, AUC ${card.metrics.auc.toFixed(4)}; FC zeros ${card.fcZeros} of ${card.fcWeights}${(card.networks ?? []).map(({ name, fcZeros }) => `, ${name} ${fcZeros}`).join('')}; weights ${card.sparseBytes} of ${card.denseBytes} bytes\n` +
      `wrote ${values.out} and ${cardFile}`,
  );
}

const command = `npm run factory -- ${process.argv.slice(2).join(' ')}`.trim();
const run = runTrainingRequest(
  {
    clock: nodeClock,
    signal: controller.signal,
    fresh: values.fresh,
    limits: FACTORY_LIMITS,
    drawingsPerLabel: 120,
  },
  {
    kind: 'start',
    recipe,
    // The same bits for everybody, with or without a graphics card.
    engines: [{ backend: 'cpu', threads: availableParallelism() }],
    startedOver: [],
    own: null,
    active: null,
    name: values.name,
    command,
    createdAt: new Date(nodeClock.nowMs()).toISOString(),
  },
);
for await (const event of run) show(event);
