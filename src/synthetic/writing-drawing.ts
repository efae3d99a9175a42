/** Handwriting of the app's own data: pages, sentences, single words, signatures and rows of loops as they are practised. */
import type { Rng } from '../base/rng.ts';
import type { Task } from '../base/words.ts';
import { paperOf, type Drawing, type DrawingOptions } from './drawing-types.ts';
import type { FontLibrary, Part } from './font-library.ts';
import { moveAlong, shakeHand } from './hand.ts';
import { bendToStyle, correctStrokes, drawHandStyle, type HandStyle } from './hand-style.ts';
import { finishDrawing, pickFont, visibleInWriting } from './pen-work.ts';
import { drawPenPicture } from './picture.ts';
import type { Polyline } from './polyline.ts';
import { drawFlourish } from './flourish.ts';
import { drawTremorSettings } from './tremor.ts';
import { drawPageMarks } from './uneven-hand.ts';
import { drawText } from './word-list.ts';
import { makeWriter, writeBlock, type Writer } from './writer.ts';

/** Mean speed, mm/s, at an x-height of 3 mm; a hand's pace is over this. */
const SPEED = [10, 34] as const;
/** Half swing over the x-height. */
const ORDINARY_TREMOR = [0.06, 0.16] as const;
/** Up to more than twice as far as the letters are tall, from one side to the other. Half of all: large swings look like other letters. */
const LARGE_TREMOR = [0.16, 1.2] as const;
const LARGE_TREMOR_SHARE = 0.5;
/** Of tremors with a rhythm, those that leave the line smooth. */
const EVEN_SHARE = 0.5;
/** Styles of hands are those of figures in mm. x-heights a mm of them: the same in patch pixels. */
const STYLE_X_HEIGHTS = 0.16;
/** Letters turn more sharply than figures. */
const SHORTER_PIECES = 0.35;

interface Writing {
  /** Of the font. */
  readonly name: string;
  readonly task: Task;
  readonly writer: Writer;
  /** In mm. */
  readonly curves: readonly Polyline[];
  /** Over the mean speed of ordinary writing. */
  readonly pace: number;
  /** Share of pens that are thick for their letters. */
  readonly thickShare: number;
}

/** Three of five are pages of text. */
export function makeHandwriting(rng: Rng, options: DrawingOptions): Drawing {
  const part = options.part ?? 'train';
  const ofFigures = drawHandStyle(rng, options.tremorLike, options.hand === 'careful');
  const style = { ...ofFigures, pieces: SHORTER_PIECES * ofFigures.pieces };
  const writing = planWriting(rng, options.fonts, part, style);
  const { writer, task, name } = writing;
  const subject = `writer:${name}:${rng.uint32().toString(36)}`;
  const unitMm = STYLE_X_HEIGHTS * writer.xHeightMm;
  const curves = writing.curves.map((curve) => bendToStyle(rng, style, curve, unitMm));
  const speed = rng.logBetween(...SPEED) * (writer.xHeightMm / 3) * writing.pace * style.pace;
  const strokes = moveAlong(rng, curves, speed, 0.15);
  const [low, high] = rng.chance(LARGE_TREMOR_SHARE) ? LARGE_TREMOR : ORDINARY_TREMOR;
  const tremorMm = [low * writer.xHeightMm, high * writer.xHeightMm] as const;
  const visible = visibleInWriting(writer.xHeightMm, options.range);
  const shaken = shakeHand(rng, options.tremorLike, strokes, tremorMm, visible, (own, from, to) =>
    drawTremorSettings(own, from, to, options.rhythm, EVEN_SHARE),
  );
  const drawn = correctStrokes(rng, style, shaken, unitMm);
  const picture = drawPenPicture(rng, drawn, 'writing', writer.xHeightMm, {
    paper: paperOf(options),
    ...(rng.chance(writing.thickShare) ? { penPatchPx: THICK_PEN_PATCH_PX } : {}),
  });
  return finishDrawing(options, {
    task,
    group: 'writing',
    subject,
    careful: style.careful,
    strokes: drawn,
    ...picture,
  });
}

/** A felt pen, or any pen on small letters. */
const THICK_PEN_PATCH_PX = [2.2, 4.4] as const;

function planWriting(rng: Rng, fonts: FontLibrary, part: Part, style: HandStyle): Writing {
  const entry = pickFont(rng, fonts.strokeFonts, part);
  const font = entry.open();
  const chance = rng.next();
  const writer = drawHabits(rng, makeWriter(rng, font), style);
  const made = (task: Task, curves: Polyline[], thickShare: number): Writing => ({
    name: entry.name,
    task,
    writer,
    curves,
    pace: 1,
    thickShare,
  });
  if (chance < 0.62) {
    const size = rng.chance(0.2)
      ? { width: rng.between(8, 20), lines: 1 + rng.int(2) }
      : { width: rng.between(11, 18), lines: 3 + rng.int(2) };
    const marks = drawPageMarks(
      rng,
      size.width * writer.xHeightMm,
      writer.lineGap * writer.xHeightMm,
      size.lines,
    );
    return made('text', [...writeBlock(rng, writer, drawText(rng, part, 60), size), ...marks], 0.04);
  }
  if (chance < 0.76) {
    const [first, ...rest] = drawText(rng, part, 4 + rng.int(6)).map((word) => word.toLowerCase());
    const words = [capital(first!), ...rest.map((word) => word.replace('.', ''))];
    const lines = { width: rng.between(14, 45), lines: 4, once: true };
    return made('sentence', writeBlock(rng, writer, [...words.slice(0, -1), `${words.at(-1)}.`], lines), 0.1);
  }
  if (chance < 0.88) {
    const words = drawText(rng, part, rng.chance(0.6) ? 1 : 2 + rng.int(3));
    return made('words', writeBlock(rng, writer, words, { width: 30, lines: 4, once: true }), 0.35);
  }
  if (chance < 0.95) {
    const signature = { ...writer, ...drawSignatureHabits(rng) };
    const words = drawText(rng, part, 1 + rng.int(2)).map(capital);
    const strokes = writeBlock(rng, signature, words, { width: 60, lines: 1, once: true });
    const curves = [...strokes, ...drawFlourish(rng, strokes, signature.xHeightMm)];
    const pace = rng.between(1.2, 3);
    return { name: entry.name, task: 'words', writer: signature, curves, pace, thickShare: 0.35 };
  }
  const word = rng.pick(LOOP_WORDS).repeat(2 + rng.int(4));
  const rows = 1 + rng.int(3);
  const words = Array.from({ length: rows }, () => word);
  return made('words', writeBlock(rng, writer, words, { width: 12, lines: rows, once: true }), 0.1);
}

/** What is written to practise loops and arches. */
const LOOP_WORDS = ['el', 'le', 'ell', 'lle', 'eel', 'll', 'ee', 'nu', 'mn', 'un'] as const;

/** Some write with the left hand, leaning back; careful hands are often uneven, as the old and the young are. */
function drawHabits(rng: Rng, writer: Writer, { careful }: HandStyle): Writer {
  const leansBack = rng.chance(0.1);
  const uneven = rng.chance(careful ? 0.5 : 0.1);
  return {
    ...writer,
    slant: leansBack ? rng.between(-0.4, -0.05) : writer.slant,
    ...(uneven
      ? {
          sizeSpread: rng.between(0.06, 0.14),
          turnSpread: rng.between(0.03, 0.09),
          baselineSpread: rng.between(0.06, 0.16),
        }
      : {}),
  };
}

function drawSignatureHabits(
  rng: Rng,
): Pick<Writer, 'xHeightMm' | 'width' | 'rounding' | 'tallness' | 'joins'> {
  return {
    xHeightMm: rng.logBetween(2, 6),
    width: rng.between(0.9, 1.8),
    rounding: rng.between(0.15, 0.45),
    tallness: rng.between(0.9, 1.7),
    joins: true,
  };
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
