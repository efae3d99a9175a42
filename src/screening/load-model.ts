import { UserError } from '../base/errors.ts';
import type { TaskGroup } from '../base/words.ts';
import { decodeFittingModel } from '../model/fitting-model.ts';
import { calibrationOf, groupsJudged } from '../model/model-bundle.ts';
import { predictorOn } from '../model/predictor.ts';
import type { Engine } from '../tensor/engine.ts';
import { askBlank } from './judge-ink.ts';
import type { GroupNetwork, LoadedModel } from './screen-ink.ts';

/**
 * Makes a model file ready to judge: all its networks, on one memory of the engine.
 *
 * @param id Shown with every result.
 * @throws UserError `bad-model` when the file is damaged, was trained behind another preparation of pictures or gives no
 *   numbers for an empty patch.
 */
export async function loadModelFile(engine: Engine, bytes: Uint8Array, id: string): Promise<LoadedModel> {
  const name = `The model ${id}`;
  const { architecture, networks, calibration } = decodeFittingModel(bytes, name, id);
  const open = { architecture, network: await engine.open(architecture) };
  try {
    const ready = new Map<TaskGroup, GroupNetwork>();
    for (const own of networks) {
      const predictor = predictorOn(open, own.weights, { name, subject: id });
      const blank = await askBlank(predictor);
      for (const group of groupsJudged({ networks: [own] })) {
        ready.set(group, { predictor, blank, calibration: calibrationOf(calibration, group) });
      }
    }
    return {
      id,
      groups: [...ready.keys()],
      networkFor: (group) => ready.get(group) ?? refuse(name, id, [...ready.keys()], group),
      dispose: () => open.network.close(),
    };
  } catch (fault) {
    open.network.close();
    throw fault;
  }
}

const WORDS: Readonly<Record<TaskGroup, string>> = {
  spiral: 'spirals',
  wave: 'waves, lines and loops',
  writing: 'writing',
};

function refuse(name: string, id: string, judged: readonly TaskGroup[], group: TaskGroup): never {
  throw new UserError(
    'bad-model',
    `${name} was trained on ${judged.map((one) => WORDS[one]).join(', ')}, not on ${WORDS[group]}, and cannot judge this. ` +
      'Activate another model, or train one on both.',
    id,
  );
}
