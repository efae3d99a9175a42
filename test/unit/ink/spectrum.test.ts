import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { fftInPlace } from '../../../src/ink/fft.ts';
import { findDirectedPeaks } from '../../../src/ink/directed-peaks.ts';
import { findPeaks, meanSpectrum } from '../../../src/ink/peak-spectrum.ts';
import { takeWindowSpectra } from '../../../src/ink/window-spectra.ts';

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

const WINDOWING = { lengthS: 2.56, leastPresence: 0.1, leastWindows: 3, mostWindows: 50, highestHz: 50 };

/** Mean square of both axes together and the frequency of the highest peak. */
function summarise(x: Float64Array, y: Float64Array, present: Uint8Array) {
  const spectra = takeWindowSpectra(x, y, present, 100, WINDOWING);
  const { stepHz, values } = meanSpectrum(spectra, 'power');
  const power = values.map(Math.exp);
  return {
    windows: spectra.windows,
    meanSquare: power.reduce((sum, value) => sum + value, 0) * stepHz,
    peakHz: power.indexOf(Math.max(...power)) * stepHz,
  };
}

test('the spectrum of two axes holds the sum of their mean squares, at their frequency', () => {
  const got = summarise(sine(1000, 6, 3), sine(1000, 6, 4), new Uint8Array(1000).fill(1));
  expect(got.meanSquare).toBeCloseTo(4.5 + 8, 0);
  expect(Math.abs(got.peakHz - 6)).toBeLessThanOrEqual(100 / 512 / 2);
});

test('gaps count neither as signal nor as time', () => {
  const signal = sine(1200, 6, 3);
  const present = new Uint8Array(1200).fill(1);
  signal.fill(0, 300, 700);
  present.fill(0, 300, 700);
  expect(summarise(signal, new Float64Array(1200), present).meanSquare).toBeCloseTo(4.5, 0);
  expect(summarise(signal, signal, new Uint8Array(1200)).windows).toBe(0);
});

test('a long signal is looked at in no more windows than allowed, spread over all of it', () => {
  const count = 100_000;
  const signal = sine(count, 6, 3).map((value, i) => (i < count / 2 ? value : 0));
  const got = summarise(signal, new Float64Array(count), new Uint8Array(count).fill(1));
  expect(got.windows).toBe(50);
  expect(got.meanSquare).toBeCloseTo(4.5 / 2, 0);
});

test('a movement along one direction stands out from a stronger one across it', () => {
  const rng = new Rng(5);
  const noise = (): Float64Array => Float64Array.from({ length: 2000 }, () => rng.normal());
  const [letters, quiet, swing] = [noise(), noise(), sine(2000, 6, 0.25)];
  const turn = (angle: number) => {
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const across = quiet.map((value, i) => 0.3 * value + swing[i]!);
    return [
      letters.map((value, i) => value * cosine - across[i]! * sine),
      letters.map((value, i) => value * sine + across[i]! * cosine),
    ] as const;
  };
  for (const angle of [0, 0.7, 2]) {
    const [x, y] = turn(angle);
    const spectra = takeWindowSpectra(x, y, new Uint8Array(2000).fill(1), 100, WINDOWING);
    const reach = { nearHz: 0.7, farHz: 1.6 };
    const [directed] = findDirectedPeaks(spectra, 3, 12, reach);
    const plain = findPeaks(meanSpectrum(spectra, 'log'), 3, 12).filter(({ hz }) => Math.abs(hz - 6) < 0.3);
    expect(Math.abs(directed!.hz - 6)).toBeLessThan(0.3);
    expect(directed!.prominence).toBeGreaterThan(1 + Math.max(0, ...plain.map((peak) => peak.prominence)));
  }
});

test('a movement that goes round stands out one way round', () => {
  const x = sine(1000, 6, 3);
  // A turn takes 16.7 samples, a quarter of it about 4.
  const quarter = sine(1004, 6, 3).subarray(4);
  const spectra = takeWindowSpectra(x, quarter, new Uint8Array(1000).fill(1), 100, WINDOWING);
  const k = Math.round(6 / spectra.stepHz);
  expect(Math.abs(spectra.crossImaginary[k]!)).toBeGreaterThan(0.95 * (spectra.power[k]! / 2));
  const same = takeWindowSpectra(
    x,
    x.map((value) => 2 * value),
    new Uint8Array(1000).fill(1),
    100,
    WINDOWING,
  );
  expect(same.crossReal[k]!).toBeCloseTo(2 * same.powerX[k]!, 6);
  expect(same.power[k]!).toBeCloseTo(5 * same.powerX[k]!, 6);
});
