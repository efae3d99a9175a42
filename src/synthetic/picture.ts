/** From movement or letters to a scanned-looking picture at a plausible size. */
import type { Rng } from '../base/rng.ts';
import { vectorLength } from '../base/vector-length.ts';
import type { TaskGroup } from '../base/words.ts';
import { PATCH_SIDE, type GreyImage } from '../imaging/images.ts';
import type { OutlineFont } from './outline-font.ts';
import type { StudyRange } from './study-range.ts';
import { fillOutlines } from './fill-outlines.ts';
import {
  drawPageLook,
  drawRoughLook,
  inkAlong,
  plainLook,
  type PageLook,
  type Paper,
  type PenKind,
} from './page-look.ts';
import { paintStrokes, type InkLayer, type InkStroke } from './paint-strokes.ts';
import { boundsOf } from './polyline.ts';
import { renderPage } from './render-page.ts';
import type { ShakenStroke } from './shaken-pen.ts';
import { smoothNoise } from './smooth-noise.ts';
import { setBlock, shakeOutlines, type OutlineShake } from './text-block.ts';

export interface PenPicture {
  readonly grey: GreyImage;
  readonly pxPerMm: number;
  /** Place of (0, 0) mm in the picture. */
  readonly originPx: readonly [number, number];
}

/** Patch pixels per mm (figures) or per x-height (writing) at the groups' normal size; pens are chosen in patch pixels. */
const PATCH_PX_PER_MM = 2.7;
const PATCH_PX_PER_X_HEIGHT = 14;
const PEN_PATCH_PX = [0.8, 2.2] as const;

/** What is otherwise drawn by chance: a paper, or size and pen on plain white paper. */
export type PictureChoice =
  | {
      readonly paper: Paper;
      /** Width of the pen in patch pixels at the group's normal size; an ordinary one's unless given. */
      readonly penPatchPx?: readonly [number, number];
    }
  | {
      readonly pxPerMm: number;
      readonly pen: PenKind;
    };

const ANY_PAPER: PictureChoice = { paper: 'any' };

/** Draws strokes with a pen and a page look of its own. @param xHeightMm Letters' height; null for figures. */
export function drawPenPicture(
  rng: Rng,
  strokes: readonly ShakenStroke[],
  group: TaskGroup,
  xHeightMm: number | null,
  choice: PictureChoice = ANY_PAPER,
): PenPicture {
  const bounds = boundsOf(strokes.map(({ xMm, yMm }) => ({ x: xMm, y: yMm })));
  const widthMm = bounds.right - bounds.left;
  const heightMm = bounds.bottom - bounds.top;
  const longMm = Math.max(widthMm, heightMm, 1);
  const pxPerMm =
    'pxPerMm' in choice
      ? choice.pxPerMm
      : xHeightMm !== null
        ? rng.logBetween(12, 26) / xHeightMm
        : group === 'spiral'
          ? rng.between(190, 330) / longMm
          : rng.logBetween(2.9, 5.5);
  const patchPx = xHeightMm === null ? PATCH_PX_PER_MM : PATCH_PX_PER_X_HEIGHT / xHeightMm;
  const penPatchPx = ('penPatchPx' in choice ? choice.penPatchPx : undefined) ?? PEN_PATCH_PX;
  const penPx = Math.max(1, (rng.logBetween(...penPatchPx) * pxPerMm) / patchPx);
  const margin = penPx + (rng.chance(0.5) ? rng.between(1, 6) : rng.between(6, 30));
  const originPx = [margin - bounds.left * pxPerMm, margin - bounds.top * pxPerMm] as const;
  const layer = emptyLayer(widthMm * pxPerMm + 2 * margin, heightMm * pxPerMm + 2 * margin);
  const look = 'pen' in choice ? plainLook(choice.pen) : drawLook(rng, choice.paper, 5.5 * pxPerMm);
  paintStrokes(
    strokes.map((stroke) => inkStroke(rng, stroke, pxPerMm, originPx, penPx, look)),
    layer,
  );
  return { grey: renderPage(rng, layer, look), pxPerMm, originPx };
}

export interface TextChoice {
  readonly shaky: boolean;
  /** The app's own unless given. */
  readonly range?: Pick<StudyRange, 'letterPx' | 'outlinePx' | 'outlineWavelengthPx'> | undefined;
  /** `any` unless given. */
  readonly paper?: Paper | undefined;
}

/** Draws a block of printed or script text. */
export function drawTextPicture(
  rng: Rng,
  font: OutlineFont,
  words: readonly string[],
  { shaky, range, paper = 'any' }: TextChoice,
): GreyImage {
  const xHeightPx = rng.logBetween(...(range?.letterPx ?? ([12, 26] as const)));
  const small = rng.chance(0.2);
  const letters = setBlock(rng, font, words, {
    xHeightPx,
    ...(range === undefined
      ? {
          widthPx: xHeightPx * rng.between(small ? 8 : 11, 18),
          lines: small ? 1 + rng.int(2) : 3 + rng.int(2),
        }
      : blockOfOnePatch(xHeightPx)),
    lineGap: rng.between(2.1, 3.2),
    slant: rng.between(-0.1, 0.35),
    stretch: rng.between(0.85, 1.2),
    letterGap: font.handwriting ? rng.between(-0.01, 0.02) : rng.between(0, 0.12),
  });
  const nativePerPatch = range === undefined ? xHeightPx / PATCH_PX_PER_X_HEIGHT : 1;
  const drawn = shaky
    ? shakeOutlines(rng, letters, scaled(shakeOf(rng, font, range), nativePerPatch))
    : letters;
  const bounds = boundsOf(drawn.flat());
  const margin = rng.between(3, 20);
  const layer = emptyLayer(bounds.right - bounds.left + 2 * margin, bounds.bottom - bounds.top + 2 * margin);
  const ink = rng.between(0.75, 1);
  for (const rings of drawn) {
    const placed = rings.map((ring) => ({
      x: ring.x.map((v) => v + margin - bounds.left),
      y: ring.y.map((v) => v + margin - bounds.top),
    }));
    fillOutlines(placed, layer, ink);
  }
  return renderPage(rng, layer, drawLook(rng, paper, xHeightPx * 2.5));
}

function drawLook(rng: Rng, paper: Paper, rulingGapPx: number): PageLook {
  switch (paper) {
    case 'any':
      return drawPageLook(rng, rulingGapPx);
    case 'rough':
      return drawRoughLook(rng, rulingGapPx);
    case 'plain':
      return plainLook('screen');
  }
}

/** As much text as one patch has room for. */
function blockOfOnePatch(xHeightPx: number): { widthPx: number; lines: number } {
  return {
    widthPx: 0.95 * PATCH_SIDE,
    lines: Math.max(1, Math.floor((0.95 * PATCH_SIDE) / (2.6 * xHeightPx))),
  };
}

/** In patch pixels. */
function shakeOf(rng: Rng, font: OutlineFont, range: TextChoice['range']): OutlineShake {
  return range === undefined ? drawShake(rng, font) : studyShake(rng, font, range);
}

/**
 * Bumps of 6–16 patch pixels. A thin line bends by up to 3.2 px, but by no more than a sixth of the bumps' length:
 * beyond that the plane would fold. A thick line's edges bend by 1.1–1.9 px each, or they would cut it in two.
 */
function drawShake(rng: Rng, font: OutlineFont): OutlineShake {
  const mode = font.handwriting || rng.chance(0.6) ? 'line' : 'edge';
  const wavelengthPx = rng.between(6, mode === 'edge' ? 12 : 16);
  const amplitudePx =
    mode === 'edge' ? rng.between(1.1, 1.9) : Math.min(wavelengthPx / 6, rng.between(1.2, 3.2));
  return { mode, amplitudePx, wavelengthPx };
}

/**
 * The whole range of amplitudes. Bumps are at least four times as long as high, or the line would be a blot; a thin line bends
 * as a whole, or it would be cut in pieces.
 */
function studyShake(
  rng: Rng,
  font: OutlineFont,
  { outlinePx, outlineWavelengthPx }: NonNullable<TextChoice['range']>,
): OutlineShake {
  const amplitudePx = rng.between(...outlinePx);
  const [shortest, longest] = outlineWavelengthPx;
  const wavelengthPx = rng.between(Math.max(shortest, 4 * amplitudePx), longest);
  return { mode: font.handwriting || rng.chance(0.5) ? 'line' : 'edge', amplitudePx, wavelengthPx };
}

function scaled({ mode, amplitudePx, wavelengthPx }: OutlineShake, by: number): OutlineShake {
  return { mode, amplitudePx: amplitudePx * by, wavelengthPx: wavelengthPx * by };
}

function emptyLayer(width: number, height: number): InkLayer {
  const w = Math.max(16, Math.ceil(width));
  const h = Math.max(16, Math.ceil(height));
  return { width: w, height: h, data: new Float32Array(w * h) };
}

/** Pen marks of a stroke: points about 0.8 px apart, width and darkness changing with the hand's pressure. */
function inkStroke(
  rng: Rng,
  stroke: ShakenStroke,
  pxPerMm: number,
  [originX, originY]: readonly [number, number],
  penPx: number,
  look: PageLook,
): InkStroke {
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < stroke.xMm.length; i++) {
    const x = stroke.xMm[i]! * pxPerMm + originX;
    const y = stroke.yMm[i]! * pxPerMm + originY;
    const last = xs.length - 1;
    if (last >= 0 && i < stroke.xMm.length - 1) {
      const dx = x - xs[last]!;
      const dy = y - ys[last]!;
      if (dx * dx + dy * dy < 0.64) continue;
    }
    xs.push(x);
    ys.push(y);
  }
  const count = xs.length;
  const widthPx = smoothNoise(rng, count, Math.max(3, 30 * (penPx / 2)));
  roughen(rng, xs, ys, look.pen === 'screen' ? 0 : rng.between(0, look.pen === 'pencil' ? 0.75 : 0.3));
  const nib = look.pen === 'ink' ? 0.45 : 0;
  const spread = look.pen === 'screen' ? 0 : look.pen === 'ballpoint' ? 0.08 : 0.14;
  for (let i = 0; i < count; i++) {
    // A dip pen spreads on strokes that are pulled down.
    const before = Math.max(0, i - 2);
    const after = Math.min(count - 1, i + 2);
    const down = ys[after]! - ys[before]!;
    const length = vectorLength(xs[after]! - xs[before]!, down) || 1;
    const pull = nib * Math.max(0, down / length) - nib * 0.3;
    widthPx[i] = penPx * Math.max(0.4, 1 + spread * widthPx[i]! + pull);
  }
  const ink = inkAlong(rng, count, 60, look.pen);
  return { x: Float64Array.from(xs), y: Float64Array.from(ys), widthPx, ink };
}

/**
 * Makes a line ragged as the paper's grain does: its points are shifted by up to about `size` pixels, without memory
 * over more than 2–3 pixels, which no hand can do.
 */
function roughen(rng: Rng, xs: number[], ys: number[], size: number): void {
  if (size === 0) return;
  const dx = smoothNoise(rng, xs.length, rng.between(1.5, 3));
  const dy = smoothNoise(rng, xs.length, rng.between(1.5, 3));
  for (let i = 0; i < xs.length; i++) {
    xs[i]! += size * dx[i]!;
    ys[i]! += size * dy[i]!;
  }
}
