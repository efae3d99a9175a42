import { UserError } from '../base/errors.ts';
import type { ModelNetworkName } from '../base/words.ts';
import type { Architecture } from './model-bundle.ts';
import type { TrainRecipe } from './training-types.ts';

/** What a run is: it goes on only from a checkpoint of the same. */
export interface RunIdentity {
  readonly architecture: Architecture;
  /** Its backend may differ: that changes how the run is computed, not which it is. */
  readonly recipe: TrainRecipe;
  /** What it trains, in this order. */
  readonly networks: readonly ModelNetworkName[];
  /** Version of the ink map and scales that the patches went through. */
  readonly preprocessing: string;
  /** Of all patches of the run. */
  readonly dataHash: string;
}

/** A run whose data may not be known yet. */
export interface WantedRun extends Omit<RunIdentity, 'dataHash' | 'networks'> {
  readonly networks: RunIdentity['networks'] | null;
  readonly dataHash: string | null;
}

/**
 * @param found The run of the checkpoint.
 * @param wanted The run that is to go on; its networks and data hash are null as long as the data are not known.
 * @param name Of the checkpoint's file, for messages.
 * @throws UserError `bad-argument` that says in what the two differ.
 */
export function requireSameRun(found: RunIdentity, wanted: WantedRun, name: string): void {
  const differs = differenceOf(found, wanted);
  if (differs === null) return;
  throw new UserError(
    'bad-argument',
    `${name} belongs to another run: ${differs}. Give the options and data of that run, or start at the beginning.`,
    name,
  );
}

function differenceOf(found: RunIdentity, wanted: WantedRun): string | null {
  const { recipe } = wanted;
  for (const field of [
    ...new Set([...Object.keys(recipe), ...Object.keys(found.recipe)]),
  ] as (keyof TrainRecipe)[]) {
    const [theirs, ours] = [found.recipe, recipe].map((of) => JSON.stringify(sorted(of[field])));
    if (field !== 'backend' && theirs !== ours)
      return `its ${field} is ${theirs ?? 'not given'}, not ${ours ?? 'left out'}`;
  }
  if (JSON.stringify(sorted(found.architecture)) !== JSON.stringify(sorted(wanted.architecture))) {
    const { inputSide, channels } = found.architecture;
    return `its network sees ${inputSide} × ${inputSide} pixels and has ${channels.join(', ')} channels, this one ${wanted.architecture.inputSide} × ${wanted.architecture.inputSide} and ${wanted.architecture.channels.join(', ')}`;
  }
  if (found.preprocessing !== wanted.preprocessing) {
    return `its pictures were prepared as ${found.preprocessing}, not ${wanted.preprocessing}`;
  }
  if (wanted.networks !== null && found.networks.join() !== wanted.networks.join()) {
    return `it trains the networks ${found.networks.join(', ')}, not ${wanted.networks.join(', ')}`;
  }
  return wanted.dataHash === null || found.dataHash === wanted.dataHash ? null : 'it learnt from other data';
}

/** The same value with its fields in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
