import type { TaskGroup } from '../base/words.ts';
import { DRAWING_PROFILES } from './drawing-profiles.ts';
import type { PenLineMeasures } from './pen-line-measures.ts';
import type { ShapeFeature, ShapeFeatures } from './shape/shape-features.ts';

type Side = 'above' | 'below' | 'both' | 'none';
interface LineFeature {
  /** Brings the measure to a scale on which drawings lie about evenly to both sides of their mean. */
  readonly scale: (value: number) => number;
  /** On which side of the drawings' mean figures and writing may count as strange. */
  readonly figure: Side;
  readonly writing: Side;
}

const logarithm = (from: number) => (value: number) => Math.log(value + from);
const root = (value: number): number => Math.sqrt(Math.max(0, value));
const plain = (value: number): number => value;

/**
 * What is looked at of the line. Not how dark the ink is, how clean the paper and how much of the sheet is drawn on: those
 * differ between simulated and real sheets.
 */
const LINE_FEATURES = {
  noise95: { scale: logarithm(0.05), figure: 'above', writing: 'above' },
  widthVariation: { scale: plain, figure: 'above', writing: 'above' },
  widest: { scale: logarithm(0), figure: 'above', writing: 'above' },
  specks: { scale: root, figure: 'none', writing: 'above' },
  pieces: { scale: logarithm(1), figure: 'none', writing: 'none' },
  line: { scale: logarithm(0.1), figure: 'above', writing: 'none' },
  fill: { scale: root, figure: 'above', writing: 'above' },
  soft: { scale: root, figure: 'above', writing: 'above' },
  branch: { scale: logarithm(0.1), figure: 'below', writing: 'both' },
  crossings: { scale: root, figure: 'above', writing: 'both' },
  straight: { scale: root, figure: 'none', writing: 'above' },
  solid: { scale: root, figure: 'above', writing: 'above' },
  twins: { scale: root, figure: 'above', writing: 'above' },
  rings: { scale: root, figure: 'above', writing: 'above' },
  ends: { scale: logarithm(1), figure: 'above', writing: 'none' },
  ruled: { scale: root, figure: 'none', writing: 'above' },
  squared: { scale: root, figure: 'none', writing: 'above' },
  holes: { scale: root, figure: 'above', writing: 'both' },
  toneSpread: { scale: root, figure: 'above', writing: 'above' },
  cutOff: { scale: plain, figure: 'none', writing: 'above' },
  unevenCover: { scale: plain, figure: 'above', writing: 'above' },
  largest: { scale: plain, figure: 'below', writing: 'above' },
  sizeSpread: { scale: plain, figure: 'above', writing: 'above' },
} as const satisfies Partial<Record<keyof PenLineMeasures, LineFeature>>;

interface ShapeSides {
  readonly spiral: Side;
  readonly wave: Side;
}

/** What is looked at of the shape of figures: there is one line, and a spiral runs outwards all around. */
const SHAPE_FEATURES = {
  ends: { spiral: 'above', wave: 'above' },
  junctions: { spiral: 'above', wave: 'above' },
  holes: { spiral: 'above', wave: 'above' },
  geo: { spiral: 'below', wave: 'below' },
  joinedShare: { spiral: 'below', wave: 'below' },
  joins: { spiral: 'above', wave: 'above' },
  endsFar: { spiral: 'above', wave: 'above' },
  geoFar: { spiral: 'below', wave: 'below' },
  joinedShareFar: { spiral: 'below', wave: 'below' },
  outwards: { spiral: 'below', wave: 'none' },
  outwardsFar: { spiral: 'below', wave: 'none' },
  crossingSpread: { spiral: 'both', wave: 'none' },
  aroundFine: { spiral: 'below', wave: 'none' },
  aroundCoarse: { spiral: 'below', wave: 'none' },
  coveredCoarse: { spiral: 'below', wave: 'none' },
  offCentreCoarse: { spiral: 'above', wave: 'none' },
} as const satisfies Partial<Record<ShapeFeature, ShapeSides>>;

/** Names of all features, in the order of the profiles. */
export const STRANGENESS_FEATURES: readonly string[] = [
  ...Object.keys(LINE_FEATURES),
  ...Object.keys(SHAPE_FEATURES),
];

/** What drawings of a group are like, measure by measure. */
export interface DrawingProfile {
  readonly bias: number;
  /** Per feature: mean and spread among drawings, what a squared deviation below the mean counts, and one above it; 0 or more. */
  readonly features: readonly (readonly [mean: number, spread: number, below: number, above: number])[];
}

/** On which sides of the mean a feature may count, in their order. */
export function sidesOf(group: TaskGroup): readonly Side[] {
  return [
    ...Object.values(LINE_FEATURES).map((feature) => feature[group === 'writing' ? 'writing' : 'figure']),
    ...Object.values(SHAPE_FEATURES).map((sides): Side => (group === 'writing' ? 'none' : sides[group])),
  ];
}

/** Deviations count no further than this, in spreads. */
const MOST_DEVIATION = 5;

/**
 * Each feature on its own scale, in their order. NaN where it cannot be told: the width of lines a pixel wide.
 *
 * @param shape Not looked at in writing; null: NaN in its place.
 */
export function featuresOf(measures: PenLineMeasures, shape: ShapeFeatures | null): number[] {
  const told = measures.widthPx < 2 ? { ...measures, widthVariation: NaN, widest: NaN } : measures;
  const names = Object.keys(LINE_FEATURES) as (keyof typeof LINE_FEATURES)[];
  const shapes = Object.keys(SHAPE_FEATURES) as (keyof typeof SHAPE_FEATURES)[];
  return [
    ...names.map((name) => LINE_FEATURES[name].scale(told[name])),
    ...shapes.map((name) => shape?.[name] ?? NaN),
  ];
}

/** Squared deviations below and above the mean of drawings, feature by feature. */
export function deviationsOf(
  values: readonly number[],
  { features }: Pick<DrawingProfile, 'features'>,
): { readonly below: readonly number[]; readonly above: readonly number[] } {
  const squared = (sign: 1 | -1) =>
    features.map(([mean, spread], i) => {
      const deviation = (sign * (values[i]! - mean)) / spread;
      return Number.isNaN(deviation) ? 0 : Math.min(MOST_DEVIATION, Math.max(0, deviation)) ** 2;
    });
  return { below: squared(-1), above: squared(1) };
}

/**
 * How unlike a drawing by hand the lines are: log-odds of none, at even odds before. No deviation counts less than nothing,
 * so that what departs further from drawings, in whatever measure, never looks more like one: this is what carries over to
 * kinds of pictures that nobody thought of.
 */
export function strangenessOf(
  measures: PenLineMeasures,
  shape: ShapeFeatures | null,
  group: TaskGroup,
  profiles: Readonly<Record<TaskGroup, DrawingProfile>> = DRAWING_PROFILES,
): number {
  const profile = profiles[group];
  const { below, above } = deviationsOf(featuresOf(measures, shape), profile);
  return profile.features.reduce(
    (sum, [, , low, high], i) => sum + low * below[i]! + high * above[i]!,
    profile.bias,
  );
}
