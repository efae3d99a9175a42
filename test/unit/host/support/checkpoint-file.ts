import { Rng } from '../../../../src/base/rng.ts';
import { PREPROCESSING_VERSION } from '../../../../src/imaging/patches.ts';
import { encodeCheckpoint } from '../../../../src/model/checkpoint-file.ts';
import { initialParameters, layoutOf, DEFAULT_ARCHITECTURE } from '../../../../src/model/parameters.ts';
import { densePhase, rvsmPhase } from '../../../../src/model/phases.ts';
import type { TrainRecipe } from '../../../../src/model/training-types.ts';

/** A whole, readable checkpoint of an untrained network, in the first phase. */
export function checkpointFile(recipe: TrainRecipe, epochsDone: number): Uint8Array {
  const layout = layoutOf(DEFAULT_ARCHITECTURE);
  const { penalty, seed } = recipe;
  const phase = penalty === null ? densePhase(layout, recipe, 5) : rvsmPhase(layout, recipe, penalty, 5);
  const rng = new Rng(seed);
  return encodeCheckpoint({
    run: {
      architecture: DEFAULT_ARCHITECTURE,
      recipe,
      networks: ['figures', 'writing'],
      preprocessing: PREPROCESSING_VERSION,
      dataHash: 'no data',
    },
    engine: { backend: 'cuda', detail: 'a stand-in' },
    startedOver: [],
    state: {
      finished: [],
      network: 'figures',
      state: {
        ...phase.state(),
        phase: phase.name,
        epochsDone,
        step: 0,
        lossSum: 0,
        w: initialParameters(DEFAULT_ARCHITECTURE, rng),
        best: null,
        order: rng.state(),
        turns: rng.state(),
        elapsedMs: 0,
      },
    },
  });
}
