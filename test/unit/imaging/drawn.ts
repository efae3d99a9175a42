import { Rng } from '../../../src/base/rng.ts';
import type { GreyImage, InkMap } from '../../../src/imaging/images.ts';
import { rasterizeStrokes, type DrawnStroke } from '../../../src/imaging/rasterize.ts';

/** A function of the angle from the start, drawn as one stroke. */
export function strokeOf(count: number, at: (t: number) => readonly [number, number]): DrawnStroke {
  return {
    samples: Array.from({ length: count }, (_, i) => {
      const [x, y] = at(i / (count - 1));
      return { x, y };
    }),
  };
}

/** An Archimedean spiral of `turns` turns, outer radius 1 … `radius`, with a wobble of `wobble` at 12 waves a turn. */
export function spiralStroke(radius: number, turns = 3, wobble = 0): DrawnStroke {
  return strokeOf(800, (t) => {
    const angle = 2 * Math.PI * turns * t;
    const r = radius * (0.08 + 0.92 * t) + wobble * Math.sin(12 * angle);
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

/** Rows of letter-like arches: bodies `xHeight` high, every fourth letter with an ascender of twice the height. */
export function textStrokes(xHeight: number, lines = 4, letters = 24): DrawnStroke[] {
  const strokes: DrawnStroke[] = [];
  for (let line = 0; line < lines; line++) {
    const base = line * xHeight * 4;
    for (let word = 0; word < letters / 4; word++) {
      strokes.push(
        strokeOf(200, (t) => {
          const letter = Math.min(3, Math.floor(t * 4));
          const high = letter === 1 ? 2 * xHeight : xHeight;
          const phase = t * 4 - letter;
          return [
            (word * 5 + letter + phase) * xHeight * 0.9,
            base - (high * (1 - Math.cos(2 * Math.PI * phase))) / 2,
          ];
        }),
      );
    }
  }
  return strokes;
}

/** Rows of words like {@link textStrokes}, but no two alike, as a hand writes them. */
export function writtenStrokes(xHeight: number, lines = 4, words = 6): DrawnStroke[] {
  const rng = new Rng(`written/${xHeight}/${lines}/${words}`);
  return Array.from({ length: lines }, (_, line) => {
    let x = 0;
    return Array.from({ length: words }, () => {
      const letters = Array.from({ length: 2 + rng.int(4) }, () => ({
        wide: xHeight * rng.between(0.6, 1.2),
        high: xHeight * (rng.chance(0.25) ? rng.between(1.7, 2.2) : rng.between(0.8, 1.15)),
        lean: rng.between(-0.15, 0.35),
      }));
      const from = x;
      const starts = letters.map((_letter, i) =>
        letters.slice(0, i).reduce((sum, { wide }) => sum + wide, from),
      );
      x = from + letters.reduce((sum, { wide }) => sum + wide, 0) + xHeight * rng.between(0.7, 1.2);
      const base = line * xHeight * 4 + rng.between(-0.1, 0.1) * xHeight;
      return strokeOf(50 * letters.length, (t) => {
        const at = Math.min(letters.length - 1, Math.floor(t * letters.length));
        const phase = t * letters.length - at;
        const { wide, high, lean } = letters[at]!;
        const rise = (high * (1 - Math.cos(2 * Math.PI * phase))) / 2;
        return [starts[at]! + phase * wide + lean * rise, base - rise];
      });
    });
  }).flat();
}

/** Puts a drawing on paper of a given tone, light falling off to the right, ink `contrast` levels darker. */
export function onPaper(drawing: GreyImage, tone: number, contrast: number, falloff = 0): GreyImage {
  const data = Uint8Array.from(drawing.data, (value, i) => {
    const x = i % drawing.width;
    return Math.max(0, Math.round(tone - (falloff * x) / drawing.width - contrast * (1 - value / 255)));
  });
  return { width: drawing.width, height: drawing.height, data };
}

export function inkOf(width: number, height: number, at: (x: number, y: number) => number): InkMap {
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
  };
}

/** Ink of black-on-white pixels, without any normalisation. */
export function plainInk(grey: GreyImage): InkMap {
  return inkOf(grey.width, grey.height, (x, y) => 1 - grey.data[y * grey.width + x]! / 255);
}

/** A page with a spiral on it, or with four lines of writing: a pen of 3 pixels, margins of 40. */
export function spiralPage(radius: number): GreyImage {
  const drawn = rasterizeStrokes([spiralStroke(radius)], { pxPerUnit: 1, penWidthPx: 3, margin: 40 });
  return onPaper(drawn, 240, 190);
}

export function textPage(): GreyImage {
  const drawn = rasterizeStrokes(writtenStrokes(20, 4, 7), { pxPerUnit: 1, penWidthPx: 3, margin: 40 });
  return onPaper(drawn, 235, 170);
}
