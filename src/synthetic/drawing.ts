/** One synthetic sample: what was meant, how the hand shook, and how it looks on paper. */
import type { Rng } from '../base/rng.ts';
import type { SyntheticKind } from '../base/words.ts';
import { paperOf, type Drawing, type DrawingOptions } from './drawing-types.ts';
import { makeSpiral, makeWave } from './figure-drawing.ts';
import { pickFont } from './pen-work.ts';
import { drawTextPicture } from './picture.ts';
import { makeStudyHandwriting, makeStudySpiral, makeStudyWave } from './study-drawing.ts';
import { drawText } from './word-list.ts';
import { makeHandwriting } from './writing-drawing.ts';

export { LEAST_TREMOR_PX, leastTremorPx } from './drawing-types.ts';
export type { BumpTrace, Drawing, DrawingOptions } from './drawing-types.ts';

/** Makes one drawing of a kind. The same random state gives the same drawing. */
export function makeDrawing(kind: SyntheticKind, rng: Rng, options: DrawingOptions): Drawing {
  const { range } = options;
  if (kind === 'fonts') return makeFontDrawing(rng, options);
  if (range !== undefined) {
    const study = { ...options, range };
    switch (kind) {
      case 'handwriting':
        return makeStudyHandwriting(rng, study);
      case 'spiral':
        return makeStudySpiral(rng, study);
      case 'wave':
        return makeStudyWave(rng, study);
    }
  }
  switch (kind) {
    case 'handwriting':
      return makeHandwriting(rng, options);
    case 'spiral':
      return makeSpiral(rng, options);
    case 'wave':
      return makeWave(rng, options);
  }
}

function makeFontDrawing(rng: Rng, options: DrawingOptions): Drawing {
  const part = options.part ?? 'train';
  const handwriting = rng.chance(0.55);
  const fonts = options.fonts.outlineFonts.filter((entry) => entry.handwriting === handwriting);
  const font = pickFont(rng, fonts, part).open();
  const words = drawText(rng, part, 60);
  const grey = drawTextPicture(rng, font, words, {
    shaky: options.tremorLike,
    range: options.range,
    paper: paperOf(options),
  });
  return {
    grey,
    recording: null,
    label: options.tremorLike ? 'tremor-like' : 'regular',
    careful: false,
    subject: `font:${font.name}`,
    group: 'writing',
    task: 'text',
    pxPerMm: null,
    bumps: null,
  };
}
