/** Simulated hands with a known, periodic tremor, and healthy ones that are easily taken for shaking; for tests and benches. */
import { Rng } from '../../src/base/rng.ts';
import { taskGroupOf, type Task, type TaskGroup } from '../../src/base/words.ts';
import type { RawSample, Recording } from '../../src/ink/recording.ts';
import type { FontLibrary } from '../../src/synthetic/font-library.ts';
import { moveAlong } from '../../src/synthetic/hand.ts';
import { PEN_RATE_HZ, type PenStroke } from '../../src/synthetic/pen-path.ts';
import type { Polyline } from '../../src/synthetic/polyline.ts';
import type { StrokeFont } from '../../src/synthetic/single-stroke-font.ts';
import { samplesOf } from '../../src/synthetic/shaken-pen.ts';
import { lineShape, loopsShape, spiralShape, waveShape } from '../../src/synthetic/shapes.ts';
import { bandNoise, smoothNoise } from '../../src/synthetic/smooth-noise.ts';
import { makePhysiological, type Shift } from '../../src/synthetic/tremor.ts';
import { unevenHand } from '../../src/synthetic/uneven-hand.ts';
import { drawText } from '../../src/synthetic/word-list.ts';
import { makeWriter, writeBlock } from '../../src/synthetic/writer.ts';

/** How a hand draws. The `fast`, `careful`, `squarish`, `zigzag` and `letter-loops` ones are healthy hands that mislead. New ones come last: seeds go by place. */
export const HAND_KINDS = [
  'spiral',
  'careful-spiral',
  'squarish-spiral',
  'fast-spiral',
  'wave',
  'zigzag',
  'careful-wave',
  'line',
  'careful-line',
  'loops',
  'small-loops',
  'words',
  'cursive',
  'fast-words',
  'letter-loops',
] as const;
export type HandKind = (typeof HAND_KINDS)[number];

const TASK_OF_KIND: Readonly<Record<HandKind, Task>> = {
  spiral: 'spiral-free',
  'careful-spiral': 'spiral-traced',
  'squarish-spiral': 'spiral-free',
  'fast-spiral': 'spiral-free',
  wave: 'wave',
  zigzag: 'wave',
  'careful-wave': 'wave',
  line: 'line',
  'careful-line': 'line',
  loops: 'loops',
  'small-loops': 'loops',
  words: 'words',
  cursive: 'words',
  'fast-words': 'words',
  'letter-loops': 'words',
};

export function groupOfKind(kind: HandKind): TaskGroup {
  return taskGroupOf(TASK_OF_KIND[kind]);
}

export interface KnownTremor {
  readonly hz: number;
  /** Peak to trough along the long axis at full strength, mm. */
  readonly swingMm: number;
  /** Share of the time in which the hand shakes; 1 unless given. */
  readonly share?: number;
}

/** A recording of one hand. The same kind and seed give the same movement and the same course of tremor, whatever its size. */
export function drawHand(
  kind: HandKind,
  seed: number,
  fonts: FontLibrary,
  tremor: KnownTremor | null = null,
): Recording {
  const rng = new Rng(7919 * seed + 13 * HAND_KINDS.indexOf(kind) + 1);
  const strokes = meantStrokes(kind, rng, fonts);
  const count = samplesOf(strokes);
  const shifts = [makePhysiological(rng, count)];
  if (kind.startsWith('careful')) shifts.push(drawCorrections(rng, count));
  if (tremor !== null) shifts.push(drawPeriodicTremor(new Rng(seed + 77), count, tremor));
  return recordAsTablet(rng, TASK_OF_KIND[kind], strokes, shifts);
}

/** The movement that was meant, at 200 Hz, 4 s or longer. */
function meantStrokes(kind: HandKind, rng: Rng, fonts: FontLibrary): PenStroke[] {
  const { curves, speed } = meantCurves(kind, rng, fonts);
  const size = groupOfKind(kind) === 'writing' ? 0.15 : 0.2;
  return moveAlong(rng, curves, speed, size).pen;
}

function meantCurves(kind: HandKind, rng: Rng, fonts: FontLibrary): { curves: Polyline[]; speed: number } {
  switch (kind) {
    case 'spiral':
      return { curves: [unevenHand(rng, spiralShape(rng))], speed: rng.logBetween(15, 70) };
    case 'careful-spiral':
      return { curves: [unevenHand(rng, spiralShape(rng))], speed: rng.logBetween(7, 25) };
    case 'squarish-spiral':
      return { curves: [squarishSpiral(rng)], speed: rng.logBetween(30, 120) };
    case 'fast-spiral':
      return { curves: [0, 1, 2].map(() => spiralShape(rng)), speed: rng.logBetween(120, 250) };
    case 'wave':
      return { curves: Array<Polyline>(2).fill(waveShape(rng)), speed: rng.logBetween(15, 120) };
    case 'zigzag':
      return { curves: Array<Polyline>(2).fill(zigzag(rng)), speed: rng.logBetween(25, 110) };
    case 'careful-wave':
      return { curves: [unevenHand(rng, waveShape(rng))], speed: rng.logBetween(10, 25) };
    case 'line':
      return { curves: [0, 1, 2].map(() => unevenHand(rng, lineShape(rng))), speed: rng.logBetween(10, 45) };
    case 'careful-line':
      return { curves: [0, 1].map(() => unevenHand(rng, lineShape(rng))), speed: rng.logBetween(7, 20) };
    case 'loops':
      return { curves: [loopsShape(rng, rng.between(9, 22), 130)], speed: rng.logBetween(15, 120) };
    case 'small-loops': {
      const height = rng.between(3, 9);
      // At most about five loops a second, as fast as hands go.
      const speed = Math.min(11 * height, rng.logBetween(15, 100));
      return { curves: [loopsShape(rng, height, 100)], speed };
    }
    case 'letter-loops': {
      const writer = makeWriter(rng, pickFont(rng, fonts, true));
      const word = rng.pick(LOOP_WORDS).repeat(6 + rng.int(5));
      const curves = writeBlock(rng, writer, [word, word, word], { width: 16, lines: 3, once: true });
      // At most about six loops a second, as fast as hands go.
      return { curves, speed: rng.logBetween(15, 75) * (writer.xHeightMm / 3) };
    }
    case 'fast-words': {
      const writer = makeWriter(rng, pickFont(rng, fonts, rng.chance(0.5)));
      const size = { width: rng.between(14, 24), lines: 8, once: true };
      const curves = writeBlock(rng, writer, drawText(rng, 'train', 60), size);
      return { curves, speed: rng.between(120, 250) };
    }
    case 'words':
    case 'cursive': {
      const writer = makeWriter(rng, pickFont(rng, fonts, kind === 'cursive'));
      const size = { width: rng.between(14, 18), lines: 3 + rng.int(4) };
      const curves = writeBlock(rng, writer, drawText(rng, 'train', 60), size);
      return { curves, speed: rng.logBetween(10, 45) * (writer.xHeightMm / 3) };
    }
  }
}

/** Rows of loops and arches, as they are practised: the most even letters. */
const LOOP_WORDS = ['el', 'le', 'ell', 'lle', 'eel', 'll', 'ee', 'nu', 'mn', 'un'] as const;

function pickFont(rng: Rng, { strokeFonts }: FontLibrary, joined: boolean): StrokeFont {
  let font = rng.pick(strokeFonts).open();
  for (let i = 0; i < 60 && font.joined !== joined; i++) font = rng.pick(strokeFonts).open();
  return font;
}

/** A spiral of 3–6 turns whose turns are nearly squares, as careful people draw them. */
function squarishSpiral(rng: Rng): Polyline {
  const turns = rng.between(3, 6);
  const corners = 3 + rng.int(3);
  const share = rng.between(0.4, 1);
  const outer = rng.between(16, 40);
  const count = Math.ceil((turns * Math.PI * outer) / 0.2);
  const sector = (2 * Math.PI) / corners;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const angle = (turns * 2 * Math.PI * i) / (count - 1);
    const polygon = Math.cos(sector / 2.6) / Math.cos((angle % sector) - sector / 2);
    const radius = (2 + ((outer - 2) * i) / count) * (1 + share * (polygon - 1));
    x[i] = radius * Math.cos(angle);
    y[i] = radius * Math.sin(angle);
  }
  return { x, y };
}

/** Straight flanks with sharp corners, 80–120 mm long. */
function zigzag(rng: Rng): Polyline {
  const length = rng.between(80, 120);
  const waveLength = rng.between(8, 24);
  const height = rng.between(4, 12);
  const count = Math.ceil((length + (4 * height * length) / waveLength) / 0.2);
  const uneven = smoothNoise(rng, count, count / 8);
  const x = Float64Array.from({ length: count }, (_, i) => (length * i) / (count - 1));
  return {
    x,
    y: x.map((at, i) => {
      const swing = (2 / Math.PI) * Math.asin(Math.sin((2 * Math.PI * at) / waveLength));
      return height * swing * (1 + 0.1 * uneven[i]!);
    }),
  };
}

/** What careful hands do: slow corrections of 0.4–2.3 Hz, up to 0.5 mm rms. */
function drawCorrections(rng: Rng, count: number): Shift {
  const rms = rng.between(0.08, 0.5);
  const highHz = rng.between(1.2, 2.3);
  const axis = (): Float64Array => {
    const values = bandNoise(rng, count, PEN_RATE_HZ, 0.4, highHz);
    // Twice more, so that nothing faster than the corrections is left.
    return smoothed(smoothed(values, highHz), highHz).map((value) => 1.6 * rms * value);
  };
  return { dxMm: axis(), dyMm: axis() };
}

function smoothed(values: Float64Array, hz: number): Float64Array {
  const half = Math.round((0.3 * PEN_RATE_HZ) / hz);
  let sum = 0;
  const sums = values.map((value) => (sum += value));
  return values.map((_, i) => {
    const from = Math.max(0, i - half);
    const to = Math.min(values.length - 1, i + half);
    return (sums[to]! - sums[from]!) / Math.max(1, to - from);
  });
}

/** A periodic tremor of small wander: along one axis or an ellipse, steady or coming and going. */
function drawPeriodicTremor(rng: Rng, count: number, { hz, swingMm, share = 1 }: KnownTremor): Shift {
  const wander = rng.between(0.01, 0.07);
  const pace = smoothNoise(rng, count, 0.7 * PEN_RATE_HZ);
  const strength = smoothNoise(rng, count, 1.5 * PEN_RATE_HZ);
  const roundness = rng.chance(0.5) ? 0 : rng.between(0.1, 0.9);
  const direction = rng.between(0, Math.PI);
  const steady = rng.between(0, 0.4);
  const bursts = smoothNoise(rng, count, 2 * PEN_RATE_HZ);
  const level = bursts.toSorted()[Math.floor((1 - share) * (count - 1))]!;
  const dxMm = new Float64Array(count);
  const dyMm = new Float64Array(count);
  let phase = rng.between(0, 2 * Math.PI);
  for (let i = 0; i < count; i++) {
    phase += ((2 * Math.PI * hz) / PEN_RATE_HZ) * (1 + wander * pace[i]!);
    const on = share >= 1 ? 1 : 1 / (1 + Math.exp(-12 * (bursts[i]! - level)));
    const half = (swingMm / 2) * on * Math.max(0.3, 1 + 0.5 * steady * (strength[i]! - 0.5));
    const along = half * Math.cos(phase);
    const across = half * roundness * Math.sin(phase);
    dxMm[i] = along * Math.cos(direction) - across * Math.sin(direction);
    dyMm[i] = along * Math.sin(direction) + across * Math.cos(direction);
  }
  return { dxMm, dyMm };
}

/** As a tablet writes it down: 100–200 samples a second, uneven by 0.5 ms, 0.005–0.04 mm of noise, steps of 0.01–0.05 mm. */
function recordAsTablet(
  rng: Rng,
  task: Task,
  strokes: readonly PenStroke[],
  shifts: readonly Shift[],
): Recording {
  const every = rng.pick([1, 1.5, 1.6, 2]);
  const noise = rng.between(0.005, 0.04);
  const step = rng.between(0.01, 0.05);
  const write = (value: number): number => Math.round((value + noise * rng.normal()) / step) * step;
  const between = (values: Float64Array, at: number): number => {
    const k = Math.min(values.length - 1, Math.floor(at));
    const next = Math.min(values.length - 1, k + 1);
    return values[k]! + (at - k) * (values[next]! - values[k]!);
  };
  return {
    schemaVersion: 1,
    task,
    unit: 'mm',
    mmPerUnit: 1,
    pointer: 'pen',
    strokes: strokes.map(({ xMm, yMm, firstSample }) => ({
      samples: Array.from(
        { length: Math.max(2, Math.floor((xMm.length - 1) / every) + 1) },
        (_, i): RawSample => {
          const at = Math.min(xMm.length - 1, Math.max(0, i * every + 0.1 * rng.normal()));
          let x = between(xMm, at);
          let y = between(yMm, at);
          for (const { dxMm, dyMm } of shifts) {
            x += between(dxMm, firstSample + at);
            y += between(dyMm, firstSample + at);
          }
          return {
            timeMs: ((firstSample + i * every) * 1000) / PEN_RATE_HZ,
            x: write(x),
            y: write(y),
            pressure: null,
            tiltXDeg: null,
            tiltYDeg: null,
          };
        },
      ),
    })),
  };
}
