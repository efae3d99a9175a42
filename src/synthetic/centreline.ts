/**
 * The path of the pen behind a letter that is given as a filled outline: thinned, then lines between the meeting points, joined where
 * one goes straight on into the other.
 */
import { vectorLength } from '../base/vector-length.ts';
import { fillOutlines } from './fill-outlines.ts';
import type { InkLayer } from './paint-strokes.ts';
import { boundsOf, resampleByLength, smoothLine, type Polyline } from './polyline.ts';
import { thin } from './thinning.ts';
import type { Bitmap } from './bitmap.ts';
import { traceLines, type TracedLine } from './trace-lines.ts';

/** Pixels an x-height at which letters are thinned: a pen of 0.1 x-heights is four wide. */
const PX_PER_X_HEIGHT = 40;
const MARGIN_PX = 2;
/** Lines that meet go on into each other where they turn by no more than this, radians. */
const MOST_TURN = 1.1;
/** How far from a meeting point a line's direction is taken, pixels. */
const LOOK_PX = 9;
/** Sigma of the smoothing that takes away the steps of pixels, pixels; a corner is rounded by less than a pen's width. */
const SMOOTH_PX = 2;
const STEP_PX = 1;

/**
 * Pen paths through the middle of a filled letter, in the order of writing from left to right; those that end at the right come last,
 * so that a script's next letter can begin there.
 *
 * @param rings Closed, filled by the non-zero rule, x-heights, y downwards.
 * @returns Open paths in x-heights; a dot is a short one. Empty for a letter without ink.
 */
export function centrelinesOf(rings: readonly Polyline[]): Polyline[] {
  if (rings.length === 0) return [];
  const bounds = boundsOf(rings);
  const left = bounds.left * PX_PER_X_HEIGHT - MARGIN_PX;
  const top = bounds.top * PX_PER_X_HEIGHT - MARGIN_PX;
  const layer = emptyLayer(
    Math.ceil(bounds.right * PX_PER_X_HEIGHT - left) + MARGIN_PX,
    Math.ceil(bounds.bottom * PX_PER_X_HEIGHT - top) + MARGIN_PX,
  );
  fillOutlines(
    rings.map((ring) => ({
      x: ring.x.map((v) => v * PX_PER_X_HEIGHT - left),
      y: ring.y.map((v) => v * PX_PER_X_HEIGHT - top),
    })),
    layer,
    1,
  );
  const ink = inkOf(layer);
  return joinLines(traceLines(thin(ink), ink))
    .map((line) => smoothLine(resampleByLength(line, STEP_PX), SMOOTH_PX))
    .map(forwards)
    .map((line) => ({
      x: line.x.map((v) => (v + left) / PX_PER_X_HEIGHT),
      y: line.y.map((v) => (v + top) / PX_PER_X_HEIGHT),
    }))
    .sort((a, b) => endOf(a) - endOf(b));
}

function emptyLayer(width: number, height: number): InkLayer {
  return { width, height, data: new Float32Array(width * height) };
}

function inkOf({ width, height, data }: InkLayer): Bitmap {
  const ink = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i]! >= 0.5) ink[i] = 1;
  return { width, height, data: ink };
}

/** From left to right, or down where it is steep: as most strokes are drawn. */
function forwards(line: Polyline): Polyline {
  const last = line.x.length - 1;
  const dx = line.x[last]! - line.x[0]!;
  const dy = line.y[last]! - line.y[0]!;
  const back = Math.abs(dy) > 2 * Math.abs(dx) ? dy < 0 : dx < 0;
  return back ? { x: line.x.slice().reverse(), y: line.y.slice().reverse() } : line;
}

function endOf(line: Polyline): number {
  return line.x[line.x.length - 1]!;
}

interface LineEnd {
  readonly line: number;
  /** True for the last point. */
  readonly atEnd: boolean;
  /** Direction away from the meeting point. */
  readonly dx: number;
  readonly dy: number;
}

/** At each meeting point the two lines that turn least go on into each other, then the next two. */
function joinLines(lines: readonly TracedLine[]): Polyline[] {
  const meetings = new Map<number, LineEnd[]>();
  lines.forEach(({ from, to, path }, line) => {
    for (const [node, atEnd] of [
      [from, false],
      [to, true],
    ] as const) {
      if (node < 0) continue;
      const ends = meetings.get(node) ?? [];
      ends.push({ line, atEnd, ...directionAt(path, atEnd) });
      meetings.set(node, ends);
    }
  });
  const goesOn = new Map<string, LineEnd>();
  for (const ends of meetings.values()) {
    const pairs = ends.flatMap((a, i) => ends.slice(i + 1).map((b) => ({ a, b, turn: turnOf(a, b) })));
    const taken = new Set<LineEnd>();
    for (const { a, b, turn } of pairs.sort((p, q) => p.turn - q.turn)) {
      if (turn > MOST_TURN || taken.has(a) || taken.has(b)) continue;
      taken.add(a).add(b);
      goesOn.set(keyOf(a.line, a.atEnd), b);
      goesOn.set(keyOf(b.line, b.atEnd), a);
    }
  }
  const used = new Set<number>();
  const joined: Polyline[] = [];
  // First what has an end of its own, then rings.
  const starts = lines.flatMap((_, line) => [
    { line, atEnd: false },
    { line, atEnd: true },
  ]);
  const free = starts.filter(({ line, atEnd }) => !goesOn.has(keyOf(line, atEnd)));
  for (const start of [...free, ...starts]) {
    if (used.has(start.line)) continue;
    joined.push(follow(lines, goesOn, used, start));
  }
  return joined;
}

function follow(
  lines: readonly TracedLine[],
  goesOn: ReadonlyMap<string, LineEnd>,
  used: Set<number>,
  start: { readonly line: number; readonly atEnd: boolean },
): Polyline {
  const xs: number[] = [];
  const ys: number[] = [];
  let at: { readonly line: number; readonly atEnd: boolean } | undefined = start;
  while (at !== undefined && !used.has(at.line)) {
    used.add(at.line);
    const { x, y } = lines[at.line]!.path;
    for (let i = 0; i < x.length; i++) {
      const k = at.atEnd ? x.length - 1 - i : i;
      if (i === 0 && xs.length > 0) continue;
      xs.push(x[k]!);
      ys.push(y[k]!);
    }
    at = goesOn.get(keyOf(at.line, !at.atEnd));
  }
  return { x: Float64Array.from(xs), y: Float64Array.from(ys) };
}

function keyOf(line: number, atEnd: boolean): string {
  return `${line}/${atEnd ? 1 : 0}`;
}

function directionAt({ x, y }: Polyline, atEnd: boolean): { readonly dx: number; readonly dy: number } {
  const last = x.length - 1;
  const near = atEnd ? last : 0;
  const far = atEnd ? Math.max(0, last - LOOK_PX) : Math.min(last, LOOK_PX);
  const dx = x[far]! - x[near]!;
  const dy = y[far]! - y[near]!;
  const length = vectorLength(dx, dy) || 1;
  return { dx: dx / length, dy: dy / length };
}

/** 0 where b goes straight on from a. */
function turnOf(a: LineEnd, b: LineEnd): number {
  return Math.acos(Math.min(1, Math.max(-1, -(a.dx * b.dx + a.dy * b.dy))));
}
