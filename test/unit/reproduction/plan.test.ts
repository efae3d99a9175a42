import { expect, test } from 'vitest';
import { refuseBadRecipe } from '../../../src/model/check-recipe.ts';
import { layoutOf } from '../../../src/model/parameters.ts';
import { EXTENTS, keyOf, planRuns, recipeOf } from '../../../src/reproduction/plan.ts';
import { DATASET_NAMES, isPaperMethod, METHODS } from '../../../src/reproduction/results.ts';
import { dataSeeds, sizeOf, STUDIES } from '../../../src/reproduction/studies.ts';

const plan = (extent: (typeof EXTENTS)[number], seeds = 3, quick = false) =>
  planRuns(DATASET_NAMES, { extent, seeds, quick });

test('no training is done twice, and a larger extent begins with the smaller one', () => {
  const [core, main, all] = EXTENTS.map((extent) => plan(extent).map(keyOf));
  expect(new Set(all).size).toBe(all!.length);
  expect(main!.slice(0, core!.length)).toEqual(core);
  expect(all!.slice(0, main!.length)).toEqual(main);
});

test('the core has what the requirements ask for, with at least three seeds each', () => {
  const core = plan('core');
  const seedsOf = (dataset: string, method: string, target: number) =>
    core.filter((spec) => spec.dataset === dataset && spec.method === method && spec.target === target)
      .length;
  for (const method of ['l0', 'tl1']) {
    for (const target of [0.9, 0.95, 0.98]) expect(seedsOf('fonts', method, target)).toBe(3);
    expect(seedsOf('handwriting', method, 0.86)).toBe(3);
    expect(seedsOf('handwriting-1mm', method, 0.86)).toBe(3);
  }
  expect(seedsOf('handwriting', 'dense', 0)).toBe(3);
});

test('the whole has every method from 50 to 99 % zeros on fonts and handwriting, transformed l1 in three shapes', () => {
  const all = plan('all');
  for (const dataset of ['fonts', 'handwriting']) {
    const own = all.filter((spec) => spec.dataset === dataset);
    const paperNet = all.filter((spec) => spec.dataset === `${dataset}-paper-net`);
    // The paper's own form has its variants on fonts only.
    const wanted = METHODS.filter(
      (method) => dataset === 'fonts' || method === 'paper-l0' || !isPaperMethod(method),
    );
    expect(new Set([...own, ...paperNet].map(({ method }) => method))).toEqual(new Set(wanted));
    expect(new Set(own.flatMap(({ a }) => (a === null ? [] : [a])))).toEqual(new Set([0.01, 0.1, 1]));
    for (const method of ['l0', 'l1', 'tl1', 'one-shot', 'gradual']) {
      const targets = own.filter((spec) => spec.method === method).map(({ target }) => target);
      expect(Math.min(...targets)).toBe(0.5);
      expect(Math.max(...targets)).toBe(0.99);
    }
  }
});

test('every recipe can be trained, and asks for as many epochs as every other', () => {
  for (const spec of [...plan('all', 1), ...plan('all', 1, true)]) {
    const size = sizeOf(spec.dataset, false);
    const recipe = recipeOf(spec, size);
    expect(() => refuseBadRecipe(recipe, layoutOf(STUDIES[spec.dataset].architecture))).not.toThrow();
    expect(recipe.epochs + recipe.fineTuneEpochs).toBe(size.epochs + size.fineTuneEpochs);
  }
});

test('the paper’s own form near 86 % zeros is done with and without momentum and growth, by the threshold of one λ and β', () => {
  const forms = plan('all', 1)
    .filter(({ dataset, method, target }) => dataset === 'fonts' && isPaperMethod(method) && target === 0.86)
    .map((spec) => recipeOf(spec, sizeOf('fonts', false)));
  expect(forms.map(({ paperForm }) => [paperForm?.momentum ?? 0, (paperForm?.betaGrowth ?? 1) > 1])).toEqual([
    [0, false],
    [0, true],
    [0.9, false],
    [0.9, true],
  ]);
  for (const { paperForm, penalty, fineTuneEpochs } of forms) {
    // √(2 · 3.4e-5 / 0.2) = 0.018439.
    expect(Math.sqrt((2 * paperForm!.lambda) / paperForm!.beta)).toBeCloseTo(0.018439, 6);
    expect(penalty?.kind).toBe('l0');
    expect(fineTuneEpochs).toBe(0);
  }
});

test('a recipe that trainings were done by stays as it was', () => {
  const spec = { dataset: 'fonts-paper-net', method: 'paper-l0', a: null, target: 0, seed: 2 } as const;
  expect(JSON.stringify(recipeOf(spec, sizeOf('fonts-paper-net', false)))).toBe(
    '{"seed":2,"epochs":6,"fineTuneEpochs":0,"batchSize":32,"penalty":{"kind":"l0","a":1},"targetSparsity":0,' +
      '"paperForm":{"learningRate":0.02,"beta":0.2,"lambda":0.00004},"synthetic":{"count":0,"kinds":[]},"backend":"cpu"}',
  );
});

test('the coupling grows where the prox leaves what it keeps nearly as it is, and nowhere else', () => {
  const growing = plan('all', 1).filter(
    (spec) => recipeOf(spec, sizeOf(spec.dataset, false)).betaGrowth !== undefined,
  );
  expect(new Set(growing.map(({ method, a }) => `${method} ${a}`))).toEqual(
    new Set(['l0 null', 'tl1 0.01', 'tl1 0.1']),
  );
});

test('networks that are compared on the same data have equally many patches of them, of the same test', () => {
  for (const name of DATASET_NAMES) {
    const { dataOf } = STUDIES[name];
    if (dataOf === null) continue;
    expect(sizeOf(name, false)).toEqual(sizeOf(dataOf, false));
    expect(dataSeeds(name)).toEqual(dataSeeds(dataOf));
  }
});

test('full data have at least 2,000 test patches, and every description says how far the tremor reaches', () => {
  for (const name of DATASET_NAMES) {
    expect(sizeOf(name, false).patches.test).toBeGreaterThanOrEqual(2000);
    expect(STUDIES[name].description).toMatch(/\d (px|mm) \((half swing|log)/);
  }
});
