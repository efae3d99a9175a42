import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../../../src/model/checkpoint-file.ts';
import { crc32 } from '../../../src/model/crc32.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { requireSameRun, type RunIdentity } from '../../../src/model/run-identity.ts';
import { trainModel, type NetworkJob } from '../../../src/model/train.ts';
import { fixedSource, mixedSource, type TrainingSource } from '../../../src/model/training-data.ts';
import type { RunState, TrainingState } from '../../../src/model/training-state.ts';
import type { EpochReport, TrainEvent, TrainRecipe } from '../../../src/model/training-types.ts';
import { stepClock, TINY, TINY_RECIPE, tinyPatches } from './tiny.ts';
import { tinyNetwork } from './train-tiny-model.ts';

const engine = await openEngine('cpu');
const RECIPE: TrainRecipe = { ...TINY_RECIPE, epochs: 4, fineTuneEpochs: 2, batchSize: 8 };
const validation = tinyPatches(30, 'validation');
const held = tinyPatches(30, 'test');
const fixed = () => fixedSource(tinyPatches(20, 'train'), (index) => 1 + (index % 3));
/** New patches for every epoch. */
const fresh = () =>
  mixedSource(tinyPatches(40, 'epoch 1'), null, {
    epochs: 6,
    make: (epoch) => Promise.resolve(tinyPatches(40, `epoch ${epoch}`)),
  });

const ENGINE = { backend: 'cpu', detail: 'a processor' } as const;
function identityOf(recipe: TrainRecipe, networks: RunIdentity['networks'] = ['all']): RunIdentity {
  return { architecture: TINY, recipe, networks, preprocessing: 'tiny-1', dataHash: 'tiny' };
}

/** The file of a state and back. */
function throughFile(state: RunState, recipe: TrainRecipe, networks?: RunIdentity['networks']): RunState {
  const checkpoint: Checkpoint = {
    run: identityOf(recipe, networks),
    engine: ENGINE,
    startedOver: [],
    state,
  };
  const back = decodeCheckpoint(encodeCheckpoint(checkpoint), 'some.spc');
  expect(back).toEqual(checkpoint);
  return back.state;
}

interface Ended {
  readonly model: Uint8Array | null;
  readonly last: TrainEvent | undefined;
  readonly reports: readonly Omit<EpochReport, 'elapsedMs' | 'remainingMs'>[];
  readonly states: readonly RunState[];
}

async function train(
  recipe: TrainRecipe,
  source: TrainingSource,
  resumeFrom: RunState | null = null,
): Promise<Ended> {
  return trainAll(recipe, [tinyNetwork({ train: source, validation, test: held })], resumeFrom);
}

async function trainAll(
  recipe: TrainRecipe,
  networks: readonly NetworkJob[],
  resumeFrom: RunState | null = null,
): Promise<Ended> {
  const states: RunState[] = [];
  const events: TrainEvent[] = [];
  const run = trainModel(
    {
      clock: stepClock,
      signal: new AbortController().signal,
      pause: () => Promise.resolve(),
      engine,
      checkpoints: { everyMs: 0, save: (state) => void states.push(state) },
    },
    {
      recipe,
      architecture: TINY,
      networks,
      active: null,
      card: { name: 'Tiny', command: '', createdAt: '', data: '', dataHash: '', notes: [] },
      preprocessing: 'tiny-1',
      resumeFrom,
    },
  );
  for await (const event of run) events.push(event);
  const last = events.at(-1);
  const reports = events.flatMap((event) => {
    if (event.kind !== 'epoch') return [];
    const { elapsedMs: _e, remainingMs: _r, ...report } = event.report;
    return [report];
  });
  return { model: last?.kind === 'done' ? last.model : null, last, reports, states };
}

const STEPS = 5;
const LAYERS = [
  { layer: 'fc', target: 0.9 },
  { layer: 'conv1', target: 0.25, group: 'filters' },
  { layer: 'conv2', target: 0.5 },
] as const;
const PAPER_WITH_ALL = { lambda: 2e-4, beta: 1, learningRate: 0.02, momentum: 0.9, betaGrowth: 4 };
test.each<[string, Partial<TrainRecipe>, () => TrainingSource, number]>([
  ['l0 with a target', {}, fixed, 6],
  ['l1 with a target', { penalty: { kind: 'l1', a: 1 } }, fixed, 6],
  ['transformed l1', { penalty: { kind: 'tl1', a: 0.7 } }, fixed, 6],
  ["the paper's form", { paperForm: { lambda: 2e-4, beta: 1, learningRate: 0.05 } }, fixed, 6],
  ["the paper's form, with momentum and a growing coupling", { paperForm: PAPER_WITH_ALL }, fixed, 6],
  [
    'a warm start before RVSM by SGD',
    { warmStartEpochs: 2, epochs: 2, optimiser: 'sgd', momentum: 0.5 },
    fixed,
    6,
  ],
  [
    'gradual pruning after a warm start',
    { method: 'gradual-pruning', warmStartEpochs: 1, epochs: 3 },
    fixed,
    6,
  ],
  [
    'several layers, groups among them',
    { layers: LAYERS, penalty: { kind: 'tl1', a: 1 }, betaGrowth: 5 },
    fixed,
    6,
  ],
  ['several layers pruned', { layers: LAYERS, method: 'gradual-pruning' }, fixed, 6],
  ['one-shot pruning', { method: 'one-shot-pruning', penalty: null }, fixed, 6],
  ['several layers cut at once', { layers: LAYERS, method: 'one-shot-pruning' }, fixed, 6],
  ['dense', { penalty: null, targetSparsity: 0 }, fixed, 4],
  ['without fine-tuning', { fineTuneEpochs: 0 }, fixed, 4],
  ['new patches for every epoch', {}, fresh, 6],
])('%s: from every single checkpoint the run ends with the same bits', async (_, change, source, epochs) => {
  const recipe = { ...RECIPE, ...change };
  const whole = await train(recipe, source());
  expect(whole.model).not.toBeNull();
  // At the start, after every step and after every epoch.
  expect(whole.states.length).toBe(1 + epochs * (STEPS + 1));
  for (const [i, state] of whole.states.entries()) {
    const rest = await train(recipe, source(), throughFile(state, recipe));
    expect(rest.model, `checkpoint ${i}`).toEqual(whole.model);
    expect(rest.reports, `checkpoint ${i}`).toEqual(whole.reports.slice(state.state.epochsDone));
  }
});

describe('a run of two networks', () => {
  const NAMES = ['figures', 'writing'] as const;
  const networks = () => [
    tinyNetwork({ name: 'figures', train: fixed(), validation, test: held }),
    tinyNetwork({ name: 'writing', train: fixedSource(tinyPatches(36, 'letters')), validation, test: held }),
  ];

  test('from every single checkpoint it ends with the same bits, the finished network as it was', async () => {
    const whole = await trainAll(RECIPE, networks());
    expect(whole.reports.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(whole.states.map(({ network }) => network).filter((name, i, all) => name !== all[i - 1])).toEqual(
      NAMES,
    );
    for (const [i, state] of whole.states.entries()) {
      const rest = await trainAll(RECIPE, networks(), throughFile(state, RECIPE, NAMES));
      expect(rest.model, `checkpoint ${i}`).toEqual(whole.model);
      const done = 6 * state.finished.length + state.state.epochsDone;
      expect(rest.reports, `checkpoint ${i}`).toEqual(whole.reports.slice(done));
    }
  });

  test('a checkpoint in its second network whose first is missing is refused', async () => {
    const { states } = await trainAll(RECIPE, networks());
    const late = states.find(({ network }) => network === 'writing')!;
    const good = { run: identityOf(RECIPE, NAMES), engine: ENGINE, startedOver: [], state: late };
    const one = { ...good, run: identityOf(RECIPE, ['figures']) };
    const twice = { ...good, run: identityOf(RECIPE, ['figures', 'figures']) };
    for (const spoilt of [one, twice])
      expect(read(encodeCheckpoint(spoilt)).message).toMatch(/networks are not those/);
    const file = encodeCheckpoint({ ...good, state: { ...late, finished: late.finished } });
    // Its header is the first place where the word stands.
    const text = new TextDecoder('latin1').decode(file);
    const at = text.indexOf('"finished1"');
    const renamed = file.slice();
    renamed.set(new TextEncoder().encode('"finished2"'), at);
    expect(read(sealed(renamed)).message).toMatch(/finished networks lack their weights/);
  });
});

test('a checkpoint shares no memory with the run that goes on', async () => {
  const { states, model } = await train(RECIPE, fixed());
  const early = states[8]!;
  const before = structuredClone(early);
  expect((await train(RECIPE, fixed(), early)).model).toEqual(model);
  expect(early).toEqual(before);
});

test('checkpoints within an epoch are as far apart as was asked', async () => {
  const states: RunState[] = [];
  let now = 0;
  const clock = { nowMs: () => 0, elapsedMs: () => now };
  const run = trainModel(
    {
      clock,
      signal: new AbortController().signal,
      pause: () => Promise.resolve(void (now += 100)), // A step takes 100 ms.
      engine,
      checkpoints: { everyMs: 1000, save: (state) => void states.push(state) },
    },
    {
      recipe: { ...RECIPE, epochs: 1, fineTuneEpochs: 0, penalty: null, batchSize: 4 },
      architecture: TINY,
      networks: [tinyNetwork({ train: fixedSource(tinyPatches(100, 'train')), validation, test: held })],
      active: null,
      card: { name: '', command: '', createdAt: '', data: '', dataHash: '', notes: [] },
      preprocessing: 'tiny-1',
    },
  );
  for await (const event of run) if (event.kind === 'failed') throw new Error(event.error.message);
  expect(states.map(({ state: { epochsDone, step } }) => [epochsDone, step])).toEqual([
    [0, 0],
    [0, 11],
    [0, 21],
    [1, 0],
  ]);
});

test('a loss that is no number ends the run with a checkpoint whose numbers all are', async () => {
  const paperForm = { lambda: 1e-35, beta: 1e-31, learningRate: 1e30 };
  const { last, states } = await train({ ...RECIPE, paperForm }, fixed());
  expect(last).toMatchObject({ kind: 'failed', reason: 'non-finite-loss' });
  expect(states.length).toBeGreaterThan(0);
  expect(states.at(-1)?.state.w.every(Number.isFinite)).toBe(true);
  throughFile(states.at(-1)!, { ...RECIPE, paperForm });
});

const { states: STATES } = await train(RECIPE, fixed());
const GOOD: Checkpoint = {
  run: identityOf(RECIPE),
  engine: ENGINE,
  startedOver: ['The backend webgpu failed in epoch 2.'],
  state: STATES.at(-3)!,
};

/** The same with another state of its network. */
function withState(change: Partial<TrainingState>): Checkpoint {
  return { ...GOOD, state: { ...GOOD.state, state: { ...GOOD.state.state, ...change } } };
}

function refusal(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
const read = (bytes: Uint8Array) => refusal(() => decodeCheckpoint(bytes, 'run/checkpoint.spc'));

/** With the right checksum again. */
function sealed(bytes: Uint8Array): Uint8Array {
  const covered = new Uint8Array([...bytes.subarray(8, 20), ...bytes.subarray(24)]);
  new DataView(bytes.buffer).setUint32(20, crc32(covered), true);
  return bytes;
}

describe('a file that is not right', () => {
  const good = encodeCheckpoint(GOOD);

  test('a changed byte or a cut is noticed', () => {
    for (let i = 0; i < good.length; i += 3) {
      const bad = good.slice();
      bad[i]! ^= 1 << (i % 8);
      expect(['damaged', 'unsupported-format'], `byte ${i}`).toContain(read(bad).code);
    }
    for (let length = 0; length < good.length; length += 31) {
      expect(['damaged', 'unsupported-format']).toContain(read(good.subarray(0, length)).code);
    }
    expect(read(good.subarray(0, 900))).toMatchObject({
      subject: 'run/checkpoint.spc',
      message: expect.stringMatching(
        /^run\/checkpoint\.spc is damaged: .*start the training at the beginning/,
      ),
    });
  });

  test('another kind of file and a newer version say what to do', () => {
    expect(read(new TextEncoder().encode('STEADYPN and more')).message).toMatch(
      /is no checkpoint of a training/,
    );
    const newer = good.slice();
    new DataView(newer.buffer).setUint32(8, 3, true);
    expect(read(sealed(newer)).message).toBe(
      'run/checkpoint.spc has the format 3, newer than this app knows (2). Update Steadypen.',
    );
  });

  test('a weight that is no number is refused on both ways', () => {
    const w = GOOD.state.state.w.slice();
    w[3] = NaN;
    expect(() => encodeCheckpoint(withState({ w }))).toThrow(/w holds a value/);
    // w is the first tensor and dense, so that its values stand in the file as they are.
    const file = encodeCheckpoint(withState({ w: w.map((_, i) => i + 1) }));
    const at = 24 + new DataView(file.buffer).getUint32(12, true);
    expect(new DataView(file.buffer).getFloat32(at, true)).toBe(1);
    new DataView(file.buffer).setFloat32(at, NaN, true);
    expect(read(sealed(file)).message).toMatch(/its tensor w: holds a value that is not a finite number/);
  });

  test('parts that do not belong together are refused', () => {
    const { state } = GOOD.state;
    const spoilt: Partial<TrainingState>[] = [
      { pruned: null },
      { phase: 'dense' },
      { phase: 'rvsm' },
      { epochsDone: 7 },
      { optimiser: { steps: 1, moments: [state.w] } },
      { w: new Float32Array(3) },
    ];
    for (const change of spoilt) {
      const bytes = encodeCheckpoint(withState(change));
      expect(read(bytes).code, Object.keys(change).join()).toBe('damaged');
    }
    const architecture = { ...TINY, inputSide: 4096, channels: [1024] };
    const huge = encodeCheckpoint({ ...GOOD, run: { ...GOOD.run, architecture } });
    expect(read(huge).message).toMatch(/its tensor w: /);
  });

  test.each<[string, Partial<RunIdentity>, RegExp]>([
    ['seed', { recipe: { ...RECIPE, seed: 8 } }, /its seed is 7, not 8/],
    ['penalty', { recipe: { ...RECIPE, penalty: { kind: 'l1', a: 1 } } }, /its penalty is .*l0.*, not .*l1/],
    ['network', { architecture: { ...TINY, channels: [4, 8] } }, /has 4, 6 channels, this one .* 4, 8/],
    ['networks', { networks: ['figures', 'writing'] }, /trains the networks all, not figures, writing/],
    ['preparation', { preprocessing: 'tiny-2' }, /prepared as tiny-1, not tiny-2/],
    ['data', { dataHash: 'others' }, /learnt from other data/],
  ])('another %s is another run', (_, change, message) => {
    const wanted = { ...GOOD.run, ...change };
    expect(refusal(() => requireSameRun(GOOD.run, wanted, 'run/checkpoint.spc'))).toMatchObject({
      code: 'bad-argument',
      message: expect.stringMatching(
        new RegExp(`^run/checkpoint.spc belongs to another run: .*${message.source}`),
      ),
    });
  });

  test('the backend and the order of fields make no other run', () => {
    const { seed, ...rest } = RECIPE;
    const recipe = { ...rest, backend: 'auto', seed } as const;
    requireSameRun(GOOD.run, { ...GOOD.run, recipe, networks: null, dataHash: null }, 'some.spc');
  });
});

test('a file of version 1 opens for ever, and its run of one network for all groups still goes on', async () => {
  const file = path.resolve(import.meta.dirname, '../../fixtures/model/checkpoint-1.spc');
  const {
    run,
    engine: computedOn,
    startedOver,
    state,
  } = decodeCheckpoint(readFileSync(file), 'checkpoint-1.spc');
  expect(run).toEqual(identityOf(RECIPE));
  expect([computedOn, startedOver]).toEqual([GOOD.engine, GOOD.startedOver]);
  expect(state).toMatchObject({ finished: [], network: 'all' });
  expect(state.state).toMatchObject({ phase: 'fine-tune', epochsDone: 5, step: 4, best: { epoch: 5 } });
  const { model } = await train(RECIPE, fixed(), state);
  const { card } = decodeModel(model ?? new Uint8Array(), 'resumed.spm');
  expect(card.fcZeros / card.fcWeights).toBeGreaterThanOrEqual(0.9);
});
