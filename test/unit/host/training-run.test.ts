import { beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import { runTrainingRequest } from '../../../src/host/training-run.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/model/checkpoint-file.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import type { EngineChoice, StartRequest, TrainerReply } from '../../../src/model/trainer-protocol.ts';
import type { Engine, Network } from '../../../src/tensor/engine.ts';

const WEBGPU: EngineChoice = { backend: 'webgpu', threads: 1 };
const CPU: EngineChoice = { backend: 'cpu', threads: 1 };
const START: StartRequest = {
  kind: 'start',
  recipe: {
    seed: 5,
    epochs: 3,
    fineTuneEpochs: 0,
    batchSize: 16,
    penalty: null,
    targetSparsity: 0,
    paperForm: null,
    synthetic: { count: 64, kinds: ['wave'] },
    backend: 'auto',
  },
  engines: [WEBGPU, CPU],
  startedOver: [],
  own: null,
  active: null,
  name: 'A run',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
};

/** What may go wrong in an engine that computes on the processor and says that it is another. */
interface Trouble {
  readonly onOpening?: () => Error;
  readonly onStep?: (step: number) => Error | null;
  /** Looking at patches, which training does after an epoch and calibration at the end. */
  readonly onLooking?: (step: number) => Error | null;
}

function troubled({ onOpening, onStep, onLooking }: Trouble) {
  const closed: string[] = [];
  const open: typeof openEngine = async (name, options) => {
    const engine = await openEngine('cpu', options);
    const close = () => (closed.push(name), engine.close());
    if (name === 'cpu') return { ...engine, close };
    if (onOpening) throw onOpening();
    let step = 0;
    const openNetwork: Engine['open'] = async (shape) => {
      const network = await engine.open(shape);
      const troubledNetwork: Network = {
        close: () => network.close(),
        lossAndGradient: async (...given) => {
          step++;
          const fault = onStep?.(step);
          if (fault) throw fault;
          return network.lossAndGradient(...given);
        },
        cellContributions: async (...given) => {
          const fault = onLooking?.(step);
          if (fault) throw fault;
          return network.cellContributions(...given);
        },
      };
      return troubledNetwork;
    };
    return { ...engine, backend: name, detail: 'a stand-in', open: openNetwork, close };
  };
  return { open, closed };
}

async function run(
  trouble: Trouble,
  change: Partial<StartRequest> = {},
  onEvent: (event: TrainerReply, stop: () => void) => void = () => undefined,
) {
  const { open, closed } = troubled(trouble);
  const stopping = new AbortController();
  const checkpoints: Uint8Array[] = [];
  const deps = {
    clock: nodeClock,
    signal: stopping.signal,
    openEngine: open,
    drawingsPerLabel: 2,
    saveCheckpoint: (file: Uint8Array) => void checkpoints.push(file),
  };
  const events: TrainerReply[] = [];
  for await (const event of runTrainingRequest(deps, { ...START, ...change })) {
    events.push(event);
    onEvent(event, () => stopping.abort());
  }
  const last = events.at(-1);
  const model = last?.kind === 'done' ? decodeModel(last.model, 'done.spm') : null;
  const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.message] : []));
  const started = events.flatMap((event) => (event.kind === 'started' ? [event.backend] : []));
  const reports = events.flatMap((event) => (event.kind === 'epoch' ? [event.report.epoch] : []));
  return { events, last, model, warnings, started, closed, reports, checkpoints };
}

const weightsOf = (model: Awaited<ReturnType<typeof run>>['model']) =>
  (model?.networks ?? []).flatMap(({ name: network, weights }) =>
    Object.entries(weights).map(([name, { values }]) => [network, name, [...values]]),
  );
const straight = await run({}, { engines: [CPU] });
const { trainCount } = straight.events.find((event) => event.kind === 'started') ?? { trainCount: 0 };
const STEPS_PER_EPOCH = Math.ceil(trainCount / START.recipe.batchSize);

test('a run without trouble says on its card what made it', () => {
  expect(straight.started).toEqual(['cpu']);
  expect(straight.warnings).toEqual([]);
  expect(straight.model?.card.notes).toContainEqual(
    expect.stringMatching(/^Trained on the backend cpu \(.+\)\.$/),
  );
  expect(straight.closed).toEqual(['cpu']);
});

const LOST = () => new UserError('engine-failed', 'The device was lost.', 'webgpu');
test.each([
  ['says that the device was lost', LOST, 'The device was lost'],
  [
    'says that memory ran out',
    () => new UserError('out-of-memory', 'The GPU has no memory left.'),
    'The GPU has no memory left',
  ],
  [
    'throws what only its library knows',
    () => new TypeError('x is undefined\n at y'),
    'The backend webgpu failed: x is undefined',
  ],
])(
  'an engine that %s in epoch 2: the run goes on after epoch 1 and ends as one on the processor alone',
  async (_, fault, reason) => {
    const over = await run({ onStep: (step) => (step === STEPS_PER_EPOCH + 3 ? fault() : null) });
    const sentence = `The backend webgpu failed in epoch 2: ${reason}. Training goes on from its last checkpoint on cpu.`;
    expect(over.warnings).toEqual([sentence]);
    expect(over.started).toEqual(['webgpu', 'cpu']);
    expect(over.closed).toEqual(['webgpu', 'cpu']);
    expect(over.reports).toEqual([1, 2, 3]);
    expect(over.events.flatMap((event) => (event.kind === 'started' ? [event.epochsDone] : []))).toEqual([
      undefined,
      1,
    ]);
    expect(over.model?.card.notes).toEqual(
      expect.arrayContaining([sentence, expect.stringMatching(/^Trained on the backend cpu/)]),
    );
    // The same patches, the same order, no trace of the broken epoch.
    expect(weightsOf(over.model)).toEqual(weightsOf(straight.model));
    expect(over.model?.card.dataHash).toBe(straight.model?.card.dataHash);
  },
);

test.each([
  ['after an epoch', 'in epoch 3', 0],
  ['at whole drawings', 'after the last epoch', 1],
])('an engine that fails while it looks %s costs the run too', async (_, where, epochsDone) => {
  let reports = 0;
  const steps = START.recipe.epochs * STEPS_PER_EPOCH;
  const isThere = (step: number) => step === steps && reports === START.recipe.epochs - 1 + epochsDone;
  const trouble = { onLooking: (step: number) => (isThere(step) ? LOST() : null) };
  const over = await run(trouble, {}, (event) => void (reports += event.kind === 'epoch' ? 1 : 0));
  expect(over.warnings).toEqual([expect.stringContaining(`failed ${where}: The device was lost.`)]);
  expect(weightsOf(over.model)).toEqual(weightsOf(straight.model));
});

test('an engine that does not open is passed over', async () => {
  const over = await run({ onOpening: () => new UserError('no-backend', 'There is no adapter.', 'webgpu') });
  expect(over.warnings).toEqual([
    'The backend webgpu did not start: There is no adapter. Training starts over on cpu.',
  ]);
  expect(over.started).toEqual(['cpu']);
  expect(over.model).not.toBeNull();
});

test('pinned: one that is not there is refused, one that breaks later is not', async () => {
  const recipe = { ...START.recipe, backend: 'webgpu' } as const;
  const refused = await run(
    { onOpening: () => new UserError('no-backend', 'There is no adapter.') },
    { recipe },
  );
  expect(refused.last).toMatchObject({
    kind: 'failed',
    error: { code: 'no-backend', message: 'There is no adapter.' },
  });
  expect(refused.started).toEqual([]);
  const broken = await run({ onStep: (step) => (step === 2 ? LOST() : null) }, { recipe });
  expect(broken.started).toEqual(['webgpu', 'cpu']);
  expect(broken.warnings[0]).toContain('failed in epoch 1: The device was lost. Training starts over on cpu');
  expect(broken.model).not.toBeNull();
});

test('the last engine has no successor: its fault ends the run', async () => {
  const { last, warnings } = await run({ onStep: () => LOST() }, { engines: [WEBGPU] });
  expect(warnings).toEqual([]);
  expect(last).toMatchObject({ kind: 'failed', reason: 'fault', error: { code: 'engine-failed' } });
});

test('what is no fault of the engine is told, not tried again', async () => {
  const recipe = { ...START.recipe, epochs: 0 };
  const { last, started } = await run({}, { recipe });
  expect(last).toMatchObject({ kind: 'failed', error: { code: 'bad-argument' } });
  expect(started).toEqual([]);
});

test('a cancel that meets a failing engine ends the run', async () => {
  let stopNow = () => undefined as void;
  const trouble = { onStep: (step: number) => (step === 2 ? (stopNow(), LOST()) : null) };
  const { last, started } = await run(trouble, {}, (_, stop) => (stopNow = stop));
  expect(last?.kind).toBe('failed');
  expect(started).toEqual(['webgpu']);
});

describe('from a checkpoint', () => {
  const stepsOf = (file: Uint8Array) => {
    const { epochsDone, step } = decodeCheckpoint(file, 'sent').state.state;
    return epochsDone * STEPS_PER_EPOCH + step;
  };
  const from = (file: Uint8Array, otherwise: 'refuse' | 'start' = 'refuse') => ({
    engines: [CPU],
    resume: { file, name: 'run/checkpoint.spc', otherwise },
  });

  test('where every step has one, another engine goes on with the step that failed', async () => {
    let steps = 0;
    const trouble = {
      onStep: (step: number) => ((steps = step), step === STEPS_PER_EPOCH + 3 ? LOST() : null),
    };
    const over = await run(trouble, { checkpointEveryMs: 0 });
    expect(steps).toBe(STEPS_PER_EPOCH + 3);
    // The start, every step and every epoch, none of them twice.
    expect(over.checkpoints.length).toBe(1 + START.recipe.epochs * (STEPS_PER_EPOCH + 1));
    expect(weightsOf(over.model)).toEqual(weightsOf(straight.model));
  });

  test('another run goes on from a file, to the same weights, and its card knows what happened before', async () => {
    const lost = { onStep: (step: number) => (step === STEPS_PER_EPOCH + 3 ? LOST() : null) };
    const { checkpoints, warnings } = await run(lost, { checkpointEveryMs: 0 });
    const late = checkpoints.find((file) => stepsOf(file) === 2 * STEPS_PER_EPOCH + 1);
    const rest = await run({}, from(late ?? new Uint8Array()));
    expect(rest.reports).toEqual([3]);
    expect(rest.warnings).toEqual([]);
    expect(rest.model?.card.notes).toEqual(expect.arrayContaining(warnings));
    expect(weightsOf(rest.model)).toEqual(weightsOf(straight.model));
  });

  test('after the last epoch only the result is taken', async () => {
    const rest = await run({}, from(straight.checkpoints.at(-1) ?? new Uint8Array()));
    expect(rest.reports).toEqual([]);
    expect(weightsOf(rest.model)).toEqual(weightsOf(straight.model));
  });

  test('on another engine than before it says that bits may differ', async () => {
    const { checkpoints } = await run({}, { engines: [WEBGPU] });
    const { warnings, model } = await run({}, from(checkpoints[1] ?? new Uint8Array()));
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Training goes on on cpu \(.*\); up to its checkpoint it was on webgpu \(a stand-in\)/,
      ),
    ]);
    expect(model?.card.notes).toEqual(expect.arrayContaining(warnings));
  });

  test.each([
    ['another recipe', { seed: 6 }, (file: Uint8Array) => file, /another run: its seed is 5, not 6/],
    ['a torn file', {}, (file: Uint8Array) => file.subarray(0, 5000), /is damaged/],
  ])('%s: refused, or started at the beginning with a word why', async (_, change, spoil, why) => {
    const recipe = { ...START.recipe, epochs: 1, ...change };
    const one = await run({}, { engines: [CPU], recipe: { ...START.recipe, epochs: 1 } });
    const file = spoil(one.checkpoints.at(-1) ?? new Uint8Array());
    const refused = await run({}, { ...from(file), recipe });
    expect(refused.last).toMatchObject({ kind: 'failed', error: { subject: 'run/checkpoint.spc' } });
    expect(refused.last).toMatchObject({ error: { message: expect.stringMatching(why) } });
    const anew = await run({}, { ...from(file, 'start'), recipe });
    expect(anew.warnings).toEqual([expect.stringMatching(why)]);
    expect(anew.warnings[0]).toMatch(/ Training starts at the beginning\.$/);
    expect(anew.reports).toEqual([1]);
  });

  test('other data are noticed once they are there', async () => {
    const { run: of, ...rest } = decodeCheckpoint(straight.checkpoints[1] ?? new Uint8Array(), 'sent');
    const file = encodeCheckpoint({ ...rest, run: { ...of, dataHash: 'of other patches' } });
    const refused = await run({}, from(file));
    expect(refused.last).toMatchObject({
      kind: 'failed',
      error: { code: 'bad-argument', message: expect.stringContaining('it learnt from other data') },
    });
    const anew = await run({}, from(file, 'start'));
    expect(anew.warnings).toEqual([expect.stringContaining('Training starts at the beginning.')]);
    expect(weightsOf(anew.model)).toEqual(weightsOf(straight.model));
  });
});

describe('a run of figures and writing', () => {
  const recipeOf = (count: number, kinds: StartRequest['recipe']['synthetic']['kinds']) => ({
    ...START.recipe,
    epochs: 1,
    penalty: { kind: 'l0', a: 1 } as const,
    targetSparsity: 0.9,
    synthetic: { count, kinds },
  });
  const BOTH = recipeOf(64, ['wave', 'fonts']);
  let both: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    both = await run({}, { engines: [CPU], recipe: BOTH });
  }, 30_000);

  test('ends with the weights and calibrations of two runs of half the count', async () => {
    const figures = await run({}, { engines: [CPU], recipe: recipeOf(32, ['wave']) });
    const writing = await run({}, { engines: [CPU], recipe: recipeOf(32, ['fonts']) });
    expect(both.reports).toEqual([1, 2]);
    expect(weightsOf(both.model)).toEqual([...weightsOf(figures.model), ...weightsOf(writing.model)]);
    expect(both.model?.calibration).toEqual({ ...figures.model?.calibration, ...writing.model?.calibration });
    expect(Object.keys(figures.model?.calibration ?? {})).toEqual(['spiral', 'wave']);
  });

  test('an engine that fails in the second network: the first is not trained again', async () => {
    const over = await run({ onStep: (step) => (step === 3 ? LOST() : null) }, { recipe: BOTH });
    // Beside them stand those of networks that one epoch does not couple.
    expect(over.warnings).toContainEqual(
      expect.stringContaining('webgpu failed in epoch 2: The device was lost. Training goes on'),
    );
    expect(over.reports).toEqual([1, 2]);
    expect(weightsOf(over.model)).toEqual(weightsOf(both.model));
  });
});
