/** A grey plane to paint on, for pictures that hold no handwriting. */
import type { Rng } from '../../../src/base/rng.ts';
import { blurGaussian } from '../../../src/imaging/gaussian.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import { resampleWindow } from '../../../src/imaging/resample.ts';
import { fillOutlines } from '../../../src/synthetic/fill-outlines.ts';
import type { OutlineFont } from '../../../src/synthetic/outline-font.ts';

/** Grey levels, 0 black … 255 white, row by row. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export type Point = readonly [number, number];

export function makeCanvas(width: number, height: number, grey: number): Canvas {
  const [w, h] = [Math.round(width), Math.round(height)];
  return { width: w, height: h, data: new Float32Array(w * h).fill(grey) };
}

/** A page of a random size and a pale grey. */
export function makePage(rng: Rng, shape: 'page' | 'wide' | 'square' = 'page'): Canvas {
  const long = rng.between(620, 1150);
  const short = long * (shape === 'square' ? 1 : rng.between(0.68, 0.8));
  const grey = rng.between(225, 254);
  return shape === 'wide' ? makeCanvas(long, short, grey) : makeCanvas(short, long, grey);
}

/** Fills a polygon by the even-odd rule. */
export function fillPolygon({ width, height, data }: Canvas, points: readonly Point[], grey: number): void {
  const ys = points.map(([, y]) => y);
  const first = Math.max(0, Math.ceil(Math.min(...ys) - 0.5));
  const last = Math.min(height - 1, Math.floor(Math.max(...ys) - 0.5));
  for (let row = first; row <= last; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    points.forEach(([x0, y0], i) => {
      const [x1, y1] = points[(i + 1) % points.length]!;
      if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    });
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.round(crossings[k]!));
      const to = Math.min(width, Math.round(crossings[k + 1]!));
      if (to > from) data.fill(grey, row * width + from, row * width + to);
    }
  }
}

export function fillBox(
  canvas: Canvas,
  left: number,
  top: number,
  width: number,
  height: number,
  grey: number,
): void {
  const from = Math.max(0, Math.round(left));
  const to = Math.min(canvas.width, Math.round(left + width));
  for (let y = Math.max(0, Math.round(top)); y < Math.min(canvas.height, Math.round(top + height)); y++) {
    if (to > from) canvas.data.fill(grey, y * canvas.width + from, y * canvas.width + to);
  }
}

/** A straight line of a width. */
export function drawLine(
  canvas: Canvas,
  [x0, y0]: Point,
  [x1, y1]: Point,
  width: number,
  grey: number,
): void {
  const length = Math.sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2) || 1;
  const nx = (-(y1 - y0) / length) * (width / 2);
  const ny = ((x1 - x0) / length) * (width / 2);
  fillPolygon(
    canvas,
    [
      [x0 + nx, y0 + ny],
      [x1 + nx, y1 + ny],
      [x1 - nx, y1 - ny],
      [x0 - nx, y0 - ny],
    ],
    grey,
  );
}

export function drawPath(canvas: Canvas, points: readonly Point[], width: number, grey: number): void {
  for (let i = 1; i < points.length; i++) {
    drawLine(canvas, points[i - 1]!, points[i]!, width, grey);
    if (width > 2) fillEllipse(canvas, points[i]!, width / 2, width / 2, 0, grey);
  }
}

export function ellipsePoints([cx, cy]: Point, a: number, b: number, angle: number, count = 28): Point[] {
  return Array.from({ length: count }, (_, i): Point => {
    const t = (2 * Math.PI * i) / count;
    const [u, v] = [a * Math.cos(t), b * Math.sin(t)];
    return [cx + u * Math.cos(angle) - v * Math.sin(angle), cy + u * Math.sin(angle) + v * Math.cos(angle)];
  });
}

export function fillEllipse(
  canvas: Canvas,
  centre: Point,
  a: number,
  b: number,
  angle: number,
  grey: number,
): void {
  fillPolygon(canvas, ellipsePoints(centre, a, b, angle, a + b > 8 ? 28 : 10), grey);
}

export interface Type {
  readonly font: OutlineFont;
  /** Height of the letter x, px. */
  readonly xHeight: number;
  readonly grey: number;
}

/** Prints a word, its baseline at `at`. @returns Its width, px. */
export function printWord(canvas: Canvas, text: string, [x, y]: Point, type: Type): number {
  const { font, xHeight, grey } = type;
  let pen = 0;
  const rings = [...text].flatMap((character) => {
    const glyph = font.glyphOf(character);
    if (glyph === null) {
      pen += 0.5;
      return [];
    }
    const left = pen;
    pen += glyph.advance;
    return glyph.rings.map((ring) => ({
      x: ring.x.map((v) => x + (left + v) * xHeight),
      y: ring.y.map((v) => y + v * xHeight),
    }));
  });
  const width = Math.ceil(pen * xHeight + 2 * xHeight);
  const top = Math.floor(y - 3 * xHeight);
  const left = Math.floor(x - xHeight);
  const layer = {
    width,
    height: Math.ceil(5 * xHeight),
    data: new Float32Array(width * Math.ceil(5 * xHeight)),
  };
  fillOutlines(
    rings.map((ring) => ({ x: ring.x.map((v) => v - left), y: ring.y.map((v) => v - top) })),
    layer,
    1,
  );
  for (let row = 0; row < layer.height; row++) {
    const to = top + row;
    if (to < 0 || to >= canvas.height) continue;
    for (let column = 0; column < width; column++) {
      const ink = layer.data[row * width + column]!;
      const at = left + column;
      if (ink === 0 || at < 0 || at >= canvas.width) continue;
      const place = to * canvas.width + at;
      canvas.data[place] = canvas.data[place]! * (1 - ink) + grey * ink;
    }
  }
  return pen * xHeight;
}

/** Adds noise whose power falls with frequency, as in pictures of nature. @param rms Of all octaves, grey levels. */
export function addClouds(rng: Rng, canvas: Canvas, rms: number, largest: number, smallest = 1): void {
  const octaves = Math.max(1, Math.round(Math.log2(largest / smallest)) + 1);
  let norm = 0;
  for (let k = 0; k < octaves; k++) norm += 0.7 ** (2 * k);
  const scale = rms / Math.sqrt(norm);
  for (let k = 0; k < octaves; k++) {
    const step = largest / 2 ** k;
    const columns = Math.ceil(canvas.width / step) + 2;
    const rows = Math.ceil(canvas.height / step) + 2;
    const knots = Float32Array.from({ length: columns * rows }, () => 1.5 * rng.normal());
    const window = { x: 0.5, y: 0.5, width: canvas.width / step, height: canvas.height / step };
    const plane =
      step <= 1 ? knots : resampleWindow(knots, columns, rows, window, canvas.width, canvas.height);
    const weight = scale * 0.7 ** k;
    for (let i = 0; i < canvas.data.length; i++) canvas.data[i] = canvas.data[i]! + weight * plane[i]!;
  }
}

export function addNoise(rng: Rng, canvas: Canvas, rms: number): void {
  for (let i = 0; i < canvas.data.length; i++) canvas.data[i] = canvas.data[i]! + rms * rng.normal();
}

/** What a camera or scanner makes of it: blur, uneven light, noise, 8 bits. */
export function scan(rng: Rng, canvas: Canvas, blurPx = rng.between(0.4, 1)): GreyImage {
  const { width, height } = canvas;
  const plane = blurGaussian(canvas.data, width, height, blurPx);
  const [slopeX, slopeY] = [6 * rng.normal(), 6 * rng.normal()];
  const noise = rng.logBetween(0.5, 4);
  const data = new Uint8Array(plane.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const light = slopeX * (x / width - 0.5) + slopeY * (y / height - 0.5);
      data[at] = Math.min(255, Math.max(0, Math.round(plane[at]! + light + noise * rng.normal())));
    }
  }
  return { width, height, data };
}
