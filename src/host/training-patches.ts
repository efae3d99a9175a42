/** Gathers what a run learns from: for each network the synthetic and own patches of its groups. */
import { UserError } from '../base/errors.ts';
import { NETWORKS, networkOfGroup, type NetworkName, type SyntheticKind } from '../base/words.ts';
import type { PatchSet } from '../model/dataset.ts';
import { leakageWarning, leakingSubjects } from '../model/leakage.ts';
import { aboutNetwork } from '../model/train-networks.ts';
import type { TrainRecipe } from '../model/training-types.ts';
import { groupsOf } from '../screening/calibration-drawings.ts';
import {
  gatherNetwork,
  patchesToMake,
  type GatheredNetwork,
  type NetworkPatches,
} from './network-patches.ts';
import { MOST_OWN, thinnedWarning, thinOwn, type PatchLimits } from './training-memory.ts';

export interface TrainingPatches {
  /** At least one, in the order in which they are trained. */
  readonly networks: readonly NetworkPatches[];
  /** Plain sentences about what these data cannot teach. */
  readonly warnings: readonly string[];
  /** For the model card. */
  readonly data: string;
  /** The networks' hashes, joined by dashes. */
  readonly dataHash: string;
}

export interface GatherOptions {
  readonly recipe: TrainRecipe;
  readonly own: PatchSet | null;
  /** Makes new synthetic training patches for every epoch. */
  readonly fresh: boolean;
  /** For all networks together. */
  readonly limits: PatchLimits;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What one network is to learn from. */
export interface NetworkShare {
  readonly name: NetworkName;
  readonly synthetic: TrainRecipe['synthetic'];
  /** Indices of its patches in the run's own set; not copied before they are split. */
  readonly own: readonly number[];
}

/**
 * A network gets the patches that it would get in a run of its kinds and its share of the count alone. One that has own patches
 * of too few people and no synthetic ones is left out, with a warning, where there is another one.
 *
 * @throws UserError `too-few-samples` when own samples alone cannot carry a run; `cancelled`; `bad-argument`.
 */
export async function gatherPatches(options: GatherOptions): Promise<TrainingPatches> {
  const { recipe, limits } = options;
  const own = options.own === null ? null : thinOwn(options.own);
  const shares = sharesOf(recipe.synthetic, own);
  if (shares.length === 0) {
    throw new UserError(
      'too-few-samples',
      'There is nothing to learn from: choose synthetic samples, own samples or both.',
    );
  }
  const named = (name: NetworkName, sentence: string): string =>
    shares.length === 1 ? sentence : aboutNetwork(name, sentence);
  const shared = { ...limits, most: Math.floor(limits.most / shares.length) };
  const total = shares.reduce((sum, share) => sum + patchesToMake(share, options.fresh, shared), 0);
  const gathered: GatheredNetwork[] = [];
  const leftOut: { sentence: string; fault: UserError }[] = [];
  let made = 0;
  for (const share of shares) {
    const onProgress = (done: number): void => options.onProgress(made + done, total);
    try {
      gathered.push(await gatherNetwork({ ...options, own, limits: shared, onProgress }, share));
    } catch (fault) {
      if (!(fault instanceof UserError && fault.code === 'too-few-samples')) throw fault;
      leftOut.push({ sentence: named(share.name, `no network is trained. ${fault.message}`), fault });
    }
    made += patchesToMake(share, options.fresh, shared);
  }
  const [first] = leftOut;
  if (gathered.length === 0 && first !== undefined) throw first.fault;
  return {
    networks: gathered.map(({ patches }) => patches),
    warnings: [
      ...ownWarnings(options.own),
      ...leftOut.map(({ sentence }) => sentence),
      ...gathered.flatMap(({ patches, warnings }) => warnings.map((one) => named(patches.name, one))),
    ],
    data: gathered.map(({ patches, data }) => named(patches.name, data)).join(' '),
    dataHash: gathered.map(({ patches }) => patches.dataHash).join('-'),
  };
}

/**
 * The networks that there is something to learn for; synthetic patches are shared evenly over those that have a kind.
 * @throws UserError `bad-argument` where patches are wanted of no kind.
 */
export function sharesOf(
  { count, kinds }: TrainRecipe['synthetic'],
  own: Pick<PatchSet, 'groups'> | null,
): readonly NetworkShare[] {
  if (count > 0 && kinds.length === 0) {
    throw new UserError('bad-argument', 'Choose at least one kind of synthetic data.');
  }
  const learning = NETWORKS.filter((name) => kinds.some((kind) => networkOfKind(kind) === name));
  return NETWORKS.flatMap((name) => {
    const ownKinds = kinds.filter((kind) => networkOfKind(kind) === name);
    const place = learning.indexOf(name);
    const upTo = (places: number): number => Math.round((count * places) / learning.length);
    const synthetic = { count: place < 0 ? 0 : upTo(place + 1) - upTo(place), kinds: ownKinds };
    const members = (own?.groups ?? []).flatMap((group, i) => (networkOfGroup(group) === name ? [i] : []));
    return synthetic.count === 0 && members.length === 0 ? [] : [{ name, synthetic, own: members }];
  });
}

function networkOfKind(kind: SyntheticKind): NetworkName {
  const [group = 'writing'] = groupsOf([kind]);
  return networkOfGroup(group);
}

function ownWarnings(own: PatchSet | null): string[] {
  if (own === null) return [];
  const leaking = leakageOf(own);
  return [...(own.count <= MOST_OWN ? [] : [thinnedWarning(own)]), ...(leaking === null ? [] : [leaking])];
}

/** null where nobody stands in two parts. */
function leakageOf({ subjects, parts }: PatchSet): string | null {
  if (parts === undefined) return null;
  return leakageWarning(leakingSubjects(subjects, parts), new Set(subjects).size, 'more than one split');
}
