/** A whole run on the tiny net and its patches. */
import { openEngine } from '../../../src/model/open-engine.ts';
import { trainModel, type NetworkJob, type TrainJob } from '../../../src/model/train.ts';
import { fixedSource } from '../../../src/model/training-data.ts';
import type { TrainEvent, TrainRecipe } from '../../../src/model/training-types.ts';
import type { Engine } from '../../../src/tensor/engine.ts';
import { stepClock, TINY, TINY_RECIPE, tinyPatches } from './tiny.ts';

const engine = await openEngine('cpu');

const CARD = {
  name: 'Tiny',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
  data: 'lines',
  dataHash: 'none',
  notes: [],
};

/** One network for all groups. */
export function tinyNetwork(change: Partial<NetworkJob> = {}): NetworkJob {
  return {
    name: 'all',
    train: fixedSource(tinyPatches(160, 'train')),
    validation: tinyPatches(60, 'validation'),
    test: tinyPatches(60, 'test'),
    dataHash: 'none',
    ...change,
  };
}

export function tinyJob(recipe: Partial<TrainRecipe>, change: Partial<TrainJob> = {}): TrainJob {
  return {
    recipe: { ...TINY_RECIPE, ...recipe },
    architecture: TINY,
    networks: [tinyNetwork()],
    active: null,
    card: CARD,
    preprocessing: 'tiny-1',
    ...change,
  };
}

export async function collectEvents(job: TrainJob, on: Engine = engine): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  const deps = {
    clock: stepClock,
    signal: new AbortController().signal,
    pause: () => Promise.resolve(),
    engine: on,
  } as const;
  for await (const event of trainModel(deps, job)) events.push(event);
  return events;
}

export function trainTinyModel(recipe: Partial<TrainRecipe>): Promise<TrainEvent[]> {
  return collectEvents(tinyJob(recipe));
}

export function lastOf<K extends TrainEvent['kind']>(
  events: readonly TrainEvent[],
  kind: K,
): TrainEvent & { kind: K } {
  const found = events.findLast((event): event is TrainEvent & { kind: K } => event.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} event, but ${JSON.stringify(events.at(-1))}`);
  return found;
}
