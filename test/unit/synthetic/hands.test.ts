import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { SyntheticKind } from '../../../src/base/words.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import { makeDrawing, type Drawing, type DrawingOptions } from '../../../src/synthetic/drawing.ts';
import { drawFlourish } from '../../../src/synthetic/flourish.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { bendToStyle, correctStrokes, drawHandStyle } from '../../../src/synthetic/hand-style.ts';
import { movePen, PEN_RATE_HZ } from '../../../src/synthetic/pen-path.ts';
import { boundsOf, type Polyline } from '../../../src/synthetic/polyline.ts';
import { shakePen } from '../../../src/synthetic/shaken-pen.ts';

const fonts = loadFontLibrary();
const draw = (kind: SyntheticKind, seed: string | number, options: Partial<DrawingOptions> = {}): Drawing =>
  makeDrawing(kind, new Rng(seed), { tremorLike: false, fonts, ...options });

/** mm a second while the pen is down. */
function speedOf({ strokes }: Recording): number {
  let [length, time] = [0, 0];
  for (const { samples } of strokes) {
    for (let i = 1; i < samples.length; i++) {
      length += Math.hypot(samples[i]!.x - samples[i - 1]!.x, samples[i]!.y - samples[i - 1]!.y);
      time += samples[i]!.timeMs - samples[i - 1]!.timeMs;
    }
  }
  return (1000 * length) / time;
}

describe('the figures', () => {
  const tasksOf = (kind: SyntheticKind, count: number) =>
    Array.from({ length: count }, (_, seed) => draw(kind, `${kind}/${seed}`));

  test('are waves, lines and loops in the group of waves, and spirals free or traced', () => {
    const waves = tasksOf('wave', 120);
    const share = (task: string) => waves.filter((drawing) => drawing.task === task).length / 120;
    // Within three standard errors of a sample of 120.
    expect(Math.abs(share('loops') - 0.22)).toBeLessThan(0.11);
    expect(Math.abs(share('line') - 0.33)).toBeLessThan(0.13);
    expect(Math.abs(share('wave') - 0.45)).toBeLessThan(0.14);
    expect(new Set(waves.map(({ group }) => group))).toEqual(new Set(['wave']));
    const spirals = tasksOf('spiral', 60);
    const traced = spirals.filter(({ task }) => task === 'spiral-traced').length;
    expect(traced).toBeGreaterThan(6);
    expect(traced).toBeLessThan(25);
    for (const { recording, task } of waves.filter((drawing) => drawing.task === 'loops')) {
      const { top, bottom } = boundsOf([lineOf(recording!)]);
      expect(bottom - top, task).toBeGreaterThan(8);
      expect(bottom - top, task).toBeLessThan(32);
    }
  });

  test('no writing is called loops', () => {
    const tasks = new Set(tasksOf('handwriting', 60).map(({ task, group }) => `${group} ${task}`));
    expect(tasks).toEqual(new Set(['writing text', 'writing sentence', 'writing words']));
  });
});

function lineOf({ strokes }: Recording): Polyline {
  const samples = strokes.flatMap((stroke) => stroke.samples);
  return { x: Float64Array.from(samples, ({ x }) => x), y: Float64Array.from(samples, ({ y }) => y) };
}

describe('careful hands', () => {
  test('come when they are asked for, and otherwise in three of ten regular and two of ten tremor-like ones', () => {
    const share = (tremorLike: boolean): number => {
      const styles = Array.from({ length: 1000 }, (_, i) => drawHandStyle(new Rng(i), tremorLike, false));
      return styles.filter(({ careful }) => careful).length / 1000;
    };
    expect(share(false)).toBeCloseTo(0.3, 1);
    expect(share(true)).toBeCloseTo(0.2, 1);
    for (const kind of ['spiral', 'wave', 'handwriting'] as const) {
      expect(draw(kind, 5, { hand: 'careful' }).careful).toBe(true);
    }
  });

  test('are several times slower than others', () => {
    const speeds = (hand: 'any' | 'careful') =>
      Array.from({ length: 16 }, (_, i) => draw('spiral', `slow/${i}`, { hand }))
        .filter(({ careful }) => careful === (hand === 'careful'))
        .map(({ recording }) => speedOf(recording!))
        .sort((a, b) => a - b);
    const [slow, other] = [speeds('careful'), speeds('any')];
    expect(slow[8]).toBeLessThan(0.6 * other[Math.floor(other.length / 2)]!);
  });

  /** What is corrected on a straight way of 20 s, across it. */
  const correctionOf = (seed: number): Float64Array => {
    const rng = new Rng(seed);
    const style = { ...drawHandStyle(rng, false, true), grid: 0 };
    const way = { x: Float64Array.of(0, 200), y: Float64Array.of(0, 0) };
    const pen = [movePen(way, { speedMmS: 10, exponent: 0 })];
    const still = new Float64Array(pen[0]!.xMm.length);
    const strokes = shakePen(pen, { dxMm: still, dyMm: still }, 10, 8);
    return correctStrokes(rng, style, strokes, 1)[0]!.yMm;
  };

  test('correct their way by up to a quarter of a millimetre rms, below the band of tremor', () => {
    for (let seed = 0; seed < 12; seed++) {
      const across = correctionOf(seed);
      const rms = Math.sqrt(across.reduce((sum, value) => sum + value * value, 0) / across.length);
      expect(rms).toBeGreaterThan(0.015);
      expect(rms).toBeLessThan(0.3);
      const powerAt = (hz: number): number => {
        let [re, im] = [0, 0];
        across.forEach((value, i) => {
          re += value * Math.cos((2 * Math.PI * hz * i) / PEN_RATE_HZ);
          im += value * Math.sin((2 * Math.PI * hz * i) / PEN_RATE_HZ);
        });
        return re * re + im * im;
      };
      const mean = (low: number, high: number): number => {
        let sum = 0;
        for (let hz = low; hz < high; hz += 0.1) sum += powerAt(hz);
        return sum / ((high - low) / 0.1);
      };
      expect(mean(0.2, 1.4)).toBeGreaterThan(20 * mean(4, 12));
    }
  });

  test('turn in nearly straight pieces, with the ends where they were', () => {
    const circle = {
      x: Float64Array.from({ length: 400 }, (_, i) => 20 * Math.cos(i / 70)),
      y: Float64Array.from({ length: 400 }, (_, i) => 20 * Math.sin(i / 70)),
    };
    const style = { ...drawHandStyle(new Rng(1), false, true), pieces: 8, jointError: 0, roughness: 0 };
    const { x, y } = bendToStyle(new Rng(2), style, circle, 1);
    const radii = Array.from(x, (value, i) => Math.hypot(value, y[i]!));
    // A chord of 8 mm lies up to 0.4 mm inside a circle of 20 mm, one of 11.6 mm up to 0.86.
    expect(Math.min(...radii)).toBeLessThan(19.7);
    expect(Math.min(...radii)).toBeGreaterThan(19);
    expect([x[0], y[0]]).toEqual([20, 0]);
    expect(x[x.length - 1]).toBeCloseTo(circle.x[399]!, 9);
  });
});

test('in one of seven drawings of either label places lie on the grid of a device', () => {
  for (const tremorLike of [false, true]) {
    const styles = Array.from({ length: 1000 }, (_, i) =>
      drawHandStyle(new Rng(`grid/${i}`), tremorLike, false),
    );
    const grids = styles.map(({ grid }) => grid).filter((grid) => grid > 0);
    expect(grids.length / 1000).toBeCloseTo(0.15, 1);
    expect(Math.max(...grids)).toBeLessThanOrEqual(0.3);
  }
  const way = { x: Float64Array.of(0, 30), y: Float64Array.of(0, 10) };
  const pen = [movePen(way, { speedMmS: 10, exponent: 0 })];
  const still = new Float64Array(pen[0]!.xMm.length);
  const style = { ...drawHandStyle(new Rng(1), false, false), grid: 0.25, correction: 0 };
  const [stroke] = correctStrokes(new Rng(1), style, shakePen(pen, { dxMm: still, dyMm: still }, 10, 8), 1);
  expect([...stroke!.xMm, ...stroke!.yMm].every((value) => Number.isInteger(4 * value))).toBe(true);
});

test('a flourish lies under its signature and reaches about as far', () => {
  const name = [{ x: Float64Array.of(0, 40), y: Float64Array.of(0, -6) }];
  const drawn = Array.from({ length: 40 }, (_, i) => drawFlourish(new Rng(i), name, 4)).filter(
    (lines) => lines.length > 0,
  );
  expect(drawn.length).toBeGreaterThan(20);
  for (const lines of drawn) {
    const { left, right, top, bottom } = boundsOf(lines);
    expect(right - left).toBeGreaterThan(15);
    expect(right - left).toBeLessThan(70);
    expect(top).toBeGreaterThan(-9);
    expect(bottom).toBeLessThan(20);
  }
});
