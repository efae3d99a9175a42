/** What is known of one data set while its trainings come in, in one go or over several. */
import type { TrainedRun } from './train-run.ts';
import { keyOf, recipeOf } from './plan.ts';
import {
  isPaperMethod,
  type DatasetResult,
  type FailedRun,
  type NetworkPicture,
  type RunResult,
} from './results.ts';
import type { StudySize } from './studies.ts';

export function withRun(dataset: DatasetResult, { result, picture }: TrainedRun): DatasetResult {
  return {
    ...dataset,
    runs: [...dataset.runs, result],
    failures: otherFailures(dataset, keyOf(result)),
    pictures: picturesWith(dataset.pictures, picture),
  };
}

export function withFailure(dataset: DatasetResult, failed: FailedRun): DatasetResult {
  return { ...dataset, failures: [...otherFailures(dataset, keyOf(failed.spec)), failed] };
}

function otherFailures({ failures }: DatasetResult, key: string): readonly FailedRun[] {
  return failures.filter(({ spec }) => keyOf(spec) !== key);
}

/** Puts in a network of the first seed where there is none of its method with fewer zeros; with 86 % at least, as in the paper. */
function picturesWith(
  pictures: readonly NetworkPicture[],
  picture: NetworkPicture,
): readonly NetworkPicture[] {
  const { method, a, seed, target } = picture.spec;
  const asksForZeros = method !== 'dense' && !(isPaperMethod(method) && target === 0);
  if (seed !== 1 || (asksForZeros && target < 0.86)) return pictures;
  const isOfMethod = ({ spec }: NetworkPicture): boolean => spec.method === method && spec.a === a;
  if (pictures.some((other) => isOfMethod(other) && other.spec.target <= target)) return pictures;
  return [...pictures.filter((other) => !isOfMethod(other)), picture];
}

/** Runs that were trained by another recipe than they would be now are left out; `left` says how many. */
export function withoutOtherRecipes(
  dataset: DatasetResult,
  size: StudySize,
): { readonly kept: DatasetResult; readonly left: number } {
  const isCurrent = (run: RunResult): boolean => run.recipe === JSON.stringify(recipeOf(run, size));
  const others = dataset.runs.filter((run) => !isCurrent(run));
  if (others.length === 0) return { kept: dataset, left: 0 };
  const keys = new Set(others.map(keyOf));
  return {
    left: others.length,
    kept: {
      ...dataset,
      epochs: size.epochs,
      fineTuneEpochs: size.fineTuneEpochs,
      runs: dataset.runs.filter(isCurrent),
      pictures: dataset.pictures.filter(({ spec }) => !keys.has(keyOf(spec))),
    },
  };
}
