/** How many patches a training run may hold at once, so that its process stays under 700 MB. */
import { PATCH_SIDE } from '../imaging/images.ts';
import type { PatchSet } from '../model/dataset.ts';
import { pickPatches } from '../model/split.ts';

export interface PatchLimits {
  /** Patches in memory at once, all parts and copies counted. */
  readonly most: number;
  /** Held-out synthetic patches, for validation and as many for test: one eighth of the training patches, within these bounds. */
  readonly heldOut: { readonly least: number; readonly most: number };
}

/**
 * For every run of a user. 13,000 patches of 16 KB are 213 MB; the drawings while they are made, V8 and the tensor library
 * take up to 430 MB more (measured on Linux, x64).
 */
export const USER_LIMITS: PatchLimits = { most: 13_000, heldOut: { least: 160, most: 1000 } };
/** For the factory model, which a maker trains on a machine of their own: 2.5 GB with 120,000 (measured), some 4.5 GB with 240,000. */
export const FACTORY_LIMITS: PatchLimits = { most: 256_000, heldOut: { least: 160, most: 2000 } };
/** Own patches that are learnt from. */
export const MOST_OWN = 1500;

/** Own patches at their peak: as received, split by person, and joined with the synthetic ones; with new ones every epoch joined twice. */
const COPIES_OF_OWN = { fixed: 3, fresh: 4 } as const;

export interface SyntheticPlan {
  /** Synthetic training patches of one epoch. */
  readonly perEpoch: number;
  /** New ones every epoch; those of the next are made during this one. */
  readonly fresh: boolean;
  /** Patches to validate, and as many to test. */
  readonly heldOut: number;
  /** In memory at the peak, copies of own patches included; at most `limits.most`. */
  readonly atOnce: number;
}

/**
 * @param wanted Synthetic patches asked for, ≥ 1. More than fit are made anew every epoch, as many as fit.
 * @param own Own patches, 0 … {@link MOST_OWN}.
 * @param fresh Asks for new ones every epoch in any case.
 */
export function planSynthetic(
  wanted: number,
  own: number,
  fresh: boolean,
  limits: PatchLimits,
): SyntheticPlan {
  const heldOut = Math.min(limits.heldOut.most, Math.max(limits.heldOut.least, Math.round(wanted / 8)));
  const besides = (copies: number): number => 2 * heldOut + copies * own;
  if (!fresh && wanted + besides(COPIES_OF_OWN.fixed) <= limits.most) {
    return { perEpoch: wanted, fresh: false, heldOut, atOnce: wanted + besides(COPIES_OF_OWN.fixed) };
  }
  const room = limits.most - besides(COPIES_OF_OWN.fresh);
  const perEpoch = Math.min(wanted, Math.floor(room / 2));
  return { perEpoch, fresh: true, heldOut, atOnce: 2 * perEpoch + besides(COPIES_OF_OWN.fresh) };
}

/** Bytes of so many patches. */
export function patchBytes(count: number): number {
  return count * PATCH_SIDE * PATCH_SIDE;
}

/**
 * At most `most` own patches, evenly out of all people: round after round one of each person and label, so that a person with
 * few keeps them and a person with many gives some. Which ones is decided by their place alone.
 *
 * @returns The same set where it is small enough already.
 */
export function thinOwn(set: PatchSet, most: number = MOST_OWN): PatchSet {
  if (set.count <= most) return set;
  const members = new Map<string, number[]>();
  for (let i = 0; i < set.count; i++) {
    const key = `${set.labels[i]} ${set.subjects[i]}`;
    const indices = members.get(key);
    if (indices === undefined) members.set(key, [i]);
    else indices.push(i);
  }
  const lists = [...members.values()];
  // The largest share of each list whose sum still fits.
  const taken = (share: number): number => lists.reduce((sum, list) => sum + Math.min(share, list.length), 0);
  let share = 1;
  while (taken(share + 1) <= most) share++;
  const kept = lists.flatMap((list) => {
    const count = Math.min(share, list.length);
    return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] ?? 0);
  });
  // More people than patches: evenly out of all of them.
  const every = Math.max(1, kept.length / most);
  const chosen = Array.from(
    { length: Math.min(most, kept.length) },
    (_, i) => kept[Math.floor(i * every)] ?? 0,
  );
  return pickPatches(
    set,
    chosen.sort((x, y) => x - y),
  );
}

/** What a user is told of a set that `thinOwn` makes smaller. */
export function thinnedWarning(own: PatchSet): string {
  const [all, kept] = [own.count, MOST_OWN].map((count) => count.toLocaleString('en'));
  return `Your samples give ${all} patches; ${kept} of them, from all people, fit in memory and are learnt from.`;
}
