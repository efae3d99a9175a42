/** Gathers what one network learns from: synthetic patches made here, own patches split by person, both mixed. */
import { UserError } from '../base/errors.ts';
import { Rng } from '../base/rng.ts';
import type { NetworkName, SyntheticKind } from '../base/words.ts';
import type { PatchSet } from '../model/dataset.ts';
import { epochsOf } from '../model/run-plan.ts';
import { countLabels, pickPatches, splitAsTold, splitBySubject, type Split } from '../model/split.ts';
import type { NetworkJob } from '../model/train.ts';
import { fixedSource, labelRepeats, mixedSource } from '../model/training-data.ts';
import type { Part } from '../synthetic/font-library.ts';
import { dataHash, makeSyntheticPatches } from '../synthetic/synthetic-patches.ts';
import { DataThreads } from './data-threads.ts';
import { planSynthetic, type PatchLimits } from './training-memory.ts';
import type { GatherOptions, NetworkShare } from './training-patches.ts';

/** A network's name and what it learns from. */
export interface NetworkPatches extends NetworkJob {
  readonly name: NetworkName;
  /** The user's part of `validation`; null where there is none. */
  readonly ownValidation: PatchSet | null;
}

export interface GatheredNetwork {
  readonly patches: NetworkPatches;
  /** Plain sentences about what these data cannot teach. */
  readonly warnings: readonly string[];
  /** For the model card. */
  readonly data: string;
}

/** `limits` and progress are of this network alone, own patches those of the run. */
type NetworkOptions = GatherOptions;

/** Fewer people than this with own samples cannot be split into three parts that each hold both labels. */
const LEAST_PEOPLE_PER_LABEL = 3;
/** From this many people in the own test part on, the test is on own patches alone. */
const PEOPLE_FOR_OWN_TEST = 4;

/**
 * @param share Synthetic patches, own ones or both.
 * @throws UserError `too-few-samples` when own samples alone cannot carry a run; `cancelled`; `bad-argument`.
 */
export async function gatherNetwork(options: NetworkOptions, share: NetworkShare): Promise<GatheredNetwork> {
  const { name, synthetic } = share;
  const own = options.own === null || share.own.length === 0 ? null : pickPatches(options.own, share.own);
  const parts = own === null ? null : splitOwn(own, new Rng(`${options.recipe.seed}/split`));
  if (synthetic.count > 0) return gatherWithSynthetic(options, share, parts);
  if (own === null || parts === null) throw new Error('unreachable: neither own nor synthetic');
  requirePeople(own);
  return {
    patches: {
      name,
      ...parts,
      ownValidation: parts.validation,
      train: fixedSource(parts.train, labelRepeats(parts.train, parts.train.count)),
      dataHash: dataHash(parts.train),
    },
    warnings: [],
    data: `${describeOwn(own)}; no synthetic patches. Validation and test: ${describePeople(parts)}.`,
  };
}

/** Synthetic patches that are made before training begins, of all parts. */
export function patchesToMake({ synthetic, own }: NetworkShare, fresh: boolean, limits: PatchLimits): number {
  if (synthetic.count === 0) return 0;
  const { perEpoch, heldOut } = planSynthetic(synthetic.count, own.length, fresh, limits);
  return perEpoch + 2 * heldOut;
}

async function gatherWithSynthetic(
  options: NetworkOptions,
  { name, synthetic }: NetworkShare,
  own: Split | null,
): Promise<GatheredNetwork> {
  const { recipe } = options;
  const wanted = synthetic.count;
  const all = own === null ? 0 : own.train.count + own.validation.count + own.test.count;
  const { perEpoch, fresh, heldOut } = planSynthetic(wanted, all, options.fresh, options.limits);
  const ownUsed = own !== null && own.train.count > 0 ? own : null;
  const ownTrain = ownUsed?.train ?? null;
  const people = new Set(ownUsed?.test.subjects).size;
  const ownTestAlone = ownUsed !== null && people >= PEOPLE_FOR_OWN_TEST && hasBoth(ownUsed.test);
  const make = (threads: DataThreads, part: Part, round: number, onProgress?: Progress): Promise<PatchSet> =>
    makeSyntheticPatches({
      maker: threads.patches,
      behind: behind[part],
      count: part === 'train' ? perEpoch : heldOut,
      kinds: synthetic.kinds,
      seed: recipe.seed + ROUND_STRIDE * round,
      part,
      signal: options.signal,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  const behind: Readonly<Record<Part, PatchSet | null>> = {
    train: ownTrain,
    validation: ownUsed?.validation ?? null,
    test: ownTestAlone ? null : (ownUsed?.test ?? null),
  };
  const made: Record<Part, number> = { train: 0, validation: 0, test: 0 };
  // Side by side, so that no thread waits for the last patches of a part.
  const threads = new DataThreads({ signal: options.signal });
  const makeFirst = (part: Part): Promise<PatchSet> =>
    make(threads, part, 0, (done) => {
      made[part] = done;
      options.onProgress(made.train + made.validation + made.test, perEpoch + 2 * heldOut);
    });
  const parts = Promise.all([makeFirst('validation'), makeFirst('test'), makeFirst('train')]);
  const [validation, test, first] = await parts.finally(() => threads.close());
  const later = (epoch: number): Promise<PatchSet> => {
    const threads = new DataThreads({ signal: options.signal });
    return make(threads, 'train', epoch).finally(() => threads.close());
  };
  const warnings: string[] = [];
  if (perEpoch < wanted) warnings.push(warnTooMany(wanted, perEpoch));
  if (own !== null && ownUsed === null) warnings.push(NO_OWN_TRAINING);
  if (ownTrain !== null && !hasBoth(ownTrain)) warnings.push(warnOneLabel(ownTrain));
  return {
    patches: {
      name,
      train: mixedSource(first, ownTrain, fresh ? { epochs: epochsOf(recipe), make: later } : null),
      validation,
      test: ownUsed !== null && ownTestAlone ? ownUsed.test : test,
      ownValidation: ownUsed?.validation ?? null,
      dataHash: dataHash(first),
    },
    warnings,
    data: describeMixed(synthetic.kinds, perEpoch, fresh, ownUsed, ownTestAlone),
  };
}

type Progress = (done: number) => void;

/** Seeds of later rounds lie this far apart, so that neighbouring recipe seeds do not share them. */
const ROUND_STRIDE = 1_000_003;

function requirePeople(own: PatchSet): void {
  const people = [0, 1].map((label) => new Set(own.subjects.filter((_, i) => own.labels[i] === label)).size);
  const [regular = 0, tremorLike = 0] = people;
  if (regular >= LEAST_PEOPLE_PER_LABEL && tremorLike >= LEAST_PEOPLE_PER_LABEL) return;
  throw new UserError(
    'too-few-samples',
    `Own samples alone need at least ${LEAST_PEOPLE_PER_LABEL} people for each label; there are ${regular} with regular and ` +
      `${tremorLike} with tremor-like samples. Label samples of more people, or add synthetic ones.`,
  );
}

/** As the patches say that they were split, else by person. */
function splitOwn(own: PatchSet, rng: Rng): Split {
  const shares = { validation: 0.15, test: 0.2 };
  return own.parts === undefined ? splitBySubject(own, shares, rng) : splitAsTold(own, shares, rng);
}

const NO_OWN_TRAINING =
  'No own sample is for training: the column split gives them all to validation and test, so that none is used.';

/** Who the held-out patches are of. */
function describePeople({ train, validation, test }: Split): string {
  const trained = new Set(train.subjects);
  const isKnown = [...validation.subjects, ...test.subjects].some((subject) => trained.has(subject));
  return isKnown ? 'people who are partly in training too' : 'other people';
}

function warnTooMany(wanted: number, perEpoch: number): string {
  return (
    `${spelt(wanted)} synthetic patches do not fit in memory at once: every epoch learns from ${spelt(perEpoch)} new ones. ` +
    'More epochs see more of them.'
  );
}

function spelt(count: number): string {
  return count.toLocaleString('en');
}

function warnOneLabel(own: PatchSet): string {
  const label = countLabels(own).tremorLike === 0 ? 'regular' : 'tremor-like';
  return (
    `All own training samples are ${label}: the model may take the look of your paper or pen for ${label}. ` +
    'Label samples of the other kind too.'
  );
}

function hasBoth(set: PatchSet): boolean {
  const { regular, tremorLike } = countLabels(set);
  return regular > 0 && tremorLike > 0;
}

function describeOwn(own: PatchSet): string {
  return `${own.count} own patches of ${new Set(own.subjects).size} people`;
}

function describeMixed(
  kinds: readonly SyntheticKind[],
  perEpoch: number,
  fresh: boolean,
  own: Split | null,
  ownTestAlone: boolean,
): string {
  const synthetic = `${perEpoch} synthetic patches (${kinds.join(', ')}), ${fresh ? 'new ones every epoch' : 'the same every epoch'}`;
  if (own === null)
    return `${synthetic}. Fonts, words and writers of validation and test are not in training. No real handwriting.`;
  const people = describePeople(own);
  const tested = ownTestAlone
    ? `on own patches of ${people}`
    : `on synthetic patches and own patches of ${people}`;
  return `${synthetic}, mixed about 1:1 with ${describeOwn(own.train)}. Tested ${tested}.`;
}
