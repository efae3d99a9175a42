/** Labelled patches for training, from drawings that went through the same ink map and cutting as any scan. */
import { UserError } from '../base/errors.ts';
import { Rng } from '../base/rng.ts';
import type { SyntheticKind, TaskGroup } from '../base/words.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import type { StudyRange } from './study-range.ts';
import { loadFontLibrary } from './font-files.ts';
import type { FontLibrary, Part } from './font-library.ts';
import { makePatches, type MadePatches, type PatchStream } from './patch-streams.ts';

export { dataHash } from './data-hash.ts';

/**
 * Makes streams and hands over what it made, in each stream's order; the streams may go side by side.
 *
 * @param take Called with a stream's place in `streams`.
 * @throws UserError `cancelled` when the signal fires.
 */
export type PatchMaker = (
  streams: readonly PatchStream[],
  take: (stream: number, made: MadePatches) => void,
  signal: AbortSignal | undefined,
) => Promise<void>;

export interface SyntheticPatchOptions {
  /** Patches wanted, shared evenly over kinds and, within a kind, over both labels. */
  readonly count: number;
  readonly kinds: readonly SyntheticKind[];
  readonly seed: number;
  readonly part: Part;
  /** What the drawings range over. Default: the app's own training data. */
  readonly range?: StudyRange | undefined;
  /** On this thread, with the installed fonts, unless given. */
  readonly maker?: PatchMaker;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Patches of the same size to stand behind the made ones in the result, for callers that would join the two; not changed. */
  readonly behind?: PatchSet | null;
}

/**
 * Makes patches: both labels and all kinds equally often, in random order. The same options give the same bytes, whoever
 * makes them.
 *
 * @returns `count` patches, then those of `behind`.
 * @throws UserError `bad-argument` for a count or kinds that make no sense; `cancelled` when the signal fires.
 */
export async function makeSyntheticPatches(options: SyntheticPatchOptions): Promise<PatchSet> {
  const { count, kinds, seed, part, range, onProgress } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new UserError(
      'bad-argument',
      `The number of synthetic patches must be a whole number, 0 or more; it is ${count}.`,
    );
  }
  if (count > 0 && kinds.length === 0) {
    throw new UserError('bad-argument', 'Choose at least one kind of synthetic data.');
  }
  const maker = options.maker ?? makerHere(loadFontLibrary());
  const size = PATCH_SIDE * PATCH_SIDE;
  const behind = options.behind ?? null;
  const pixels = new Uint8Array((count + (behind?.count ?? 0)) * size);
  const labels = new Uint8Array(count + (behind?.count ?? 0));
  const subjects = new Array<string>(count).fill('');
  const groups = new Array<TaskGroup>(count).fill('writing');
  // Places are dealt out first, so that the order is random and every share exact.
  const places = new Rng(`${seed}/${part}/order`).shuffle(Array.from({ length: count }, (_, i) => i));
  const streams = kinds.flatMap((kind, kindIndex) =>
    [false, true].map((tremorLike, label): PatchStream => {
      const share = shareOf(count, 2 * kinds.length, 2 * kindIndex + label);
      return { kind, tremorLike, range, part, seed, count: share };
    }),
  );
  const next = firstPlaces(streams);
  let done = 0;
  const take = (stream: number, made: MadePatches): void => {
    for (let i = 0; i < made.count; i++) {
      const place = places[next[stream]!++]!;
      pixels.set(made.pixels.subarray(i * size, (i + 1) * size), place * size);
      labels[place] = streams[stream]!.tremorLike ? 1 : 0;
      subjects[place] = made.subjects[i]!;
      groups[place] = made.group;
    }
    done += made.count;
    if (done < count) onProgress?.(done, count);
  };
  if (count > 0) await maker(streams, take, options.signal);
  onProgress?.(count, count);
  if (behind === null) return { count, pixels, labels, subjects, groups };
  pixels.set(behind.pixels, count * size);
  labels.set(behind.labels, count);
  return {
    count: count + behind.count,
    pixels,
    labels,
    subjects: [...subjects, ...behind.subjects],
    groups: [...groups, ...behind.groups],
  };
}

/** Makes one stream after the other on this thread, and lets other work in between. */
export function makerHere(fonts: FontLibrary): PatchMaker {
  return async (streams, take, signal) => {
    for (const [index, stream] of streams.entries()) {
      for (const made of makePatches(stream, fonts)) {
        take(index, made);
        await nextTurn();
        if (signal?.aborted === true) {
          throw new UserError('cancelled', 'Making synthetic samples was cancelled.');
        }
      }
    }
  };
}

/** Where each stream's share of the places begins. */
function firstPlaces(streams: readonly PatchStream[]): number[] {
  let first = 0;
  return streams.map(({ count }) => {
    first += count;
    return first - count;
  });
}

/** Whole shares of a total that add up to it. */
function shareOf(total: number, shares: number, index: number): number {
  return Math.floor((total * (index + 1)) / shares) - Math.floor((total * index) / shares);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
