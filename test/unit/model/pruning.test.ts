import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { initialParameters, layoutOf, viewOf } from '../../../src/model/parameters.ts';
import { densePhase } from '../../../src/model/phases.ts';
import { pruningPhase } from '../../../src/model/pruning-phase.ts';
import { sparsityAt } from '../../../src/rvsm/schedules.ts';
import { TINY, TINY_RECIPE } from './tiny.ts';
import { lastOf, trainTinyModel } from './train-tiny-model.ts';
import { onlyWeights } from './only-network.ts';

const layout = layoutOf(TINY);
const count = layout.fcKernel.length;

describe('gradual pruning', () => {
  const STEPS_PER_EPOCH = 10;
  const recipe = { ...TINY_RECIPE, method: 'gradual-pruning', epochs: 30 } as const;
  const steps = recipe.epochs * STEPS_PER_EPOCH;

  test('cuts along the ramp, every third of 300 steps, and what is cut stays exactly zero', () => {
    const phase = pruningPhase(layout, recipe, STEPS_PER_EPOCH);
    const flat = initialParameters(TINY, new Rng('prune'));
    const w = viewOf(flat, layout.fcKernel);
    const rng = new Rng('gradients');
    // No ties, so that the share is exact.
    for (let i = 0; i < w.length; i++) w[i]! += 0.01 * rng.normal();
    let cut = new Set<number>();
    for (let step = 0; step < steps; step++) {
      const gradient = Float32Array.from(flat, () => rng.normal());
      phase.step(flat, gradient, step);
      const zeros = new Set([...w.keys()].filter((i) => w[i] === 0));
      expect(
        [...cut].every((i) => zeros.has(i)),
        `step ${step}`,
      ).toBe(true);
      const isCutStep = (step + 1) % 3 === 0;
      if (isCutStep)
        expect(zeros.size).toBe(Math.max(0, Math.ceil(sparsityAt(step, steps, 0.9) * count - 1e-9)));
      else expect(zeros.size).toBe(cut.size);
      cut = zeros;
    }
    expect(cut.size).toBe(Math.ceil(0.9 * count));
    phase.finish(flat);
    expect(w.filter((value) => value === 0).length).toBe(cut.size);
    expect(phase.sparse(flat)).toEqual(flat);
  });

  test('cuts the smallest', () => {
    const phase = pruningPhase(layout, recipe, STEPS_PER_EPOCH);
    const flat = initialParameters(TINY, new Rng('prune'));
    const w = viewOf(flat, layout.fcKernel);
    const rng = new Rng('sizes');
    for (let i = 0; i < w.length; i++) w[i] = rng.normal();
    const before = w.slice();
    phase.finish(flat);
    const left = [...w.keys()].filter((i) => w[i] !== 0);
    const cut = [...w.keys()].filter((i) => w[i] === 0);
    const size = (i: number) => Math.abs(before[i]!);
    expect(Math.min(...left.map(size))).toBeGreaterThan(Math.max(...cut.map(size)));
    expect(phase.thresholds).toEqual([Math.max(...cut.map(size))]);
  });
});

test('one-shot pruning is dense to the last step, then cut to the target at once', () => {
  const phase = densePhase(layout, { ...TINY_RECIPE, method: 'one-shot-pruning' }, 5, { cutsAtEnd: true });
  const flat = initialParameters(TINY, new Rng('one shot')).map((value, i) => value + 1e-4 * (i + 1));
  expect(phase.sparse(flat)).toEqual(flat);
  phase.finish(flat);
  const u = viewOf(phase.sparse(flat), layout.fcKernel);
  expect(u.filter((value) => value === 0).length).toBe(Math.ceil(0.9 * count));
  expect(viewOf(flat, layout.fcKernel).includes(0)).toBe(false);
});

describe.each(['gradual-pruning', 'one-shot-pruning'] as const)('%s', (method) => {
  test('learns, keeps a network with exactly the wanted zeros, and needs no penalty', async () => {
    const events = await trainTinyModel({ method, penalty: null });
    const { model, candidate } = lastOf(events, 'done');
    const bundle = decodeModel(model, 'pruned.spm');
    const { card } = bundle;
    const weights = onlyWeights(bundle);
    expect(candidate.accuracy).toBeGreaterThan(0.9);
    expect(card).toMatchObject({ penalty: null, recipe: { method } });
    // The two columns are each other's opposite, so that one weight more may be tied.
    expect(card.fcZeros - Math.ceil(0.9 * count)).toBeOneOf([0, 1]);
    expect(weights['fc/kernel']?.values.filter((value) => value === 0).length).toBe(card.fcZeros);
    const reports = events.flatMap((event) => (event.kind === 'epoch' ? [event.report] : []));
    expect(new Set(reports.map(({ phase }) => phase))).toEqual(
      new Set([method === 'gradual-pruning' ? 'pruning' : 'dense', 'fine-tune']),
    );
    expect(reports.every(({ penalty }) => penalty === 0)).toBe(true);
    expect(events.some(({ kind }) => kind === 'warning')).toBe(false);
  });
});

test('a warm start is dense, comes first, and its networks are never what the run ends with', async () => {
  const paperForm = { lambda: 2e-4, beta: 1, learningRate: 0.01 };
  for (const change of [{}, { paperForm }]) {
    const recipe = { warmStartEpochs: 6, epochs: 2, fineTuneEpochs: 1, targetSparsity: 0, ...change };
    const events = await trainTinyModel(recipe);
    const reports = events.flatMap((event) => (event.kind === 'epoch' ? [event.report] : []));
    expect(reports.map(({ phase }) => phase)).toEqual([
      ...Array<string>(6).fill('dense'),
      ...['rvsm', 'rvsm', 'fine-tune'],
    ]);
    expect(reports.at(-1)).toMatchObject({ epoch: 9, epochs: 9 });
    const { notes } = decodeModel(lastOf(events, 'done').model, 'warm.spm').card;
    expect(notes.join()).toMatch(/Weights of epoch [789],/);
  }
});

test('SGD trains the practical form to its target', async () => {
  const events = await trainTinyModel({ optimiser: 'sgd' });
  const { model, candidate } = lastOf(events, 'done');
  expect(decodeModel(model, 'sgd.spm').card.fcZeros).toBeGreaterThanOrEqual(0.9 * count);
  expect(candidate.accuracy).toBeGreaterThan(0.9);
});
