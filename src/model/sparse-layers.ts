/**
 * Which stretches of the parameters a recipe makes sparse, and in what form.
 *
 * A convolution's bias belongs to its filter: in the form `filters` it is part of the filter's group, is shrunk with it and becomes
 * zero with it. A filter of zeros that kept its bias would go on putting a constant into the next layer, one that padding makes
 * smaller at the borders, so that it could not be folded away; without bias the whole channel is gone. In the other forms biases
 * stay dense.
 */
import { UserError } from '../base/errors.ts';
import { countOfShare } from '../rvsm/magnitudes.ts';
import { type WeightGroups } from '../rvsm/groups.ts';
import { entrywise, grouped, penaltyOf, type ArrayPenalty } from '../rvsm/penalties/index.ts';
import type { ParameterLayout, ParameterSlot } from './parameters.ts';
import { methodOf, wantedZeros } from './run-plan.ts';
import type { LayerGoal, TrainRecipe } from './training-types.ts';

export interface SparseLayer {
  /** `conv1` … , `fc`. */
  readonly name: string;
  /** Stretch of the flat array: the kernel, with the biases behind it in the form `filters`. */
  readonly offset: number;
  readonly length: number;
  /** null where every weight is on its own. */
  readonly groups: WeightGroups | null;
  /** Share of weights or groups that are to be zero; 0 where the recipe asks for none. */
  readonly target: number;
  /** null where weights are cut by size alone. */
  readonly penalty: ArrayPenalty | null;
}

/**
 * In the order of the recipe; none for a dense run. The FC kernel with the recipe's target unless it names others.
 * @throws UserError `bad-argument` for a layer or a form that the network does not have, a layer named twice, or a target that
 *   leaves nothing of a layer.
 */
export function sparseLayersOf(layout: ParameterLayout, recipe: TrainRecipe): readonly SparseLayer[] {
  if (methodOf(recipe) === 'dense') return [];
  if (recipe.layers === undefined)
    return [layerOf(layout, recipe, { layer: 'fc', target: recipe.targetSparsity })];
  if (recipe.layers.length === 0) throw refusal('names none: leave it out, or train densely');
  const names = recipe.layers.map(({ layer }) => layer);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw refusal(`names ${twice} twice: choose one form and one target for it`);
  return recipe.layers.map((goal) => {
    const layer = layerOf(layout, recipe, goal);
    requireRest(layer, goal);
    return layer;
  });
}

/** The layers that have weights to make sparse: their kernels, by the names that a recipe knows. */
export function kernelsOf(layout: ParameterLayout): readonly { name: string; kernel: ParameterSlot }[] {
  return layout.slots.flatMap((kernel) => {
    const [name, part] = kernel.name.split('/');
    return part === 'kernel' && name !== undefined ? [{ name, kernel }] : [];
  });
}

function layerOf(layout: ParameterLayout, recipe: TrainRecipe, goal: LayerGoal): SparseLayer {
  const { layer: name, group } = goal;
  const kernels = kernelsOf(layout);
  const kernel = kernels.find((one) => one.name === name)?.kernel;
  if (kernel === undefined) {
    throw refusal(`names ${name}, but the network has ${kernels.map((one) => one.name).join(', ')}`);
  }
  if (group !== undefined && (group === 'inputs') !== (kernel === layout.fcKernel)) {
    throw refusal(`asks for ${group} in ${name}: conv layers have filters, fc has inputs`);
  }
  const groups =
    group === undefined ? null : group === 'filters' ? filterGroups(kernel) : inputGroups(layout);
  const plain =
    methodOf(recipe) === 'rvsm' && recipe.penalty !== null
      ? penaltyOf(recipe.penalty.kind, recipe.penalty.a)
      : null;
  return {
    name,
    offset: kernel.offset,
    length: groups?.of.length ?? kernel.length,
    groups,
    target: wantedZeros(recipe, goal.target),
    penalty: plain && (groups === null ? entrywise(plain) : grouped(plain, groups)),
  };
}

/** One group for each output channel of a kernel [3, 3, in, out] with the biases [out] behind it. */
function filterGroups({ shape, length }: ParameterSlot): WeightGroups {
  const count = shape.at(-1) ?? 1;
  return {
    count,
    size: length / count + 1,
    of: Uint16Array.from({ length: length + count }, (_, i) => i % count),
  };
}

/** One group for each channel of the last map: all weights [positions, 2] of the FC kernel that look at it. */
function inputGroups({ fcKernel, mapChannels }: ParameterLayout): WeightGroups {
  return {
    count: mapChannels,
    size: fcKernel.length / mapChannels,
    of: Uint16Array.from({ length: fcKernel.length }, (_, i) => (i >> 1) % mapChannels),
  };
}

function requireRest({ groups, length, target, name }: SparseLayer, { group }: LayerGoal): void {
  const count = groups?.count ?? length;
  if (countOfShare(count, target) < count) return;
  const most = Math.floor((1000 * (count - 1)) / count) / 1000;
  throw refusal(
    `asks for ${target} of the ${count} ${group ?? 'weights'} of ${name}, which is all: at most ${most}`,
  );
}

function refusal(problem: string): UserError {
  return new UserError('bad-argument', `The recipe's layers: it ${problem}.`, 'layers');
}
