import { LABELS, type Label } from '../base/words.ts';

interface Labelled {
  readonly participant: string | null;
  readonly label: Label;
}

export interface LabelSummary {
  regular: number;
  tremorLike: number;
  people: number;
  dominant: { participant: string; label: Label; share: number } | null;
}

/** A class that one person fills to more than this teaches the hand of that person. */
const DOMINANT_SHARE = 0.25;
const FEWEST_PEOPLE = 3;

/** Counts what there is to learn from. Samples without a participant count, but stand for no person. */
export function summariseLabels(samples: readonly Labelled[]): LabelSummary {
  const people = new Set(samples.flatMap(({ participant }) => participant ?? [])).size;
  const shares = LABELS.flatMap((label) => sharesOf(label, samples));
  const largest = shares.reduce<LabelSummary['dominant']>(
    (best, one) => (best === null || one.share > best.share ? one : best),
    null,
  );
  return {
    regular: samples.filter(({ label }) => label === 'regular').length,
    tremorLike: samples.filter(({ label }) => label === 'tremor-like').length,
    people,
    dominant: largest && people >= FEWEST_PEOPLE && largest.share > DOMINANT_SHARE ? largest : null,
  };
}

/** Each person's part of one class, 0..1. */
function sharesOf(label: Label, samples: readonly Labelled[]) {
  const ofClass = samples.filter((sample) => sample.label === label);
  const counts = new Map<string, number>();
  for (const { participant } of ofClass) {
    if (participant !== null) counts.set(participant, (counts.get(participant) ?? 0) + 1);
  }
  return [...counts].map(([participant, count]) => ({ participant, label, share: count / ofClass.length }));
}
