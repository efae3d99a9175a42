/**
 * A trainer that does what the seed says: 1 crashes, 2 waits for a cancel, 3 ignores even that, 4 says that there is too
 * little data, 6 is killed in epoch 2 on any engine but cpu, 8 too but sends a checkpoint first, 9 sends one and
 * crashes unless it goes on from one; any other sends two epochs and a model. For tests of what the host does with each.
 */
import { ownPort } from '../../../../src/host/own-port.ts';
import type { TrainerMessage, TrainerRequest } from '../../../../src/model/trainer-protocol.ts';
import type { EpochReport } from '../../../../src/model/training-types.ts';
import { METRICS } from '../../model/plain-card.ts';
import { checkpointFile } from '../support/checkpoint-file.ts';
import { untrainedModelFile } from '../support/tiny-model.ts';

const port = ownPort();
const say = (event: TrainerMessage) => port.postMessage(event);
let seed = 0;
port.onMessage((message) => {
  const request = message as TrainerRequest;
  if (request.kind === 'start') {
    seed = request.recipe.seed;
    train(request);
  } else if (seed !== 3) {
    say({
      kind: 'failed',
      reason: 'cancelled',
      error: { code: 'cancelled', message: 'Training was cancelled.' },
    });
  }
});

function train(request: Extract<TrainerRequest, { kind: 'start' }>): void {
  const [engine = { backend: 'cpu' }] = request.engines;
  say({ kind: 'trying', engine: 0, startedOver: request.startedOver });
  const counts = { trainCount: request.own?.count ?? 0, validationCount: 5, testCount: 5 };
  say({
    kind: 'started',
    backend: engine.backend,
    backendDetail: `own: ${request.own?.subjects.join(' ') ?? 'none'}`,
    parameters: 22_194,
    fcWeights: 16_384,
    epochs: 2,
    ...counts,
    ...(request.resume === undefined ? {} : { epochsDone: 1 }),
  });
  if (seed === 1) process.exit(9);
  if (seed === 2 || seed === 3) return;
  if (seed === 4) {
    const error = { code: 'too-few-samples', message: 'Label more samples.' } as const;
    return say({ kind: 'failed', reason: 'too-few-samples', error });
  }
  if (request.resume === undefined) say({ kind: 'epoch', report: reportOf(1) });
  if (seed === 8 || seed === 9) say({ kind: 'checkpoint', file: checkpointFile(request.recipe, 1) });
  if ((seed === 6 || seed === 8) && engine.backend !== 'cpu') process.kill(process.pid, 'SIGSEGV');
  if (seed === 9 && request.resume === undefined) return void setTimeout(() => process.exit(9), 50);
  say({ kind: 'step', epoch: 2, step: 1, steps: 9, loss: 0.5, imagesPerSecond: 100, remainingMs: 10 });
  say({ kind: 'epoch', report: reportOf(2) });
  const model = untrainedModelFile(`trained with seed ${seed}`, seed);
  say({ kind: 'done', model, candidate: METRICS, active: request.active ? METRICS : null });
}

function reportOf(epoch: number): EpochReport {
  return {
    epoch,
    epochs: 2,
    phase: 'rvsm',
    loss: 1 / epoch,
    penalty: 0.1,
    accuracyU: 0.9,
    accuracyW: 0.91,
    fcZeros: 0.5,
    gap: 0.01,
    threshold: 0.02,
    elapsedMs: 100,
    remainingMs: 100,
    histogram: { limit: 1, counts: [1, 2, 3] },
    fcSigns: [0, 1, -1],
  };
}
