import { expect, test } from 'vitest';
import { Adam, Sgd } from '../../../src/rvsm/optimisers.ts';

test('Adam takes the steps of the paper, worked by hand', () => {
  const w = Float32Array.of(1, 1);
  const adam = new Adam(2);
  // First step: m̂ = g, v̂ = g², so the step is η·sign(g).
  adam.step(w, Float32Array.of(4, -0.001), 0.1);
  expect(w[0]).toBeCloseTo(0.9, 6);
  expect(w[1]).toBeCloseTo(1.1, 4);
  // Second, gradient 2 after 4: m̂ = (0.9·0.4 + 0.2)/0.19, v̂ = (0.999·0.016 + 0.004)/0.001999.
  adam.step(w, Float32Array.of(2, 0), 0.1);
  expect(w[0]).toBeCloseTo(0.9 - (0.1 * (0.56 / 0.19)) / Math.sqrt(0.019984 / 0.001999), 6);
});

test('momentum adds up past gradients', () => {
  const w = Float32Array.of(0);
  const sgd = new Sgd(1, 0.5);
  sgd.step(w, Float32Array.of(1), 1);
  sgd.step(w, Float32Array.of(1), 1);
  expect(w[0]).toBe(-2.5); // −1 − (0.5 + 1)
  expect(() => new Sgd(1, 1)).toThrow(/momentum 1/);
});

test('a weight whose gradient is always zero never moves', () => {
  const w = Float32Array.of(0, 0.25);
  const adam = new Adam(2);
  for (let step = 0; step < 50; step++) adam.step(w, new Float32Array(2), 0.1);
  expect([...w]).toEqual([0, 0.25]);
});

test.each([
  ['Adam', () => new Adam(3)],
  ['SGD with momentum', () => new Sgd(3, 0.5)],
])('%s goes on from a saved state with the same bits, and the state stays as it was', (_, make) => {
  const gradientAt = (step: number) => Float32Array.from({ length: 3 }, (_, i) => Math.sin(5 * step + i));
  const walk = (optimiser: ReturnType<typeof make>, w: Float32Array, from: number, to: number) => {
    for (let step = from; step < to; step++) optimiser.step(w, gradientAt(step), 0.1);
    return w;
  };
  const whole = make();
  const halfway = walk(whole, Float32Array.of(1, 2, 3), 0, 7);
  const state = whole.state();
  const before = structuredClone(state);
  const end = walk(whole, halfway.slice(), 7, 15);
  const resumed = make();
  resumed.restore(state);
  expect(walk(resumed, halfway.slice(), 7, 15)).toEqual(end);
  expect(walk(make(), halfway.slice(), 7, 15)).not.toEqual(end);
  expect(state).toEqual(before);
  expect(() => resumed.restore({ steps: 1, moments: [new Float32Array(2)] })).toThrow(/moments of 3 values/);
});
