/** What a press or printer makes: text, tables, codes, screened photographs. */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import { drawText } from '../../../src/synthetic/word-list.ts';
import { makePhotograph } from './textures.ts';
import {
  drawLine,
  drawPath,
  fillBox,
  fillEllipse,
  fillPolygon,
  makeCanvas,
  makePage,
  printWord,
  scan,
  type Canvas,
  type Point,
  type Type,
} from './canvas.ts';

export function pickType(rng: Rng, fonts: FontLibrary, xHeight: number): Type {
  const printed = fonts.outlineFonts.filter(({ handwriting }) => !handwriting);
  return { font: rng.pick(printed).open(), xHeight, grey: rng.between(10, 90) };
}

/** Lines of words between two margins. */
function setColumn(
  rng: Rng,
  canvas: Canvas,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  type: Type,
): void {
  const words = drawText(rng, 'train', 80);
  const lead = type.xHeight * rng.between(2.2, 3);
  let next = 0;
  for (let y = top + 2 * type.xHeight; y < bottom; y += lead) {
    const end = rng.chance(0.12) ? left + (right - left) * rng.between(0.2, 0.8) : right;
    for (let x = left; x < end;) {
      const word = words[next++ % words.length]!;
      if (x + word.length * type.xHeight * 1.1 > right) break;
      x += printWord(canvas, word, [x, y], type) + 0.6 * type.xHeight;
    }
  }
}

export function makePrintedPage(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng);
  const margin = canvas.width * rng.between(0.06, 0.15);
  const box = {
    left: margin,
    top: margin,
    right: canvas.width - margin,
    bottom: canvas.height * rng.between(0.5, 0.95),
  };
  setColumn(rng, canvas, box, pickType(rng, fonts, rng.logBetween(5.5, 13)));
  return scan(rng, canvas);
}

/** The same sentence on every line, numbered, with boxes to tick. */
export function makeForm(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng);
  const type = pickType(rng, fonts, rng.logBetween(6, 11));
  const text = drawText(rng, 'train', 7).join(' ');
  const lead = type.xHeight * rng.between(2.6, 4.5);
  const boxes = rng.chance(0.5);
  for (let i = 0, y = 80; y < canvas.height - 50; i++, y += lead) {
    printWord(canvas, `${i} ${text}`, [60, y], type);
    if (!boxes) continue;
    const side = 1.6 * type.xHeight;
    const x = canvas.width - 90;
    fillBox(canvas, x, y - side, side, side, 30);
    fillBox(canvas, x + 1.5, y - side + 1.5, side - 3, side - 3, 240);
  }
  return scan(rng, canvas);
}

export function makeTable(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, rng.chance(0.5) ? 'wide' : 'page');
  const type = pickType(rng, fonts, rng.logBetween(6, 11));
  const [columns, rows] = [3 + rng.int(5), 8 + rng.int(14)];
  const [left, top] = [40, 50];
  const [w, h] = [(canvas.width - 80) / columns, (canvas.height - 100) / rows];
  for (let c = 0; c <= columns; c++)
    drawLine(canvas, [left + c * w, top], [left + c * w, top + rows * h], 1.6, 60);
  for (let r = 0; r <= rows; r++)
    drawLine(canvas, [left, top + r * h], [left + columns * w, top + r * h], 1.6, 60);
  for (let i = 0; i < columns * rows; i++) {
    const at: Point = [left + (i % columns) * w + 6, top + (Math.floor(i / columns) + 0.7) * h];
    printWord(canvas, (rng.next() * 10 ** rng.int(5)).toFixed(rng.int(3)), at, type);
  }
  return scan(rng, canvas);
}

/** Columns of text, a headline and a screened photograph. */
export function makeNewspaper(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng);
  const headline = pickType(rng, fonts, rng.between(18, 32));
  printWord(canvas, drawText(rng, 'train', 3).join(' '), [40, 80], headline);
  const columns = 2 + rng.int(3);
  const gap = 20;
  const w = (canvas.width - 80 - gap * (columns - 1)) / columns;
  const photo = makePhotograph(rng);
  const photoHeight = canvas.height * rng.between(0.15, 0.35);
  screenPicture(canvas, photo, { left: 40, top: 120, width: w, height: photoHeight }, rng.between(4, 7));
  const type = pickType(rng, fonts, rng.between(5, 8));
  for (let c = 0; c < columns; c++) {
    const left = 40 + c * (w + gap);
    setColumn(
      rng,
      canvas,
      { left, top: c === 0 ? 130 + photoHeight : 120, right: left + w, bottom: canvas.height - 40 },
      type,
    );
  }
  return scan(rng, canvas);
}

/** Dots on a lattice, the larger the darker the photograph. */
function screenPicture(
  canvas: Canvas,
  photo: GreyImage,
  box: { left: number; top: number; width: number; height: number },
  pitch: number,
): void {
  for (let y = pitch / 2, row = 0; y < box.height; y += pitch, row++) {
    for (let x = ((row % 2) * pitch) / 2 + pitch / 4; x < box.width; x += pitch) {
      const column = Math.floor((x / box.width) * photo.width);
      const at = Math.floor((y / box.height) * photo.height) * photo.width + column;
      const radius = pitch * 0.68 * Math.sqrt(1 - photo.data[at]! / 255);
      if (radius > 0.5) fillEllipse(canvas, [box.left + x, box.top + y], radius, radius, 0, 30);
    }
  }
}

export function makeHalftone(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  const box = { left: 0, top: 0, width: canvas.width, height: canvas.height };
  screenPicture(canvas, makePhotograph(rng), box, rng.between(5, 12));
  return scan(rng, canvas);
}

/** Light letters on a dark window, as on a screen. */
export function makeScreenText(rng: Rng, fonts: FontLibrary): GreyImage {
  const dark = rng.chance(0.6);
  const canvas = makeCanvas(rng.between(700, 1100), rng.between(450, 700), dark ? rng.between(10, 50) : 248);
  const type = {
    ...pickType(rng, fonts, rng.between(7, 12)),
    grey: dark ? rng.between(190, 245) : rng.between(10, 70),
  };
  fillBox(canvas, 0, 0, canvas.width, 30, dark ? 70 : 205);
  for (let y = 70; y < canvas.height - 15; y += type.xHeight * 2.6) {
    if (rng.chance(0.15)) continue;
    const indent = 30 + rng.int(4) * 4 * type.xHeight;
    const words = drawText(rng, 'train', 2 + rng.int(6)).map(
      (word) => `${word}${rng.pick(['(', ')', ';', '=', ''])}`,
    );
    printWord(canvas, words.join(' '), [indent, y], type);
  }
  return scan(rng, canvas, 0.3);
}

export function makeChecks(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const side = rng.logBetween(12, 90);
  for (let y = 0; y * side < canvas.height; y++) {
    for (let x = y % 2; x * side < canvas.width; x += 2) fillBox(canvas, x * side, y * side, side, side, 20);
  }
  return scan(rng, canvas);
}

export function makeQrCode(rng: Rng): GreyImage {
  const count = 21 + 4 * rng.int(5);
  const cell = rng.between(5, 18);
  const margin = rng.between(2, 6) * cell;
  const canvas = makeCanvas(count * cell + 2 * margin, count * cell + 2 * margin, 245);
  for (let i = 0; i < count * count; i++) {
    if (rng.chance(0.5)) {
      fillBox(canvas, margin + (i % count) * cell, margin + Math.floor(i / count) * cell, cell, cell, 20);
    }
  }
  for (const [x, y] of [
    [0, 0],
    [count - 7, 0],
    [0, count - 7],
  ] as const) {
    for (const [inset, grey] of [
      [-1, 245],
      [0, 20],
      [1, 245],
      [2, 20],
    ] as const) {
      const side = (7 - 2 * inset) * cell;
      fillBox(canvas, margin + (x + inset) * cell, margin + (y + inset) * cell, side, side, grey);
    }
  }
  return scan(rng, canvas);
}

export function makeBarcode(rng: Rng, fonts: FontLibrary): GreyImage {
  const unit = rng.between(2, 6);
  const canvas = makeCanvas(110 * unit, rng.between(30, 80) * unit, 245);
  for (let x = 8 * unit; x < 100 * unit;) {
    const width = (1 + rng.int(4)) * unit;
    fillBox(canvas, x, 5 * unit, width, canvas.height - 18 * unit, 20);
    x += width + (1 + rng.int(4)) * unit;
  }
  const digits = Array.from({ length: 13 }, () => rng.int(10)).join('');
  printWord(canvas, digits, [10 * unit, canvas.height - 3 * unit], pickType(rng, fonts, 4.5 * unit));
  return scan(rng, canvas);
}

export function makeBlocks(rng: Rng): GreyImage {
  const canvas = makePage(rng, rng.pick(['page', 'wide', 'square']));
  for (let i = 0; i < 1 + rng.int(8); i++) {
    const [w, h] = [canvas.width * rng.between(0.05, 0.5), canvas.height * rng.between(0.03, 0.4)];
    fillBox(
      canvas,
      rng.between(0, canvas.width - w),
      rng.between(0, canvas.height - h),
      w,
      h,
      rng.between(5, 90),
    );
  }
  return scan(rng, canvas);
}

/** Solid signs: stars, arrows, hearts, discs. */
export function makeIcons(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const perRow = 2 + rng.int(5);
  const cell = canvas.width / perRow;
  for (let i = 0; i < perRow * Math.floor(canvas.height / cell); i++) {
    const centre: Point = [((i % perRow) + 0.5) * cell, (Math.floor(i / perRow) + 0.5) * cell];
    drawSign(rng, canvas, centre, cell * rng.between(0.2, 0.38));
  }
  return scan(rng, canvas);
}

function drawSign(rng: Rng, canvas: Canvas, [cx, cy]: Point, r: number): void {
  const turn = rng.between(0, 2 * Math.PI);
  const points = 3 + rng.int(4);
  const inner = rng.pick([0.4, 0.55, 1]);
  const ring = Array.from({ length: 2 * points }, (_, i): Point => {
    const radius = i % 2 === 0 ? r : r * inner;
    const angle = turn + (Math.PI * i) / points;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
  });
  const grey = rng.between(10, 80);
  if (rng.chance(0.6)) fillPolygon(canvas, ring, grey);
  else fillEllipse(canvas, [cx, cy], r, r * rng.between(0.4, 1), turn, grey);
  if (rng.chance(0.4)) fillEllipse(canvas, [cx, cy], 0.4 * r, 0.4 * r, 0, 240);
}

/** Rubber stamps: rings with words, a date, worn ink. */
export function makeStamps(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  for (let i = 0; i < 3 + rng.int(6); i++) {
    const r = rng.between(50, 120);
    const [cx, cy] = [rng.between(r, canvas.width - r), rng.between(r, canvas.height - r)];
    const grey = rng.between(50, 150);
    for (const [radius, width] of [
      [r, 4],
      [0.7 * r, 2],
    ] as const) {
      const ring = Array.from({ length: 61 }, (_, k): Point => {
        const angle = (2 * Math.PI * k) / 60;
        return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
      });
      drawPath(canvas, ring, width, grey);
    }
    const type = { ...pickType(rng, fonts, r * 0.14), grey };
    printWord(
      canvas,
      rng.pick(['PAID', 'COPY', 'RECEIVED', '12 MAR 1998', 'ARCHIVE']),
      [cx - 0.5 * r, cy + 0.07 * r],
      type,
    );
  }
  return scan(rng, canvas);
}
