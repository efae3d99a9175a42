/** Paper, pen and scanner of a picture, drawn by chance; render-page.ts makes the picture. */
import type { Rng } from '../base/rng.ts';
import { smoothNoise } from './smooth-noise.ts';

/** `screen` is a line drawn by the app itself: even, black on white. */
export type PenKind = 'pencil' | 'ballpoint' | 'ink' | 'screen';

export interface PageLook {
  readonly pen: PenKind;
  /** Grey of the paper and of full ink. */
  readonly paperGrey: number;
  readonly inkGrey: number;
  /** Change of the paper's tone over the picture, grey levels, along x and y. */
  readonly slopeX: number;
  readonly slopeY: number;
  /** rms of the paper's texture at pixel size and at a few pixels, grey levels. */
  readonly grain: number;
  readonly clouds: number;
  /** rms of the sensor's noise, grey levels. */
  readonly noise: number;
  /** How much of the ink the paper's tooth takes away, 0–1. */
  readonly tooth: number;
  /** Blur of the scanner, sigma in pixels. */
  readonly blurPx: number;
  readonly ruling: Ruling | null;
}

/** `any` look of the training range, only its rough half, or `plain` white under a good scanner. */
export type Paper = 'any' | 'rough' | 'plain';

/** Printed lines; their ink is faint. */
export interface Ruling {
  readonly gapPx: number;
  readonly squared: boolean;
  /** Share of the pen's own contrast. */
  readonly strength: number;
  readonly offsetPx: number;
}

/**
 * Draws a look: mostly pale paper with pencil or ball-pen, one in three toned like old letters, one in eight a screen.
 *
 * @param rulingGapPx Distance of printed lines if there are any.
 */
export function drawPageLook(rng: Rng, rulingGapPx: number): PageLook {
  if (rng.chance(0.12)) return SCREEN_LOOK;
  const toned = rng.chance(0.3);
  const paperGrey = toned ? rng.between(165, 225) : rng.between(222, 252);
  const pen = rng.pick<PenKind>(['pencil', 'pencil', 'ballpoint', 'ink']);
  const contrast =
    pen === 'pencil'
      ? rng.between(45, 150)
      : pen === 'ballpoint'
        ? rng.between(80, 200)
        : rng.between(90, 220);
  return {
    pen,
    paperGrey,
    inkGrey: Math.max(8, paperGrey - contrast),
    slopeX: rng.normal() * (toned ? 9 : 4),
    slopeY: rng.normal() * (toned ? 9 : 4),
    grain: rng.logBetween(0.5, contrast > 70 ? 7 : 4),
    clouds: rng.logBetween(0.3, toned ? 4 : 2),
    noise: rng.logBetween(0.4, 4),
    tooth: pen === 'pencil' ? rng.between(0.2, 0.85) : pen === 'ballpoint' ? rng.between(0, 0.4) : 0.12,
    blurPx: rng.between(0, 0.85),
    ruling: rng.chance(0.12) ? drawRuling(rng, rulingGapPx) : null,
  };
}

/**
 * A look from the strong half of what {@link drawPageLook} draws: much grain, noise and blur, uneven tone, faint ink, often
 * ruled. Screens stay as they are. Real paper is rougher than simulated paper on average.
 */
export function drawRoughLook(rng: Rng, rulingGapPx: number): PageLook {
  const look = drawPageLook(rng, rulingGapPx);
  if (look.pen === 'screen') return look;
  const tilt = look.paperGrey < 225 ? 9 : 4;
  const contrast = Math.min(look.paperGrey - look.inkGrey, rng.between(45, 150));
  return {
    ...look,
    inkGrey: look.paperGrey - contrast,
    slopeX: tilt * rng.between(0.7, 2) * rng.pick([-1, 1]),
    slopeY: tilt * rng.between(0.7, 2) * rng.pick([-1, 1]),
    grain: rng.logBetween(1.9, contrast > 70 ? 7 : 4),
    clouds: rng.logBetween(0.8, tilt === 9 ? 4 : 2),
    noise: rng.logBetween(1.3, 4),
    blurPx: rng.between(0.45, 0.85),
    ruling: look.ruling ?? (rng.chance(0.25) ? drawRuling(rng, rulingGapPx) : null),
  };
}

function drawRuling(rng: Rng, gapPx: number): Ruling {
  return {
    gapPx: gapPx * rng.between(0.8, 1.2),
    squared: rng.chance(0.35),
    strength: rng.between(0.05, 0.13),
    offsetPx: rng.between(0, gapPx),
  };
}

const SCREEN_LOOK: PageLook = {
  pen: 'screen',
  paperGrey: 255,
  inkGrey: 20,
  slopeX: 0,
  slopeY: 0,
  grain: 0,
  clouds: 0,
  noise: 0,
  tooth: 0,
  blurPx: 0,
  ruling: null,
};

/** White paper, evenly lit, under a good scanner. */
export function plainLook(pen: PenKind): PageLook {
  return {
    ...SCREEN_LOOK,
    pen,
    paperGrey: 246,
    inkGrey: 52,
    grain: 1.2,
    clouds: 0.6,
    noise: 1,
    tooth: 0.15,
    blurPx: 0.5,
  };
}

/** Darkness along a stroke: presses harder and softer over a few mm; dip pens run dry. */
export function inkAlong(rng: Rng, count: number, samplesPerWave: number, pen: PenKind): Float64Array {
  if (pen === 'screen') return new Float64Array(count).fill(1);
  const values = smoothNoise(rng, count, Math.max(2, samplesPerWave));
  const depth = pen === 'ballpoint' ? 0.1 : 0.2;
  for (let i = 0; i < count; i++) values[i] = Math.min(1, Math.max(0.35, 0.82 + depth * values[i]!));
  return values;
}
