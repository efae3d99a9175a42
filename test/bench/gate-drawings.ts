/** True drawings, plain and spoilt as pages come: for the bench of the gate and for its tests. */
import type { Rng } from '../../src/base/rng.ts';
import type { SyntheticKind, TaskGroup } from '../../src/base/words.ts';
import type { GreyImage } from '../../src/imaging/images.ts';
import { resampleWindow } from '../../src/imaging/resample.ts';
import { turnQuarter } from '../../src/imaging/turn-grey.ts';
import { makeDrawing } from '../../src/synthetic/drawing.ts';
import type { FontLibrary } from '../../src/synthetic/font-library.ts';
import { addNoise, makeCanvas } from './no-writing/canvas.ts';

export interface TrueDrawing {
  /** `printed` for letters of a printed font, which are no drawing; `script` for those of a font like handwriting. */
  readonly kind: 'spiral' | 'wave' | 'handwriting' | 'script' | 'printed';
  readonly group: TaskGroup;
  readonly tremorLike: boolean;
  readonly grey: GreyImage;
}

const SIZES = [0.8, 1, 1, 1.5, 2.5] as const;

/** One drawing on paper of any kind, at 80–250 % of the simulation's size. */
export function makeTrueDrawing(kind: SyntheticKind, rng: Rng, fonts: FontLibrary): TrueDrawing {
  const tremorLike = rng.chance(0.5);
  const part = rng.pick(['train', 'validation', 'test'] as const);
  const paper = rng.pick(['any', 'any', 'rough'] as const);
  const drawing = makeDrawing(kind, rng, { tremorLike, fonts, part, paper, withRecording: false });
  const printed = fonts.outlineFonts.some(
    ({ name, handwriting }) => !handwriting && drawing.subject === `font:${name}`,
  );
  return {
    kind: kind === 'fonts' ? (printed ? 'printed' : 'script') : kind,
    group: drawing.group,
    tremorLike,
    grey: scaleGrey(drawing.grey, rng.pick(SIZES)),
  };
}

/** Enlarges or reduces a picture; its border goes on beyond it. */
export function scaleGrey(grey: GreyImage, by: number): GreyImage {
  if (by === 1) return grey;
  const padded = padGrey(grey, 1, null);
  const [width, height] = [Math.round(grey.width * by), Math.round(grey.height * by)];
  const window = { x: 1, y: 1, width: grey.width, height: grey.height };
  const plane = resampleWindow(padded.data, padded.width, padded.height, window, width, height);
  return { width, height, data: Uint8Array.from(plane, (value) => Math.round(value)) };
}

/** Puts a border around a picture. @param tone null: its own border goes on. */
export function padGrey({ width, height, data }: GreyImage, by: number, tone: number | null): GreyImage {
  const out = { width: width + 2 * by, height: height + 2 * by };
  const padded = new Uint8Array(out.width * out.height);
  for (let y = 0, at = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++, at++) {
      const [u, v] = [x - by, y - by];
      const inside = u >= 0 && v >= 0 && u < width && v < height;
      const column = Math.min(width - 1, Math.max(0, u));
      padded[at] =
        inside || tone === null ? data[Math.min(height - 1, Math.max(0, v)) * width + column]! : tone;
    }
  }
  return { ...out, data: padded };
}

/** Light ink on a dark ground, as a negative or a blackboard. */
export function darken({ width, height, data }: GreyImage): GreyImage {
  return { width, height, data: data.map((value) => Math.round(20 + 0.85 * (255 - value))) };
}

/** The sheet on a darker desk, turned a little and seen from a little aside. */
export function layOnDesk(grey: GreyImage, rng: Rng): GreyImage {
  const sheet = padGrey(grey, Math.round(0.08 * Math.max(grey.width, grey.height)), null);
  const room = rng.between(0.06, 0.25) * Math.max(sheet.width, sheet.height);
  const angle = rng.between(-0.15, 0.15);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(Math.abs(sheet.width * cos) + Math.abs(sheet.height * sin) + 2 * room);
  const height = Math.ceil(Math.abs(sheet.width * sin) + Math.abs(sheet.height * cos) + 2 * room);
  const desk = makeCanvas(width, height, rng.between(20, 110));
  addNoise(rng, desk, rng.between(1, 5));
  const [tiltX, tiltY] = [rng.between(-0.08, 0.08) / sheet.width, rng.between(-0.08, 0.08) / sheet.height];
  for (let y = 0, at = 0; y < desk.height; y++) {
    for (let x = 0; x < desk.width; x++, at++) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const depth = 1 + tiltX * dx + tiltY * dy;
      const u = (dx * cos + dy * sin) / depth + sheet.width / 2 - 0.5;
      const v = (dy * cos - dx * sin) / depth + sheet.height / 2 - 0.5;
      if (u < 0 || v < 0 || u >= sheet.width - 1 || v >= sheet.height - 1) continue;
      desk.data[at] = between(sheet, u, v);
    }
  }
  return {
    ...desk,
    data: Uint8Array.from(desk.data, (value) => Math.min(255, Math.max(0, Math.round(value)))),
  };
}

function between({ width, data }: GreyImage, u: number, v: number): number {
  const at = Math.floor(v) * width + Math.floor(u);
  const [a, b] = [u - Math.floor(u), v - Math.floor(v)];
  const upper = data[at]! * (1 - a) + data[at + 1]! * a;
  const lower = data[at + width]! * (1 - a) + data[at + width + 1]! * a;
  return upper * (1 - b) + lower * b;
}

/** Prints strong lines on the paper, over the whole sheet, a little aslant. */
export function printRules(grey: GreyImage, rng: Rng, squared: boolean): GreyImage {
  const sheet = padGrey(grey, Math.round(0.1 * Math.max(grey.width, grey.height)), null);
  const data = Float32Array.from(sheet.data);
  const long = Math.max(sheet.width, sheet.height);
  const gap = Math.max(squared ? 8 : 14, long * rng.between(0.025, 0.06));
  const strength = rng.between(0.35, 0.65);
  const thick = Math.max(1, (long / 900) * rng.between(0.9, 1.6));
  const slope = rng.between(-0.02, 0.02);
  const offset = rng.between(0, gap);
  for (let y = 0, at = 0; y < sheet.height; y++) {
    for (let x = 0; x < sheet.width; x++, at++) {
      const across = ((((y - slope * x - offset) % gap) + gap) % gap) - gap / 2;
      const down = ((((x + slope * y - offset) % gap) + gap) % gap) - gap / 2;
      const distance = squared ? Math.min(Math.abs(across), Math.abs(down)) : Math.abs(across);
      const line = Math.min(1, Math.max(0, thick / 2 + 0.5 - distance));
      data[at] = Math.min(data[at]!, data[at]! * (1 - line) + line * (1 - strength) * 225);
    }
  }
  return { ...sheet, data: Uint8Array.from(data, (value) => Math.round(value)) };
}

export function laySideways(grey: GreyImage): GreyImage {
  return turnQuarter(grey);
}
