import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { fftInPlace } from '../../../src/ink/fft.ts';
import { welchSpectrum } from '../../../src/ink/spectrum.ts';

test('the fast transform equals the sum it stands for', () => {
  const rng = new Rng(3);
  const re = Float64Array.from({ length: 32 }, () => rng.normal());
  const im = Float64Array.from({ length: 32 }, () => rng.normal());
  const [gotRe, gotIm] = [re.slice(), im.slice()];
  fftInPlace(gotRe, gotIm);
  for (let k = 0; k < 32; k++) {
    let [sumRe, sumIm] = [0, 0];
    for (let n = 0; n < 32; n++) {
      const angle = (-2 * Math.PI * k * n) / 32;
      sumRe += re[n]! * Math.cos(angle) - im[n]! * Math.sin(angle);
      sumIm += re[n]! * Math.sin(angle) + im[n]! * Math.cos(angle);
    }
    expect(gotRe[k]).toBeCloseTo(sumRe, 9);
    expect(gotIm[k]).toBeCloseTo(sumIm, 9);
  }
});

test('lengths that are no power of two are refused', () => {
  expect(() => fftInPlace(new Float64Array(12), new Float64Array(12))).toThrow('12');
});

const sine = (count: number, hz: number, size: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => size * Math.sin((2 * Math.PI * hz * i) / 100));

test('the spectrum of a sine holds its mean square, at its frequency', () => {
  const { stepHz, power } = welchSpectrum([sine(1000, 6, 3)], new Uint8Array(1000).fill(1), 100, 2.56)!;
  const total = power.reduce((sum, value) => sum + value, 0) * stepHz;
  expect(total).toBeCloseTo(4.5, 1);
  expect(power.indexOf(Math.max(...power)) * stepHz).toBeCloseTo(6, 1);
});

test('gaps count neither as signal nor as time', () => {
  const signal = sine(1200, 6, 3);
  const present = new Uint8Array(1200).fill(1);
  signal.fill(0, 300, 700);
  present.fill(0, 300, 700);
  const { stepHz, power } = welchSpectrum([signal], present, 100, 2.56)!;
  expect(power.reduce((sum, value) => sum + value, 0) * stepHz).toBeCloseTo(4.5, 0);
  expect(welchSpectrum([signal], new Uint8Array(1200), 100, 2.56)).toBeNull();
});
