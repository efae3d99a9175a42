/** Which labelled files each fold learns from, is chosen and calibrated by, and is tested on. */
import { Rng } from '../base/rng.ts';
import { UserError } from '../base/errors.ts';
import { SPLIT_PARTS, type SplitPart } from '../base/words.ts';
import { groupedFolds } from '../model/split.ts';
import { requireEnough } from '../model/training-data.ts';

/** Fewer leave no two people of a label to learn from and to choose by. */
export const LEAST_FOLDS = 3;
/** More take longer than they tell. */
export const MOST_FOLDS = 20;
/** Of what a fold does not test on, about one in so many chooses and calibrates. */
const INNER_FOLDS = 5;

/**
 * @param units What is never split: a subject each, or an image each.
 * @param labels 0 or 1, shape of `units`.
 * @param folds ≥ {@link LEAST_FOLDS}.
 * @param what What a unit is called, for messages.
 * @returns The fold of each file, 0 … folds − 1.
 * @throws UserError `too-few-samples` that says how many units of each label are needed.
 */
export function dealFolds(
  units: readonly string[],
  labels: Uint8Array,
  folds: number,
  seed: number,
  what: 'subjects' | 'images',
): Uint32Array {
  const regular = unitsOf(units, labels, 0);
  const tremorLike = unitsOf(units, labels, 1);
  const fewest = Math.min(regular, tremorLike);
  if (fewest < folds) {
    throw new UserError(
      'too-few-samples',
      `--folds ${folds} needs at least ${folds} ${what} with regular and ${folds} with tremor-like samples, so that every fold is tested on both; ` +
        `there are ${regular} and ${tremorLike}. ` +
        (fewest >= LEAST_FOLDS ? `Take --folds ${fewest} or add samples.` : 'Add samples of more people.'),
      '--folds',
    );
  }
  return groupedFolds(units, labels, folds, new Rng(`${seed}/folds`));
}

/**
 * @param foldOf From {@link dealFolds}.
 * @returns The part of each file in the run of one fold: its own files are the test part, and of the other units about one
 * in five, with both labels, is the validation part.
 */
export function partsOfFold(
  units: readonly string[],
  labels: Uint8Array,
  foldOf: Uint32Array,
  fold: number,
  seed: number,
): SplitPart[] {
  const others = Array.from(foldOf.keys()).filter((i) => foldOf[i] !== fold);
  const innerUnits = others.map((i) => units[i]!);
  const innerLabels = Uint8Array.from(others, (i) => labels[i]!);
  const most = Math.min(unitsOf(innerUnits, innerLabels, 0), unitsOf(innerUnits, innerLabels, 1));
  const inner = Math.min(INNER_FOLDS, most);
  const innerOf = groupedFolds(innerUnits, innerLabels, inner, new Rng(`${seed}/inner/${fold}`));
  const parts = Array.from(foldOf, (): SplitPart => 'test');
  // The last one: those with most samples went to the first, and are better learnt from.
  others.forEach((i, at) => (parts[i] = innerOf[at] === inner - 1 ? 'validation' : 'train'));
  return parts;
}

/**
 * Before the first fold is trained, not after an hour in the fourth.
 *
 * @param labels 0 or 1, of each patch.
 * @param parts For each fold the part of each patch.
 * @throws UserError `too-few-samples` that names the fold and what it lacks.
 */
export function refuseThinFolds(labels: Uint8Array, parts: readonly (readonly SplitPart[])[]): void {
  for (const [fold, ofPatches] of parts.entries()) {
    for (const part of SPLIT_PARTS) {
      try {
        requireEnough(part, { labels: labels.filter((_, i) => ofPatches[i] === part) });
      } catch (fault) {
        if (!(fault instanceof UserError)) throw fault;
        throw new UserError(fault.code, `Fold ${fold + 1} of ${parts.length}: ${fault.message}`, '--folds');
      }
    }
  }
}

function unitsOf(units: readonly string[], labels: Uint8Array, label: 0 | 1): number {
  return new Set(units.filter((_, i) => labels[i] === label)).size;
}
