import type { TaskGroup } from '../base/words.ts';
import type { GreyImage, InkMap } from './images.ts';
import { measurePenLine, type PenLineMeasures } from './pen-line-measures.ts';
import type { ShapeFeatures } from './shape/shape-features.ts';
import { strangenessOf } from './strangeness.ts';

/** Why a picture is not a pen line on one light sheet. */
export type PenLineReason = 'printed' | 'no-pen-line';

export type PenLineAnswer =
  | { readonly kind: 'pass'; readonly measures: PenLineMeasures | null }
  /** Not quite what a hand draws, but no sure refusal. */
  | { readonly kind: 'doubt'; readonly measures: PenLineMeasures }
  | {
      readonly kind: 'refuse';
      readonly reason: PenLineReason;
      /** The rule that spoke, one of {@link PEN_LINE_RULES}. */
      readonly why: PenLineRule;
      readonly measures: PenLineMeasures;
    };

interface Rule {
  readonly why: string;
  readonly reason: PenLineReason;
  readonly speaks: (measures: PenLineMeasures, group: TaskGroup | null) => boolean;
}

const isFigure = (group: TaskGroup | null): boolean => group === 'spiral' || group === 'wave';

/** A figure of few pieces: shaken far enough it coils, and holds as much line as any texture. */
const isCoil = ({ pieces }: PenLineMeasures, group: TaskGroup | null): boolean =>
  isFigure(group) && pieces <= 8;

/** A page written so small that the measured line is a pixel wide and its thick strokes are many times that. */
const isFinePage = ({ widthPx, line }: PenLineMeasures): boolean => widthPx < 2 && line > 10;

/**
 * What no pen line on a plain sheet looks like. Behind each rule: the highest value among simulated drawings of all
 * kinds, pens, papers and sizes, and 151 real ones (the ten pages also with tremor of 0.25–1 mm warped in), where that is
 * not plain.
 */
export const PEN_LINE_RULES = [
  { why: 'faint', reason: 'no-pen-line', speaks: ({ depth }) => depth < 7 },
  // Drawings to .22, photographs and surfaces from .24 on.
  { why: 'uneven-paper', reason: 'no-pen-line', speaks: ({ noise }) => noise > 0.25 },
  { why: 'dark-sheet', reason: 'no-pen-line', speaks: ({ darkShare }) => darkShare > 0.4 },
  {
    why: 'twins',
    reason: 'printed',
    // Real handwriting to .10, simulated in one even hand to .38, print from .6 on; figures, which have pieces by chance, to .14.
    speaks: ({ letters, twins }, group) =>
      letters >= (isFigure(group) ? 12 : 8) && twins > (isFigure(group) ? 0.2 : 0.45) && twins * letters >= 3,
  },
  // Thick areas are no ink to the ink map, but dark.
  {
    why: 'solid-areas',
    reason: 'no-pen-line',
    speaks: ({ darkShare, inkShare }) => darkShare - inkShare > 0.12 || darkShare > 2 * inkShare + 0.01,
  },
  {
    why: 'width-variation',
    reason: 'no-pen-line',
    // Dip pens to .67, on a fine page with tremor to .78 and 7 widths; very faint lines, which break up, to .82.
    speaks: (measures) => {
      const { widthVariation, widest, depth } = measures;
      if (isFinePage(measures)) return widthVariation > 0.9 || widest > 8;
      return widthVariation > (depth < 12 ? 0.9 : 0.75) || widest > 5;
    },
  },
  { why: 'specks', reason: 'no-pen-line', speaks: ({ specks, depth }) => specks > (depth < 12 ? 0.2 : 0.14) },
  {
    why: 'thick-areas',
    reason: 'no-pen-line',
    // Fine pages with tremor to .23.
    speaks: ({ solid, depth, widthPx }) => solid > (depth < 12 ? 0.36 : widthPx < 2 ? 0.27 : 0.2),
  },
  { why: 'filled-box', reason: 'no-pen-line', speaks: ({ fill, line }) => fill > 0.5 && line > 2 },
  {
    why: 'soft-ink',
    reason: 'no-pen-line',
    speaks: ({ soft, widthVariation, depth }) => soft > 0.12 && widthVariation > 0.5 && depth >= 12,
  },
  // Close-written pages have 25 long sides of line, a full A4 page 43, but they fill an eighth of their box.
  {
    why: 'too-much-line',
    reason: 'no-pen-line',
    speaks: (measures, group) =>
      !isCoil(measures, group) &&
      (measures.line > (measures.letters >= 40 ? 70 : 40) || (measures.line > 15 && measures.fill > 0.18)),
  },
  // Writing from 1.9 on; shaken figures from 1.2 on.
  {
    why: 'spurs',
    reason: 'no-pen-line',
    speaks: ({ branch }, group) => branch < (isFigure(group) ? 1.15 : 1.4),
  },
  {
    why: 'meshes',
    reason: 'no-pen-line',
    speaks: ({ branch, crossings, line, fill }, group) =>
      !isFigure(group) && branch < 2.4 && crossings > 0.12 && (line > 7.6 || (fill > 0.25 && line > 3)),
  },
  {
    why: 'straight-lines',
    reason: 'no-pen-line',
    speaks: (measures, group) => measures.straight > 0.36 && measures.line > 2 && !isCoil(measures, group),
  },
  { why: 'rings', reason: 'no-pen-line', speaks: ({ rings, line }) => rings > 0.3 && line > 2 },
] as const satisfies readonly Rule[];

export type PenLineRule = (typeof PEN_LINE_RULES)[number]['why'];

/** Above this strangeness the lines may not be drawn by hand. Spirals with 10 mm of tremor reach −0.3, loops with 6 mm 0.8. */
const STRANGE: Readonly<Record<TaskGroup, number>> = { spiral: 0.5, wave: 2, writing: 1 };
/** A rule alone is no sure refusal where all else is as in a drawing, below this strangeness. */
const SURELY_STRANGE = 1;
/** Rules that need no second opinion: there is nothing to see, or type that repeats itself letter by letter. */
const isBeyondDoubt = (why: PenLineRule, { twins }: PenLineMeasures): boolean =>
  why === 'faint' || why === 'dark-sheet' || (why === 'twins' && twins > 0.75);

/**
 * Whether a picture shows a pen line on a light sheet; print, noise, blocks, photographs and surfaces do not. A rule that
 * speaks is held against the strangeness of the whole: a refusal needs both, one of them alone is a doubt.
 *
 * @param ink Of the picture.
 * @param group What is drawn, where known or guessed: figures may cross themselves as no writing does.
 * @param shape Of a figure, where it was measured: by the guess of its task, or beside the file's name; not where the user or a
 *   field of the file said the task. null: the line alone is asked.
 */
export function askPenLine(
  grey: GreyImage,
  ink: InkMap,
  group: TaskGroup | null,
  shape: ShapeFeatures | null,
): PenLineAnswer {
  const measures = measurePenLine(grey, ink);
  if (measures === null) return { kind: 'pass', measures };
  const rules: readonly (Rule & { readonly why: PenLineRule })[] = PEN_LINE_RULES;
  const rule = rules.find(({ speaks }) => speaks(measures, group));
  const asked = group ?? 'writing';
  const strangeness = strangenessOf(measures, shape, asked);
  if (rule === undefined) return { kind: strangeness > STRANGE[asked] ? 'doubt' : 'pass', measures };
  return strangeness > SURELY_STRANGE || isBeyondDoubt(rule.why, measures)
    ? { kind: 'refuse', reason: rule.reason, why: rule.why, measures }
    : { kind: 'doubt', measures };
}
