import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { logistic } from '../../../src/model/calibration.ts';
import { fitIsotonic, isotonicAt } from '../../../src/model/isotonic.ts';
import { recalibrate } from '../../../src/model/recalibration.ts';
import { brierScore, expectedCalibrationError, reliabilityCurve } from '../../../src/model/reliability.ts';
import { fitTemperature, TEMPERATURES } from '../../../src/model/temperature.ts';

describe('reliability', () => {
  const probabilities = [0.05, 0.1, 0.15, 0.95, 1];
  const labels = [0, 1, 0, 1, 1];

  test('bins, counts, mean predicted and observed share by hand', () => {
    const curve = reliabilityCurve(probabilities, labels);
    expect(curve.map(({ count }) => count)).toEqual([1, 2, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(curve[0]).toMatchObject({ from: 0, to: 0.1, predicted: 0.05, observed: 0 });
    expect(curve[1]).toMatchObject({ predicted: 0.125, observed: 0.5 });
    expect(curve[2]).toMatchObject({ predicted: null, observed: null });
    expect(curve[9]).toMatchObject({ predicted: 0.975, observed: 1 });
  });

  test('ECE and Brier score by hand', () => {
    const ece = (1 * 0.05 + 2 * (0.5 - 0.125) + 2 * (1 - 0.975)) / 5;
    expect(expectedCalibrationError(reliabilityCurve(probabilities, labels))).toBeCloseTo(ece, 12);
    const brier = (0.05 ** 2 + 0.9 ** 2 + 0.15 ** 2 + 0.05 ** 2) / 5;
    expect(brierScore(probabilities, labels)).toBeCloseTo(brier, 12);
    expect(brierScore([0.5, 0.5], [0, 1])).toBe(0.25);
  });

  test('honest probabilities have a small ECE, boasting ones a large one', () => {
    const rng = new Rng('honest');
    const honest = Array.from({ length: 20_000 }, () => rng.next());
    const labels = honest.map((p) => (rng.chance(p) ? 1 : 0));
    expect(expectedCalibrationError(reliabilityCurve(honest, labels))).toBeLessThan(0.015);
    // Always sure: right with probability max(p, 1 − p), 3/4 in the mean.
    const boasting = honest.map((p) => (p > 0.5 ? 1 : 0));
    expect(expectedCalibrationError(reliabilityCurve(boasting, labels))).toBeCloseTo(0.25, 1);
  });
});

describe('temperature', () => {
  /** Against Platt's targets: (n + 1) / (n + 2) for the n ones, 1 / (m + 2) for the m zeros. */
  function crossEntropy(logits: readonly number[], labels: readonly number[], temperature: number): number {
    const ones = labels.filter((label) => label === 1).length;
    return logits.reduce((sum, z, i) => {
      const target = labels[i] === 1 ? (ones + 1) / (ones + 2) : 1 / (labels.length - ones + 2);
      const p = 1 / (1 + Math.exp(-z / temperature));
      return sum - target * Math.log(p) - (1 - target) * Math.log(1 - p);
    }, 0);
  }

  test('is where a fine grid finds the least cross-entropy', () => {
    const rng = new Rng('temperature');
    for (let round = 0; round < 8; round++) {
      const truth = 0.3 + 3 * rng.next();
      const logits = Array.from({ length: 150 }, () => 3 * rng.normal());
      const labels = logits.map((z) => (rng.chance(1 / (1 + Math.exp(-z / truth))) ? 1 : 0));
      let best = { temperature: 0, loss: Infinity };
      for (let temperature = 0.05; temperature <= 20; temperature *= 1.001) {
        const loss = crossEntropy(logits, labels, temperature);
        if (loss < best.loss) best = { temperature, loss };
      }
      const fitted = fitTemperature(logits, labels);
      expect(Math.abs(Math.log(fitted / best.temperature))).toBeLessThan(0.002);
      expect(crossEntropy(logits, labels, fitted)).toBeLessThanOrEqual(best.loss + 1e-9);
    }
  });

  test('finds the factor by which logits boast', () => {
    const rng = new Rng('boast');
    const logits = Array.from({ length: 20_000 }, () => 2 * rng.normal());
    const labels = logits.map((z) => (rng.chance(1 / (1 + Math.exp(-z))) ? 1 : 0));
    expect(
      fitTemperature(
        logits.map((z) => 4 * z),
        labels,
      ),
    ).toBeCloseTo(4, 0);
  });

  test('four separable samples by hand: targets 3/4 and 1/4, σ(1/T) + 2·σ(2/T) = 9/4', () => {
    const temperature = fitTemperature([-2, -1, 1, 2], [0, 0, 1, 1]);
    const sigma = (z: number) => 1 / (1 + Math.exp(-z));
    expect(sigma(1 / temperature) + 2 * sigma(2 / temperature)).toBeCloseTo(9 / 4, 8);
    expect(temperature).toBeCloseTo(1.484, 2);
  });

  test('stays within its bounds', () => {
    expect(fitTemperature([-0.01, -0.01, 0.01, 0.01], [0, 0, 1, 1])).toBe(TEMPERATURES.least);
    expect(fitTemperature([-2, -1, 1, 2], [1, 1, 0, 0])).toBe(TEMPERATURES.most);
  });

  test('probabilities by hand, without overflow', () => {
    expect(logistic(1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(logistic(-1e4)).toBe(0);
    expect(logistic(1e4)).toBe(1);
  });
});

describe('isotonic regression', () => {
  /** Least squares over all ways to cut the sorted samples into runs whose means rise. Distinct scores only. */
  function bruteForce(labels: readonly number[]): number[] {
    const n = labels.length;
    let best = { error: Infinity, fit: [] as number[] };
    for (let cuts = 0; cuts < 1 << (n - 1); cuts++) {
      const runs: number[][] = [[]];
      for (let i = 0; i < n; i++) {
        runs.at(-1)!.push(labels[i]!);
        if (i < n - 1 && (cuts >> i) & 1) runs.push([]);
      }
      const means = runs.map((run) => run.reduce((sum, value) => sum + value, 0) / run.length);
      if (means.some((mean, i) => i > 0 && mean < means[i - 1]!)) continue;
      const fit = runs.flatMap((run, i) => run.map(() => means[i]!));
      const error = fit.reduce((sum, value, i) => sum + (value - labels[i]!) ** 2, 0);
      if (error < best.error - 1e-12) best = { error, fit };
    }
    return best.fit;
  }

  test('is the least-squares monotone fit, whatever the order of the samples', () => {
    const rng = new Rng('isotonic');
    for (let round = 0; round < 40; round++) {
      const n = 2 + rng.int(9);
      const labels = Array.from({ length: n }, () => rng.int(2));
      const scores = labels.map((_, i) => 10 * i + rng.int(5));
      const wanted = bruteForce(labels);
      const order = labels.map((_, i) => i);
      rng.shuffle(order);
      const curve = fitIsotonic(
        order.map((i) => scores[i]!),
        order.map((i) => labels[i]!),
      );
      scores.forEach((score, i) => expect(isotonicAt(curve, score)).toBeCloseTo(wanted[i]!, 12));
    }
  });

  test('equal scores are one point, between blocks it is a straight line, beyond the ends flat', () => {
    const curve = fitIsotonic([1, 1, 2, 4, 4, 4], [0, 1, 0, 1, 1, 0]);
    // 1: 1/2 above 2: 0, pooled to 1/3; 4: 2/3.
    expect(isotonicAt(curve, 1)).toBeCloseTo(1 / 3, 12);
    expect(isotonicAt(curve, 1.5)).toBeCloseTo(1 / 3, 12);
    expect(isotonicAt(curve, 3)).toBeCloseTo(1 / 2, 12);
    expect(isotonicAt(curve, 4)).toBeCloseTo(2 / 3, 12);
    expect(isotonicAt(curve, -9)).toBeCloseTo(1 / 3, 12);
    expect(isotonicAt(curve, 99)).toBeCloseTo(2 / 3, 12);
    expect(() => fitIsotonic([], [])).toThrow(/no sample/);
  });
});

describe('recalibration', () => {
  const rng = new Rng('recalibration');
  const boasting = (count: number) => {
    const honest = Array.from({ length: count }, () => 2 * rng.normal());
    return {
      logits: Float32Array.from(honest, (z) => 5 * z),
      labels: Uint8Array.from(honest, (z) => (rng.chance(1 / (1 + Math.exp(-z))) ? 1 : 0)),
    };
  };

  test('what was fitted on one side mends the other', () => {
    const result = recalibrate([
      { fit: boasting(800), heldOut: boasting(800) },
      { fit: boasting(800), heldOut: boasting(800) },
    ]);
    expect(result?.samples).toBe(1600);
    expect(result?.temperature.temperatures).toHaveLength(2);
    expect(result?.temperature.temperatures[0]).toBeCloseTo(5, -1);
    expect(result?.before.ece).toBeGreaterThan(0.12);
    expect(result?.temperature.ece).toBeLessThan(0.05);
    expect(result?.isotonic.ece).toBeLessThan(0.06);
    expect(result!.temperature.brier).toBeLessThan(result!.before.brier);
  });

  test('each pair is fitted on its own side alone: labels of the held-out side change nothing', () => {
    const [fit, heldOut] = [boasting(60), boasting(60)];
    const turned = { ...heldOut, labels: heldOut.labels.map((label) => 1 - label) };
    expect(recalibrate([{ fit, heldOut }])?.temperature.temperatures).toEqual(
      recalibrate([{ fit, heldOut: turned }])?.temperature.temperatures,
    );
  });

  test('too few to fit on is no result', () => {
    const few = { logits: Float32Array.of(-1, 1, 2, 3, 4), labels: Uint8Array.of(0, 0, 0, 1, 1) };
    expect(recalibrate([{ fit: few, heldOut: boasting(20) }])).toBeNull();
    expect(recalibrate([])).toBeNull();
  });
});
