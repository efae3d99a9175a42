import { groupsOfNetwork, type ModelNetworkName, type TaskGroup } from '../base/words.ts';
import type { Calibration, ModelBundle, ModelNetwork } from './model-bundle.ts';

/** Who exports. */
export interface Exporter {
  /** Of the model that is exported: its id in the data folder. */
  readonly modelId: string;
  /** Of the app. */
  readonly version: string;
}

/** What a foreign program must know of an exported model beside its graph; stands in the metadata of every export. */
export interface ExportFacts {
  readonly modelId: string;
  readonly name: string;
  /** Which network of the model the graph is. */
  readonly network: ModelNetworkName;
  /** The task groups that it judges. */
  readonly groups: readonly TaskGroup[];
  readonly createdAt: string;
  readonly exportedBy: string;
  readonly preprocessing: string;
  /** Of the columns of `logits` and `probabilities`. */
  readonly classes: readonly ['regular', 'tremor-like'];
  readonly input: string;
  readonly output: string;
  /** Of these groups. */
  readonly calibration: Calibration;
  readonly notice: string;
}

/** The facts of a model and one of its networks, the same in every format. */
export function exportFacts(
  bundle: ModelBundle,
  { name }: ModelNetwork,
  { modelId, version }: Exporter,
): ExportFacts {
  const { architecture, card, preprocessing } = bundle;
  const groups = groupsOfNetwork(name);
  const calibration = Object.fromEntries(groups.map((group) => [group, bundle.calibration[group]]));
  const side = architecture.inputSide;
  return {
    modelId,
    name: card.name,
    network: name,
    groups,
    createdAt: card.createdAt,
    exportedBy: `Steadypen ${version}`,
    preprocessing,
    classes: ['regular', 'tremor-like'],
    input: `ink, float32 [N, ${side}, ${side}, 1]: patches of an ink map, paper 0, ink 1, at the scale that "preprocessing" names`,
    output:
      'The logit of a patch is logits[1] − logits[0]. Steadypen brings the logits of many patches, scales and flips together to one of the drawing; ' +
      'then p = 1 / (1 + exp(−(slope · logit + offset))) with the calibration of its task group; regular below regularBelow, tremor-like from tremorFrom, else inconclusive. ' +
      'The softmax is that of a single patch and is not calibrated.',
    calibration,
    notice: 'A screening aid and a research tool, not a diagnosis.',
  };
}
