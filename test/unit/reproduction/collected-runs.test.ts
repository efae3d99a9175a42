import { expect, test } from 'vitest';
import { withFailure, withoutOtherRecipes, withRun } from '../../../src/reproduction/collected-runs.ts';
import { recipeOf } from '../../../src/reproduction/plan.ts';
import type { NetworkPicture, RunSpec } from '../../../src/reproduction/results.ts';
import { sizeOf } from '../../../src/reproduction/studies.ts';
import { madeUpDataset, madeUpRun } from './made-up.ts';

const spec = (change: Partial<RunSpec> = {}): RunSpec => ({
  dataset: 'fonts',
  method: 'l0',
  a: null,
  target: 0.9,
  seed: 1,
  ...change,
});
const trained = (change: Partial<RunSpec> = {}) => {
  const picture: NetworkPicture = {
    spec: spec(change),
    histogram: { limit: 1, counts: [1] },
    threshold: 0,
    fcDifference: [],
    mapSide: 8,
    mapChannels: 64,
  };
  return { result: madeUpRun(spec(change)), picture };
};

test('a training that failed once and then gave a network has failed no longer; a second failure replaces the first', () => {
  const failed = withFailure(madeUpDataset({}), { spec: spec(), message: 'first' });
  const again = withFailure(failed, { spec: spec(), message: 'second' });
  const other = withFailure(again, { spec: spec({ seed: 2 }), message: 'another' });
  expect(other.failures.map(({ message }) => message)).toEqual(['second', 'another']);
  const done = withRun(other, trained());
  expect(done.failures.map(({ message }) => message)).toEqual(['another']);
  expect(done.runs).toHaveLength(1);
});

test('of each method the network of the first seed with the fewest zeros from 86 % on is pictured', () => {
  const targets = [0.95, 0.5, 0.86, 0.9];
  const dataset = targets.reduce((all, target) => withRun(all, trained({ target })), madeUpDataset({}));
  const more = [{ seed: 2, target: 0.86 }, { method: 'dense', target: 0 } as const].reduce(
    (all, change) => withRun(all, trained(change)),
    dataset,
  );
  expect(more.pictures.map((picture) => [picture.spec.method, picture.spec.target])).toEqual([
    ['l0', 0.86],
    ['dense', 0],
  ]);
});

test('trainings by other recipes are left out with their pictures, those by the same stay', () => {
  const size = sizeOf('fonts', false);
  const recipe = JSON.stringify(recipeOf(spec(), size));
  const other = JSON.stringify(recipeOf(spec({ target: 0.95 }), { ...size, epochs: size.epochs + 1 }));
  const runs = [madeUpRun({ ...spec(), recipe }), madeUpRun({ ...spec({ target: 0.95 }), recipe: other })];
  const pictures = [trained().picture, trained({ target: 0.95 }).picture];
  const dataset = madeUpDataset({ runs, pictures, epochs: 99 });
  const { kept, left } = withoutOtherRecipes(dataset, size);
  expect(left).toBe(1);
  expect(kept.runs).toEqual([runs[0]]);
  expect(kept.pictures).toEqual([pictures[0]]);
  expect(kept.epochs).toBe(size.epochs);
  const same = madeUpDataset({ runs: [runs[0]!] });
  expect(withoutOtherRecipes(same, size)).toEqual({ kept: same, left: 0 });
});
