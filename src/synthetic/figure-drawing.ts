/** The figures of the app's own data: spirals, and in the group of waves also lines and rows of loops. */
import type { Rng } from '../base/rng.ts';
import type { Task, TaskGroup } from '../base/words.ts';
import { paperOf, type Drawing, type DrawingOptions } from './drawing-types.ts';
import { moveAlong, shakeHand } from './hand.ts';
import { bendToStyle, correctStrokes, drawHandStyle } from './hand-style.ts';
import { finishDrawing, visibleInFigure } from './pen-work.ts';
import { drawPenPicture } from './picture.ts';
import type { Polyline } from './polyline.ts';
import { drawSpiral, lineShape, loopsShape, spiralShape, waveShape, type WaveSize } from './shapes.ts';
import { drawTremorSettings } from './tremor.ts';
import { unevenHand } from './uneven-hand.ts';

/** Mean speed, mm/s; a hand's pace is over this. */
const SPEED: readonly [number, number] = [15, 80];
const SHAKY_SPEED: readonly [number, number] = [10, 55];
/** No hand draws a figure faster than this, mm/s. */
const MOST_SPEED = 200;
/** Half swing, mm. */
const ORDINARY_TREMOR_MM = [0.16, 1.2] as const;
/** Large tremor reaches up to the figure's own spacing. Few hands: a net that sees many loses the faint ones. */
const LARGE_TREMOR_SHARE = 0.16;
/** Of tremors with a rhythm, those that leave the line smooth. */
const EVEN_SHARE = 0.3;
const MOST_TREMOR_MM = 5;
const THICK_PEN = { share: 0.06, patchPx: [2.2, 3.6] } as const;

interface Figure {
  readonly task: Task;
  readonly group: Exclude<TaskGroup, 'writing'>;
  readonly curve: Polyline;
  /** Distance of neighbouring turns or waves, mm. */
  readonly spacingMm: number;
}

/** A spiral: free, or on a printed one. */
export function makeSpiral(rng: Rng, options: DrawingOptions): Drawing {
  return drawFigure(rng, options, planSpiral(rng));
}

/** A wave (45 of 100), a line (33) or a row of loops (22). */
export function makeWave(rng: Rng, options: DrawingOptions): Drawing {
  const chance = rng.next();
  return drawFigure(
    rng,
    options,
    chance < 0.22 ? planLoops(rng) : chance < 0.55 ? planLine(rng) : planWave(rng),
  );
}

function planSpiral(rng: Rng): Figure {
  const chance = rng.next();
  if (chance < 0.5) return { ...SPIRAL, curve: spiralShape(rng), spacingMm: 6 };
  const shared = {
    direction: rng.chance(0.5) ? 1 : -1,
    turnRad: rng.between(0, 2 * Math.PI),
    cornerTurnRad: rng.between(0, 2 * Math.PI),
    corners: 0,
    cornerShare: 0,
    wobbleLength: rng.between(14, 40),
  };
  if (chance < 0.75) {
    // Traced: even, tight, round as the print is.
    const turns = rng.between(2.5, 5.5);
    const outer = rng.between(18, 30);
    const inner = rng.between(0, 1.5);
    const even = { uneven: rng.between(0.97, 1.03), wobbleMm: rng.between(0.03, 0.4) };
    const curve = drawSpiral(
      rng,
      { ...shared, ...even, turns, outer, inner, squash: rng.between(0.9, 1) },
      { offCentre: [0.03, 0.06], runOff: 0.08, inwards: 0.1 },
    );
    return { ...SPIRAL, task: 'spiral-traced', curve, spacingMm: (outer - inner) / turns };
  }
  // Only a part, or one that is hardly round.
  const partial = chance < 0.86;
  const turns = partial ? rng.between(1.1, 2.3) : rng.between(2.2, 5);
  const outer = rng.between(15, 26);
  const inner = partial ? rng.between(0, 0.45) * outer : rng.between(0, 3);
  const corners = rng.chance(0.5) ? 3 + rng.int(4) : 0;
  const curve = drawSpiral(
    rng,
    {
      ...shared,
      turns,
      outer,
      inner,
      squash: rng.between(partial ? 0.7 : 0.42, partial ? 1 : 0.85),
      uneven: rng.between(0.75, 1.35),
      wobbleMm: rng.between(0.1, 1.2),
      corners,
      cornerShare: corners > 0 ? rng.between(0.5, 1) : 0,
    },
    { offCentre: [0.2, 0.5], runOff: 0.3, inwards: 0.15 },
  );
  return { ...SPIRAL, curve, spacingMm: (outer - inner) / turns };
}

const SPIRAL = { task: 'spiral-free', group: 'spiral' } as const;

/** Half cramped or wide ones. */
const WAVES: readonly WaveSize[] = [
  { waveLength: [9, 26], height: [4, 11] },
  { waveLength: [9, 26], height: [4, 11] },
  { waveLength: [5, 10], height: [2.5, 8] },
  { waveLength: [24, 60], height: [8, 18] },
];

function planWave(rng: Rng): Figure {
  const size = rng.pick(WAVES);
  return { task: 'wave', group: 'wave', curve: waveShape(rng, size), spacingMm: size.waveLength[1] };
}

function planLine(rng: Rng): Figure {
  return { task: 'line', group: 'wave', curve: lineShape(rng), spacingMm: 2 * MOST_TREMOR_MM };
}

/** Loops of 9–22 mm: a figure, where those of letters are writing. */
function planLoops(rng: Rng): Figure {
  const height = rng.between(9, 14);
  const curve = loopsShape(rng, height, rng.between(60, 115), [1, 1, 1.3, 1.6]);
  return { task: 'loops', group: 'wave', curve, spacingMm: height };
}

function drawFigure(rng: Rng, options: DrawingOptions, { task, group, curve, spacingMm }: Figure): Drawing {
  const style = drawHandStyle(rng, options.tremorLike, options.hand === 'careful');
  const curves = [bendToStyle(rng, style, unevenHand(rng, curve), 1)];
  const speed = Math.min(
    MOST_SPEED,
    style.pace * rng.logBetween(...(options.tremorLike ? SHAKY_SPEED : SPEED)),
  );
  const strokes = moveAlong(rng, curves, speed, 0.2);
  const visible = visibleInFigure(group, curves, options.range);
  const swing = rng.chance(LARGE_TREMOR_SHARE)
    ? ([ORDINARY_TREMOR_MM[1], largestSwing(spacingMm)] as const)
    : ORDINARY_TREMOR_MM;
  const shaken = shakeHand(rng, options.tremorLike, strokes, swing, visible, (own, low, high) =>
    drawTremorSettings(own, low, high, options.rhythm, EVEN_SHARE),
  );
  const drawn = correctStrokes(rng, style, shaken, 1);
  const subject = `writer:${task}:${rng.uint32().toString(36)}`;
  const thick = rng.chance(THICK_PEN.share) ? { penPatchPx: THICK_PEN.patchPx } : {};
  const picture = drawPenPicture(rng, drawn, group, null, { paper: paperOf(options), ...thick });
  return finishDrawing(options, { task, group, subject, careful: style.careful, strokes: drawn, ...picture });
}

/** Half a swing that just reaches the neighbouring turn, but a large one in any case. */
function largestSwing(spacingMm: number): number {
  return Math.min(MOST_TREMOR_MM, Math.max(2, 0.6 * spacingMm));
}
