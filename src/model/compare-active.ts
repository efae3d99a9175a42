/** The active model on the test patches of a new one. */
import { UserError } from '../base/errors.ts';
import type { Engine } from '../tensor/engine.ts';
import type { PatchSet } from './dataset.ts';
import { logitsOfSet, type Breathe } from './evaluate.ts';
import { metricsOfSets, type JudgedSet } from './metrics.ts';
import { networkFor, type Architecture, type ModelNetwork } from './model-bundle.ts';
import { flatOf } from './parameters.ts';
import { pickPatches } from './split.ts';
import type { TrainJob } from './train.ts';
import type { HeldOutMetrics, TrainEvent } from './training-types.ts';

const PREPARED_OTHERWISE =
  'The active model sees pictures prepared in another way, so the two were not compared on the same patches.';
const TOO_LARGE =
  'The active model gives no numbers for the test patches, since its weights are too large, so the two were not compared. Activate another model.';

/**
 * Each patch is judged by the active model's network for its group.
 *
 * @param architecture Of the new model.
 * @returns null where there is no active model, and after a warning where it cannot be compared.
 */
export async function* judgeByModel(
  engine: Engine,
  { active, networks, preprocessing }: Pick<TrainJob, 'active' | 'networks' | 'preprocessing'>,
  architecture: Architecture,
  breathe: Breathe,
): AsyncGenerator<TrainEvent, HeldOutMetrics | null> {
  if (active === null) return null;
  if (active.architecture.inputSide !== architecture.inputSide || active.preprocessing !== preprocessing) {
    yield { kind: 'warning', message: PREPARED_OTHERWISE };
    return null;
  }
  const sets = networks.map(({ test }) => test);
  const unjudged = sets.flatMap(({ groups }) => groups).find((group) => !networkFor(active.networks, group));
  if (unjudged !== undefined) {
    const message = `The active model has no network for the group ${unjudged}, so the two were not compared.`;
    yield { kind: 'warning', message };
    return null;
  }
  const network = await engine.open(active.architecture);
  try {
    const judged: JudgedSet[] = [];
    for (const own of active.networks) {
      const flat = flatOf(active.architecture, own.weights);
      for (const set of sets) {
        const patches = patchesFor(own, active.networks, set);
        const open = { architecture: active.architecture, network };
        judged.push({ set: patches, logits: await logitsOfSet(open, flat, patches, breathe) });
      }
    }
    return metricsOfSets(judged);
  } catch (fault) {
    if (!(fault instanceof UserError && fault.code === 'non-finite-loss')) throw fault;
    yield { kind: 'warning', message: TOO_LARGE };
    return null;
  } finally {
    network.close();
  }
}

/** The patches of a set that this network judges; the set itself where it judges all. */
function patchesFor(own: ModelNetwork, networks: readonly ModelNetwork[], set: PatchSet): PatchSet {
  const members = set.groups.flatMap((group, i) => (networkFor(networks, group) === own ? [i] : []));
  return members.length === set.count ? set : pickPatches(set, members);
}
