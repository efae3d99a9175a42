import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { movePen, PEN_RATE_HZ } from '../../../src/synthetic/pen-path.ts';
import { boundsOf, resampleByLength, smoothValues, type Polyline } from '../../../src/synthetic/polyline.ts';
import { shakePen } from '../../../src/synthetic/shaken-pen.ts';
import { lineShape, loopsShape, spiralShape, waveShape } from '../../../src/synthetic/shapes.ts';
import { bandNoise, makePlaneField } from '../../../src/synthetic/smooth-noise.ts';
import {
  drawStudyTremor,
  drawTremorSettings,
  makePhysiological,
  makeTremor,
} from '../../../src/synthetic/tremor.ts';

const line = (x: number[], y: number[]): Polyline => ({ x: Float64Array.from(x), y: Float64Array.from(y) });

test('resampling keeps the ends and puts points at equal steps', () => {
  const { x, y } = resampleByLength(line([0, 3, 3], [0, 0, 4]), 1);
  expect([...x].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([0, 1, 2, 3, 3, 3, 3, 3]);
  expect([...y].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
  expect(resampleByLength(line([2, 2], [1, 1]), 1).x).toHaveLength(1);
});

test('smoothing leaves straight runs and the ends alone', () => {
  const ramp = Float64Array.from({ length: 9 }, (_, i) => 2 * i);
  smoothValues(ramp, 2).forEach((value, i) => expect(value).toBeCloseTo(2 * i, 12));
  const step = smoothValues(Float64Array.of(0, 0, 0, 1, 1, 1), 1);
  expect([step[0], step[5]]).toEqual([0, 1]);
  expect(step[2]).toBeGreaterThan(0);
});

describe('the pen', () => {
  test('takes length over mean speed, at 200 Hz', () => {
    const { xMm } = movePen(line([0, 60], [0, 0]), { speedMmS: 30, exponent: 1 / 3 });
    expect(xMm).toHaveLength(2 * PEN_RATE_HZ + 1);
    expect([xMm[0], xMm[400]]).toEqual([0, 60]);
  });

  test('slows in bends by the cube root of the radius', () => {
    // A stadium: straights of 60 mm, half circles of 4 and of 16 mm radius, compared half circle with half circle.
    const arc = (radius: number): Polyline => {
      const angles = Array.from({ length: 400 }, (_, i) => (Math.PI * i) / 100);
      return line(
        angles.map((a) => radius * Math.cos(a)),
        angles.map((a) => radius * Math.sin(a)),
      );
    };
    const big = arc(16);
    const small = arc(4);
    const joined = line([...small.x, ...big.x.map((v) => v - 12)], [...small.y, ...big.y]);
    const { xMm, yMm } = movePen(joined, { speedMmS: 30, exponent: 1 / 3 });
    const speedWhere = (within: (length: number) => boolean): number => {
      let length = 0;
      const speeds: number[] = [];
      for (let i = 1; i < xMm.length; i++) {
        const ds = Math.hypot(xMm[i]! - xMm[i - 1]!, yMm[i]! - yMm[i - 1]!);
        length += ds;
        if (within(length)) speeds.push(ds * PEN_RATE_HZ);
      }
      return speeds.reduce((sum, v) => sum + v, 0) / speeds.length;
    };
    const slow = speedWhere((s) => s > 10 && s < 40);
    const fast = speedWhere((s) => s > 90 && s < 200);
    // (1/4 + 0.03)^(-1/3) against (1/16 + 0.03)^(-1/3): the law, softened where a line is nearly straight.
    expect(fast / slow).toBeCloseTo(((1 / 4 + 0.03) / (1 / 16 + 0.03)) ** (1 / 3), 1);
  });
});

describe('shapes have the sizes they should', () => {
  const many = (make: (rng: Rng) => Polyline): Polyline[] =>
    Array.from({ length: 40 }, (_, i) => make(new Rng(i)));
  const sizes = (shapes: Polyline[]): number[] =>
    shapes.map((shape) => {
      const { left, right, top, bottom } = boundsOf([shape]);
      return Math.max(right - left, bottom - top);
    });
  test.each([
    { what: 'spirals', make: spiralShape, low: 25, high: 75 },
    { what: 'waves', make: waveShape, low: 78, high: 125 },
    { what: 'lines', make: lineShape, low: 45, high: 115 },
    { what: 'loops', make: (rng: Rng) => loopsShape(rng, 3, 40), low: 30, high: 60 },
  ])('$what: $low to $high mm, finite', ({ make, low, high }) => {
    const shapes = many(make);
    for (const size of sizes(shapes)) {
      expect(size).toBeGreaterThan(low);
      expect(size).toBeLessThan(high);
    }
    expect(shapes.every(({ x, y }) => [...x, ...y].every(Number.isFinite))).toBe(true);
  });

  test('spirals turn both ways', () => {
    const ways = many(spiralShape).map(({ x, y }) => {
      const [mx, my] = [x.reduce((a, b) => a + b, 0) / x.length, y.reduce((a, b) => a + b, 0) / y.length];
      let turn = 0;
      for (let i = 1; i < x.length; i++)
        turn += (x[i - 1]! - mx) * (y[i]! - my) - (x[i]! - mx) * (y[i - 1]! - my);
      return Math.sign(turn);
    });
    expect(new Set(ways)).toEqual(new Set([-1, 1]));
  });
});

describe('involuntary movement', () => {
  test('a plain tremor crosses zero twice a period and swings by its amplitude', () => {
    const { dxMm, dyMm } = makeTremor(new Rng(1), 4000, {
      hz: 5,
      wander: 0,
      amplitudeMm: 1,
      roundness: 0,
      directionRad: 0.4,
      burstiness: 0,
      jitter: 0,
    });
    let crossings = 0;
    let power = 0;
    for (let i = 1; i < 4000; i++) {
      if (dxMm[i - 1]! < 0 !== dxMm[i]! < 0) crossings++;
      power += dxMm[i]! ** 2 + dyMm[i]! ** 2;
    }
    expect(crossings / 20).toBeCloseTo(10, 0);
    expect(Math.sqrt(power / 4000)).toBeCloseTo(Math.SQRT1_2, 1);
  });

  test.each([
    { what: 'any', draw: drawTremorSettings, wander: [0.01, 0.3] },
    { what: 'of a study', draw: drawStudyTremor, wander: [0.04, 0.3] },
  ])('settings of $what stay within their bounds', ({ draw, wander: [low, high] }) => {
    const rng = new Rng(2);
    for (let i = 0; i < 300; i++) {
      const { hz, wander, amplitudeMm } = draw(rng, 0.3, 1.5);
      expect(hz).toBeGreaterThanOrEqual(3);
      expect(hz).toBeLessThanOrEqual(12);
      expect(wander).toBeGreaterThanOrEqual(low!);
      expect(wander).toBeLessThanOrEqual(high!);
      expect(amplitudeMm).toBeGreaterThanOrEqual(0.3);
      expect(amplitudeMm).toBeLessThanOrEqual(1.5);
    }
  });

  /** Where the power of a movement of 8 s lies: its strongest frequency of 1–15 Hz, and the share within half a Hz of it. */
  const peakOf = (shift: { readonly dxMm: Float64Array; readonly dyMm: Float64Array }) => {
    const count = shift.dxMm.length;
    const powers: { hz: number; power: number }[] = [];
    for (let hz = 1; hz < 15; hz += 1 / 6) {
      let power = 0;
      for (const values of [shift.dxMm, shift.dyMm]) {
        let [re, im] = [0, 0];
        for (let i = 0; i < count; i++) {
          re += values[i]! * Math.cos((2 * Math.PI * hz * i) / PEN_RATE_HZ);
          im += values[i]! * Math.sin((2 * Math.PI * hz * i) / PEN_RATE_HZ);
        }
        power += re * re + im * im;
      }
      powers.push({ hz, power });
    }
    const top = powers.reduce((best, one) => (one.power > best.power ? one : best));
    const sum = (list: typeof powers) => list.reduce((total, { power }) => total + power, 0);
    const near = powers.filter(({ hz }) => Math.abs(hz - top.hz) <= 0.5);
    return { hz: top.hz, share: sum(near) / sum(powers) };
  };
  const shaken = (rhythm: 'periodic' | 'irregular') =>
    Array.from({ length: 11 }, (_, seed) => {
      const rng = new Rng(`${rhythm}/${seed}`);
      const settings = drawTremorSettings(rng, 0.5, 0.5, rhythm);
      return { settings, ...peakOf(makeTremor(rng, 8 * PEN_RATE_HZ, settings)) };
    });

  test('a periodic hand has its peak at its frequency, an irregular one has none', () => {
    const periodic = shaken('periodic');
    for (const { settings, hz, share } of periodic) {
      expect(Math.abs(hz - settings.hz)).toBeLessThan(Math.max(0.3, 0.08 * settings.hz));
      expect(share).toBeGreaterThan(0.25);
    }
    const median = (list: { share: number }[]) => list.map(({ share }) => share).sort((a, b) => a - b)[5]!;
    expect(median(periodic)).toBeGreaterThan(0.6);
    expect(median(periodic)).toBeGreaterThan(2 * median(shaken('irregular')));
  });

  test('three of four hands are periodic, and some come and go or shake along one axis', () => {
    const rng = new Rng(6);
    const drawn = Array.from({ length: 1000 }, () => drawTremorSettings(rng, 0.2, 1));
    const shareOf = (is: (one: (typeof drawn)[number]) => boolean) => drawn.filter(is).length / 1000;
    expect(shareOf(({ jitter, wander }) => jitter < 0.4 && wander < 0.09)).toBeCloseTo(0.72, 1);
    expect(shareOf(({ jitter }) => jitter >= 0.4 && jitter < 0.9)).toBe(0);
    expect(shareOf(({ boutS }) => boutS !== undefined)).toBeCloseTo(0.25, 1);
    expect(shareOf(({ roundness }) => roundness < 0.1)).toBeCloseTo(0.35, 1);
    expect(shareOf(({ hz }) => hz > 8.5)).toBeGreaterThan(0.08);
  });

  test('an even tremor is one sine wave and nothing else', () => {
    const rng = new Rng(9);
    const drawn = Array.from({ length: 400 }, () => drawTremorSettings(rng, 0.5, 0.5, 'any', 0.5));
    const even = drawn.filter(({ harmonic }) => harmonic !== undefined);
    // Half of those with a rhythm, which are 72 of 100.
    expect(even.length / 400).toBeCloseTo(0.36, 1);
    const shares = even.slice(0, 40).map((settings) => {
      const { hz, share } = peakOf(makeTremor(rng, 8 * PEN_RATE_HZ, settings));
      expect(Math.abs(hz - settings.hz)).toBeLessThan(0.3);
      return share;
    });
    expect(Math.min(...shares)).toBeGreaterThan(0.8);
    expect(drawTremorSettings(new Rng(9), 0.5, 0.5).harmonic).toBeUndefined();
  });

  test('tremor that comes and goes is off for a while, and back', () => {
    const settings = {
      hz: 5,
      wander: 0,
      amplitudeMm: 1,
      roundness: 0,
      directionRad: 0,
      burstiness: 0,
      jitter: 0,
    };
    const strengths = (boutS: number | undefined): number[] => {
      const { dxMm, dyMm } = makeTremor(
        new Rng(3),
        20 * PEN_RATE_HZ,
        boutS === undefined ? settings : { ...settings, boutS },
      );
      // The strongest shift in each fifth of a second, a whole swing.
      return Array.from({ length: 100 }, (_, part) => {
        const from = (part * PEN_RATE_HZ) / 5;
        let most = 0;
        for (let i = from; i < from + PEN_RATE_HZ / 5; i++)
          most = Math.max(most, Math.hypot(dxMm[i]!, dyMm[i]!));
        return most;
      });
    };
    const bouts = strengths(2);
    expect(Math.min(...strengths(undefined))).toBeGreaterThan(0.5);
    expect(Math.min(...bouts)).toBeLessThan(0.05);
    expect(Math.max(...bouts)).toBeGreaterThan(0.9);
    const on = bouts.filter((most) => most > 0.4).length;
    expect(on).toBeGreaterThan(30);
    expect(on).toBeLessThan(90);
  });

  test('a healthy hand stays within a tenth of a millimetre', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { dxMm, dyMm } = makePhysiological(new Rng(seed), 1000);
      for (const value of [...dxMm, ...dyMm]) expect(Math.abs(value)).toBeLessThanOrEqual(0.1);
    }
  });

  test('band noise has rms 1 and little outside its band', () => {
    const values = bandNoise(new Rng(4), 4000, 200, 7, 12);
    const powerAt = (hz: number): number => {
      let [re, im] = [0, 0];
      values.forEach((value, i) => {
        re += value * Math.cos((2 * Math.PI * hz * i) / 200);
        im += value * Math.sin((2 * Math.PI * hz * i) / 200);
      });
      return re * re + im * im;
    };
    const mean = (low: number, high: number): number => {
      let sum = 0;
      for (let hz = low; hz < high; hz += 0.05) sum += powerAt(hz);
      return sum / ((high - low) / 0.05);
    };
    expect(values.reduce((sum, value) => sum + value * value, 0) / 4000).toBeCloseTo(1, 9);
    expect(mean(8, 11)).toBeGreaterThan(8 * mean(0.5, 2));
    expect(mean(8, 11)).toBeGreaterThan(8 * mean(40, 45));
  });

  test('only shift across the line makes a bump', () => {
    const pen = [movePen(line([0, 100], [0, 0]), { speedMmS: 25, exponent: 0 })];
    const count = pen[0]!.xMm.length;
    const swing = Float64Array.from({ length: count }, (_, i) =>
      Math.sin((2 * Math.PI * 5 * i) / PEN_RATE_HZ),
    );
    const still = new Float64Array(count);
    const rms = (values: Float64Array): number =>
      Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / count);
    const [along] = shakePen(pen, { dxMm: swing, dyMm: still }, 25, 8);
    const [across] = shakePen(pen, { dxMm: still, dyMm: swing }, 25, 8);
    const [drift] = shakePen(
      pen,
      { dxMm: still, dyMm: swing.map((_, i) => Math.sin((0.6 * i) / 200)) },
      25,
      8,
    );
    expect(rms(along!.bumpMm)).toBe(0);
    expect(rms(across!.bumpMm)).toBeCloseTo(Math.SQRT1_2, 1);
    expect(rms(drift!.bumpMm)).toBeLessThan(0.02);
  });

  test('a plane field has the rms it is given', () => {
    const field = makePlaneField(new Rng(8), 8, 14, 2, 8);
    const out: [number, number] = [0, 0];
    let power = 0;
    for (let y = 0; y < 100; y++) {
      for (let x = 0; x < 100; x++) {
        field.shift(x, y, out);
        power += out[0] ** 2 + out[1] ** 2;
      }
    }
    expect(Math.sqrt(power / 20_000)).toBeGreaterThan(1.7);
    expect(Math.sqrt(power / 20_000)).toBeLessThan(2.3);
  });
});
