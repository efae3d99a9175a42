import { describe, expect, test } from 'vitest';
import { rateOf } from '../../../src/model/phase-optimisers.ts';
import { cosineRate } from '../../../src/rvsm/schedules.ts';
import { TINY_RECIPE } from './tiny.ts';

const ratesOf = (kind: 'first' | 'fineTune', steps: number) =>
  Array.from({ length: steps }, (_, step) => rateOf(TINY_RECIPE, kind, steps)(step));

describe('the learning rate', () => {
  test.each([1, 2, 9, 10, 30, 60, 100, 299, 300, 2000])('comes near its peak in %d steps', (steps) => {
    expect(Math.max(...ratesOf('first', steps)) / 3e-3).toBeGreaterThan(0.96);
    expect(Math.max(...ratesOf('first', steps))).toBeLessThanOrEqual(3e-3);
    expect(ratesOf('fineTune', steps)[0]).toBe(1.2e-3);
  });

  test.each([300, 301, 1234])('rises over 30 of %d steps, to the bit, and fine-tuning over none', (steps) => {
    const first = { peak: 3e-3, steps, warmUp: 30, floor: 0.02 };
    const fineTune = { peak: 1.2e-3, steps, warmUp: 0, floor: 0.05 };
    for (const [kind, options] of [
      ['first', first],
      ['fineTune', fineTune],
    ] as const) {
      const wanted = Array.from({ length: steps }, (_, step) => cosineRate(step, options));
      expect(ratesOf(kind, steps)).toEqual(wanted);
    }
  });

  test('rises over a tenth of fewer steps', () => {
    const rates = ratesOf('first', 100);
    expect(rates.indexOf(Math.max(...rates))).toBe(10);
    expect(rates[0]! / 3e-3).toBeCloseTo(1 / 11, 12);
    expect(rates.at(-1)! / 3e-3).toBeCloseTo(0.02, 12);
  });

  test('momentum takes its share of the peak, a rate of the recipe its place', () => {
    const sgd = { ...TINY_RECIPE, optimiser: 'sgd', momentum: 0.9 } as const;
    expect(rateOf(sgd, 'first', 1)(0)).toBeCloseTo(0.01, 12);
    expect(rateOf({ ...sgd, learningRate: 0.5 }, 'first', 1)(0)).toBe(0.5);
    expect(rateOf({ ...sgd, learningRate: 0.5 }, 'fineTune', 1)(0)).toBeCloseTo(0.2, 12);
  });
});
