import type { Rng } from '../base/rng.ts';
import type { PatchSet, SplitPart } from './dataset.ts';

export interface Split {
  readonly train: PatchSet;
  readonly validation: PatchSet;
  readonly test: PatchSet;
}

/**
 * Splits by person, so that nobody is in two parts. People are shuffled, grouped by the labels they have (only regular,
 * only tremor-like, both), and each kind is dealt out in the wanted shares, so that every part gets both classes
 * where the data allow it.
 * @param shares Fractions of people for validation and test, each ≥ 0, together < 1. A kind with at least three people
 * gives at least one to each of the two parts whose share is above 0.
 */
export function splitBySubject(
  set: PatchSet,
  shares: { readonly validation: number; readonly test: number },
  rng: Rng,
): Split {
  const part = new Map<string, SplitPart>();
  for (const people of kindsOfPeople(set.subjects, set.labels)) {
    rng.shuffle(people);
    const least = people.length >= 3 ? 1 : 0;
    const take = (share: number): number =>
      share === 0 ? 0 : Math.max(least, Math.round(share * people.length));
    const validation = take(shares.validation);
    const test = Math.min(take(shares.test), Math.max(0, people.length - validation - 1));
    for (const [i, person] of people.entries()) {
      part.set(person, i < validation ? 'validation' : i < validation + test ? 'test' : 'train');
    }
  }
  return takeParts(set, (i) => part.get(set.subjects[i] ?? '') ?? 'train');
}

/**
 * Splits as the patches' own `parts` say. A part that nobody is in gets its share of the people of the training part.
 * @param shares As for {@link splitBySubject}.
 */
export function splitAsTold(
  set: PatchSet,
  shares: { readonly validation: number; readonly test: number },
  rng: Rng,
): Split {
  const told = takeParts(set, (i) => set.parts?.[i] ?? 'train');
  const missing = (part: 'validation' | 'test'): number => (told[part].count > 0 ? 0 : shares[part]);
  const rest = splitBySubject(told.train, { validation: missing('validation'), test: missing('test') }, rng);
  return {
    train: rest.train,
    validation: told.validation.count > 0 ? told.validation : rest.validation,
    test: told.test.count > 0 ? told.test : rest.test,
  };
}

function takeParts(set: PatchSet, partOf: (index: number) => SplitPart): Split {
  const indicesOf = (wanted: SplitPart): number[] =>
    set.subjects.flatMap((_, i) => (partOf(i) === wanted ? [i] : []));
  return {
    train: pickPatches(set, indicesOf('train')),
    validation: pickPatches(set, indicesOf('validation')),
    test: pickPatches(set, indicesOf('test')),
  };
}

/** People by the labels they have: only regular, only tremor-like, both; in the order of their first sample. */
function kindsOfPeople(subjects: readonly string[], labels: Uint8Array): string[][] {
  const labelsOf = new Map<string, number>();
  for (const [i, subject] of subjects.entries()) {
    labelsOf.set(subject, (labelsOf.get(subject) ?? 0) | (labels[i] === 1 ? 2 : 1));
  }
  return [1, 2, 3].map((kind) =>
    [...labelsOf].filter(([, labels]) => labels === kind).map(([subject]) => subject),
  );
}

/**
 * Deals samples out to folds so that nobody is in two of them. People go to a fold one by one, those with most samples first,
 * each to the fold that has fewest samples of their labels: every fold gets about as many of each label, and at least one
 * person of each wherever `folds` people have it alone.
 *
 * @param labels 0 or 1, shape of `subjects`.
 * @param folds ≥ 2.
 * @param rng Orders people with equally many samples.
 * @returns The fold of each sample, 0 … folds − 1.
 */
export function groupedFolds(
  subjects: readonly string[],
  labels: Uint8Array,
  folds: number,
  rng: Rng,
): Uint32Array {
  const countsOf = new Map<string, [number, number]>();
  for (const [i, subject] of subjects.entries()) {
    const counts = countsOf.get(subject) ?? [0, 0];
    counts[labels[i] === 1 ? 1 : 0]++;
    countsOf.set(subject, counts);
  }
  const taken = Array.from({ length: folds }, (): [number, number] => [0, 0]);
  const foldOf = new Map<string, number>();
  const [regular = [], tremorLike = [], both = []] = kindsOfPeople(subjects, labels);
  // Those with both labels first: the others then fill up.
  for (const people of [both, regular, tremorLike]) {
    rng.shuffle(people);
    const sizeOf = (person: string): number => sumOf(countsOf.get(person) ?? [0, 0]);
    people.sort((a, b) => sizeOf(b) - sizeOf(a));
    for (const person of people) {
      const [r, t] = countsOf.get(person) ?? [0, 0];
      const fullness = (fold: [number, number]): number => (r > 0 ? fold[0] : 0) + (t > 0 ? fold[1] : 0);
      let best = 0;
      for (const [i, fold] of taken.entries()) {
        const least = taken[best]!;
        const ahead = fullness(fold) - fullness(least);
        if (ahead < 0 || (ahead === 0 && sumOf(fold) < sumOf(least))) best = i;
      }
      foldOf.set(person, best);
      taken[best]![0] += r;
      taken[best]![1] += t;
    }
  }
  return Uint32Array.from(subjects, (subject) => foldOf.get(subject) ?? 0);
}

function sumOf([a, b]: readonly [number, number]): number {
  return a + b;
}

/** Copies the patches at `indices`, in that order. */
export function pickPatches(set: PatchSet, indices: readonly number[]): PatchSet {
  const size = set.count === 0 ? 0 : set.pixels.length / set.count;
  const pixels = new Uint8Array(indices.length * size);
  for (const [to, from] of indices.entries()) {
    pixels.set(set.pixels.subarray(from * size, (from + 1) * size), to * size);
  }
  return {
    count: indices.length,
    pixels,
    labels: Uint8Array.from(indices, (i) => set.labels[i] ?? 0),
    subjects: indices.map((i) => set.subjects[i] ?? ''),
    groups: indices.map((i) => set.groups[i] ?? 'writing'),
    ...(set.parts === undefined ? {} : { parts: indices.map((i) => set.parts?.[i] ?? 'train') }),
  };
}

/** One set after the other. It says the patches' parts where all sets do. */
export function joinPatches(sets: readonly PatchSet[]): PatchSet {
  const pixels = new Uint8Array(sets.reduce((sum, set) => sum + set.pixels.length, 0));
  const labels = new Uint8Array(sets.reduce((sum, set) => sum + set.count, 0));
  let pixel = 0;
  let patch = 0;
  for (const set of sets) {
    pixels.set(set.pixels, pixel);
    labels.set(set.labels, patch);
    pixel += set.pixels.length;
    patch += set.count;
  }
  const parts = sets.flatMap((set) => set.parts ?? []);
  return {
    count: patch,
    pixels,
    labels,
    subjects: sets.flatMap((set) => set.subjects),
    groups: sets.flatMap((set) => set.groups),
    ...(patch > 0 && parts.length === patch ? { parts } : {}),
  };
}

/** How many of each label. */
export function countLabels(set: Pick<PatchSet, 'labels'>): { regular: number; tremorLike: number } {
  const tremorLike = set.labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  return { regular: set.labels.length - tremorLike, tremorLike };
}
