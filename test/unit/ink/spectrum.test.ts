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

/** Ahead of `sine` by a quarter of a turn. */
const cosine = (count: number, hz: number, size: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => size * Math.cos((2 * Math.PI * hz * i) / 100));

const always = (count: number): Uint8Array => new Uint8Array(count).fill(1);

test('a movement that goes round stands out one way round more than along any straight line', () => {
  const rng = new Rng(9);
  const inNoise = (signal: Float64Array) => signal.map((value) => value + rng.normal());
  const [x, y] = [inNoise(sine(4000, 6, 0.3)), inNoise(cosine(4000, 6, 0.3))];
  const reach = { nearHz: 0.7, farHz: 1.6 };
  const still = new Float64Array(4000);
  const at6Hz = ({ hz }: { readonly hz: number }) => Math.abs(hz - 6) < 0.3;
  const straight = [0, 30, 60, 90, 120, 150].map((degrees) => {
    const [along, across] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const line = x.map((value, i) => along * value + across * y[i]!);
    const spectrum = meanSpectrum(takeWindowSpectra(line, still, always(4000), 100, WINDOWING), 'log');
    return Math.max(
      0,
      ...findPeaks(spectrum, 3, 12, reach)
        .filter(at6Hz)
        .map((peak) => peak.prominence),
    );
  });
  const round = (up: Float64Array): number => {
    const spectra = takeWindowSpectra(x, up, always(4000), 100, WINDOWING);
    return findDirectedPeaks(spectra, 3, 12, reach).find(at6Hz)!.prominence;
  };
  // Twice the power of either axis lies in one way round, at the noise of one axis: ln 2 = 0.69 more.
  expect(round(y)).toBeGreaterThan(0.4 + Math.max(...straight));
  // In the mirror it goes the other way round, and stands out as far.
  expect(round(y.map((value) => -value))).toBeCloseTo(round(y), 6);
});

test('what both axes have in common tells the way round by its sign', () => {
  const [x, y] = [sine(1000, 6, 3), cosine(1000, 6, 3)];
  const commonOf = (up: Float64Array): number => {
    const spectra = takeWindowSpectra(x, up, always(1000), 100, WINDOWING);
    const k = Math.round(6 / spectra.stepHz);
    return spectra.crossImaginary[k]! / (spectra.power[k]! / 2);
  };
  // X is i/2 at −6 Hz and −i/2 at 6 Hz, Y is ½: X times the conjugate of Y is −i/4 of the squared size.
  expect(commonOf(y)).toBeCloseTo(-1, 2);
  expect(commonOf(y.map((value) => -value))).toBeCloseTo(1, 2);
});

test('along a slanted line both axes move in phase', () => {
  const x = sine(1000, 6, 3);
  const spectra = takeWindowSpectra(
    x,
    x.map((value) => 2 * value),
    always(1000),
    100,
    WINDOWING,
  );
  const k = Math.round(6 / spectra.stepHz);
  expect(spectra.crossReal[k]!).toBeCloseTo(2 * spectra.powerX[k]!, 6);
  expect(spectra.power[k]!).toBeCloseTo(5 * spectra.powerX[k]!, 6);
});
