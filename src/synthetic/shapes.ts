/** What the pen means to draw: spirals, waves, lines and loops, in mm, y downwards, finely sampled. */
import type { Rng } from '../base/rng.ts';
import { smoothLine, type Polyline } from './polyline.ts';
import { smoothNoise } from './smooth-noise.ts';

const STEP_MM = 0.2;

function curve(count: number, pointAt: (part: number, index: number) => readonly [number, number]): Polyline {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) [x[i], y[i]] = pointAt(i / (count - 1), i) as [number, number];
  return { x, y };
}

/** How a spiral is drawn. Lengths in mm, angles in radians. */
export interface SpiralPlan {
  readonly turns: number;
  readonly outer: number;
  readonly inner: number;
  /** 1 or −1. */
  readonly direction: number;
  readonly turnRad: number;
  /** Height over width before it is turned. */
  readonly squash: number;
  /** 0 for none. */
  readonly corners: number;
  /** 0 round … 1 a polygon. */
  readonly cornerShare: number;
  readonly cornerTurnRad: number;
  /** How the radius grows: 1 evenly, below it fast at first. */
  readonly uneven: number;
  /** Slow drift of the hand, and over which length it changes. */
  readonly wobbleMm: number;
  readonly wobbleLength: number;
}

/**
 * An Archimedean spiral drawn by hand: 32–52 mm across, 2.5–4 turns, either direction, from the middle outwards or
 * back, often a little squashed, sometimes squarish or with a run-off at the end. A slow wobble of up to 1 mm is the
 * hand's drift, not tremor.
 */
export function spiralShape(rng: Rng): Polyline {
  const turns = rng.between(2.4, 4);
  const outer = rng.between(16, 26);
  const inner = rng.between(0, 2.5);
  const direction = rng.chance(0.5) ? 1 : -1;
  const start = rng.between(0, 2 * Math.PI);
  const squash = rng.chance(0.7) ? rng.between(0.62, 1) : 1;
  const tilt = rng.between(0, Math.PI);
  const corners = rng.chance(0.3) ? 3 + rng.int(4) : 0;
  const cornerShare = corners > 0 ? rng.between(0.3, 1) : 0;
  const cornerTurnRad = rng.between(0, 2 * Math.PI);
  const uneven = rng.between(0.85, 1.2);
  const wobbleMm = rng.between(0.1, 1);
  const wobbleLength = rng.between(14, 40);
  const plan = {
    turns,
    outer,
    inner,
    direction,
    turnRad: tilt + start,
    squash,
    corners,
    cornerShare,
    uneven,
  };
  return drawSpiral(rng, { ...plan, cornerTurnRad, wobbleMm, wobbleLength }, ANY_END);
}

/** What happens where a spiral ends. */
export interface SpiralEnds {
  /** How far the middle wanders off sideways, of the outer radius: usually at most, and in three of ten. */
  readonly offCentre: readonly [number, number];
  /** Share that runs off outwards at the end. */
  readonly runOff: number;
  /** Share drawn from outside inwards. */
  readonly inwards: number;
}

const ANY_END: SpiralEnds = { offCentre: [0.15, 0.5], runOff: 0.4, inwards: 0.15 };

/** Draws a spiral by its plan. */
export function drawSpiral(rng: Rng, plan: SpiralPlan, ends: SpiralEnds): Polyline {
  const { turns, outer, inner, direction, turnRad, squash, corners, cornerShare, cornerTurnRad } = plan;
  const count = Math.ceil((turns * Math.PI * (outer + inner)) / STEP_MM);
  const wobble = smoothNoise(rng, count, plan.wobbleLength / STEP_MM);
  // Some people wander off sideways until the turns touch.
  const [little, much] = ends.offCentre;
  const offCentre = rng.between(0, rng.chance(0.3) ? much : little) * outer;
  const runOff = rng.chance(ends.runOff) ? rng.between(0.04, 0.1) : 0;
  const shape = curve(count, (part, i) => {
    const angle = turns * 2 * Math.PI * part;
    let radius = inner + (outer - inner) * Math.pow(part, plan.uneven) + plan.wobbleMm * (wobble[i] ?? 0);
    if (corners > 0) radius *= 1 + cornerShare * (polygonRadius(angle + cornerTurnRad, corners) - 1);
    if (part > 1 - runOff) radius += outer * 0.35 * ((part - 1 + runOff) / runOff) ** 2 * (runOff / 0.1);
    const x = radius * Math.cos(angle) + offCentre * part;
    const y = squash * radius * Math.sin(angle) * direction;
    return [x * Math.cos(turnRad) - y * Math.sin(turnRad), x * Math.sin(turnRad) + y * Math.cos(turnRad)];
  });
  const rounded = corners > 0 ? smoothLine(shape, Math.round(rng.between(2, 12))) : shape;
  return rng.chance(ends.inwards) ? { x: rounded.x.toReversed(), y: rounded.y.toReversed() } : rounded;
}

/** Radius of a regular polygon of mean radius about 1 in the direction `angle`. */
function polygonRadius(angle: number, corners: number): number {
  const sector = (2 * Math.PI) / corners;
  const within = (((angle % sector) + sector) % sector) - sector / 2;
  return Math.cos(sector / 2.6) / Math.cos(within);
}

/** Length of one wave and half of its height, mm. */
export interface WaveSize {
  readonly waveLength: readonly [number, number];
  readonly height: readonly [number, number];
}

const ORDINARY_WAVE: WaveSize = { waveLength: [9, 26], height: [4, 11] };

/** A horizontal wave, 80–120 mm long; `sharp` ones are triangular, with corners rounded by up to 1 mm. */
export function waveShape(rng: Rng, size: WaveSize = ORDINARY_WAVE): Polyline {
  const length = rng.between(80, 120);
  const waveLength = rng.between(...size.waveLength);
  const height = rng.between(...size.height);
  const sharp = rng.chance(0.35);
  const phase = rng.between(0, 2 * Math.PI);
  const count = Math.ceil((length + (4 * height * length) / waveLength) / STEP_MM);
  const drift = smoothNoise(rng, count, rng.between(16, 40) / STEP_MM);
  const driftMm = rng.between(0.1, 1);
  const swell = smoothNoise(rng, count, count / rng.between(3, 8));
  const swellShare = rng.between(0.03, 0.2);
  const pace = smoothNoise(rng, count, count / rng.between(3, 8));
  const slope = rng.between(-0.06, 0.06);
  const shape = curve(count, (part, i) => {
    const angle = phase + (2 * Math.PI * length * (part + 0.015 * pace[i]!)) / waveLength;
    const swing = sharp ? (2 / Math.PI) * Math.asin(Math.sin(angle)) : Math.sin(angle);
    const x = length * part;
    return [x, slope * x + (1 + swellShare * swell[i]!) * height * swing + driftMm * drift[i]!];
  });
  return sharp ? smoothLine(shape, Math.round(rng.between(1, 5))) : shape;
}

/** A line of 50–110 mm, nearly straight, any direction within 30° of level or upright. */
export function lineShape(rng: Rng): Polyline {
  const length = rng.between(50, 110);
  const turn = rng.between(-0.5, 0.5) + (rng.chance(0.2) ? Math.PI / 2 : 0);
  const count = Math.ceil(length / STEP_MM);
  const drift = smoothNoise(rng, count, rng.between(18, 50) / STEP_MM);
  const driftMm = rng.between(0.1, 1);
  const bow = rng.between(-0.04, 0.04) * length;
  return curve(count, (part, i) => {
    const along = length * part;
    const across = bow * Math.sin(Math.PI * part) + driftMm * drift[i]!;
    return [
      along * Math.cos(turn) - across * Math.sin(turn),
      along * Math.sin(turn) + across * Math.cos(turn),
    ];
  });
}

/**
 * A row of joined loops ("elelel", "llll", "eeee"): two oscillations along a moving pen (Hollerbach 1981), with the
 * height stepping between small and tall loops.
 *
 * @param heightMm Height of the small loops.
 * @param talls Heights of the tall ones over the small ones', to pick from.
 */
export function loopsShape(
  rng: Rng,
  heightMm: number,
  lengthMm: number,
  talls: readonly number[] = [1, 1.9, 2.4],
): Polyline {
  const advance = heightMm * rng.between(0.55, 1.1);
  const loops = Math.max(3, Math.round(lengthMm / advance));
  const tall = rng.pick(talls);
  const pattern = rng.pick([1, 2, 2, 3]);
  const width = heightMm * rng.between(0.3, 0.6);
  const slant = rng.between(0, 0.7);
  const perLoop = Math.ceil((heightMm * 4) / STEP_MM);
  const count = loops * perLoop;
  const vary = smoothNoise(rng, count, perLoop * 0.8);
  const share = rng.between(0.03, 0.14);
  const shape = curve(count, (part) => {
    const angle = 2 * Math.PI * loops * part - Math.PI / 2;
    const index = Math.min(count - 1, Math.round(part * (count - 1)));
    const loop = Math.floor(loops * part);
    const size = (loop % pattern === pattern - 1 ? tall : 1) * (1 + share * vary[index]!);
    const up = heightMm * size * 0.5 * (1 + Math.sin(angle));
    return [advance * loops * part - width * Math.sqrt(size) * Math.cos(angle) + slant * up, -up];
  });
  return smoothLine(shape, Math.max(1, Math.round(perLoop * 0.06)));
}
