import type { Rng } from '../base/rng.ts';
import type { PatchSet } from './dataset.ts';

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
  const part = new Map<string, 'train' | 'validation' | 'test'>();
  for (const people of kindsOfPeople(set)) {
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
  const indicesOf = (wanted: string): number[] =>
    set.subjects.flatMap((subject, i) => (part.get(subject) === wanted ? [i] : []));
  return {
    train: pickPatches(set, indicesOf('train')),
    validation: pickPatches(set, indicesOf('validation')),
    test: pickPatches(set, indicesOf('test')),
  };
}

function kindsOfPeople(set: PatchSet): string[][] {
  const labelsOf = new Map<string, number>();
  for (const [i, subject] of set.subjects.entries()) {
    labelsOf.set(subject, (labelsOf.get(subject) ?? 0) | (set.labels[i] === 1 ? 2 : 1));
  }
  return [1, 2, 3].map((kind) =>
    [...labelsOf].filter(([, labels]) => labels === kind).map(([subject]) => subject),
  );
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
  };
}

/** One set after the other. */
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
  return {
    count: patch,
    pixels,
    labels,
    subjects: sets.flatMap((set) => set.subjects),
    groups: sets.flatMap((set) => set.groups),
  };
}

/** How many of each label. */
export function countLabels(set: PatchSet): { regular: number; tremorLike: number } {
  const tremorLike = set.labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  return { regular: set.count - tremorLike, tremorLike };
}
