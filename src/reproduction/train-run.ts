/** One training of the reproduction, from its patches to its figures. */
import type { Clock } from '../base/clock.ts';
import type { TaskGroup } from '../base/words.ts';
import { logitsOfSet, scoreLogits } from '../model/evaluate.ts';
import { heldOutMetrics } from '../model/metrics.ts';
import { differenceOf, layoutOf, viewOf } from '../model/parameters.ts';
import { fixedSource } from '../model/training-data.ts';
import { runTraining } from '../model/training-loop.ts';
import type { EpochReport } from '../model/training-types.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import { countZeros } from '../rvsm/magnitudes.ts';
import type { Part } from '../synthetic/font-library.ts';
import type { Engine } from '../tensor/engine.ts';
import { recipeOf } from './plan.ts';
import type { EpochPoint, NetworkPicture, RunResult, RunSpec } from './results.ts';
import { KIND_OF, STUDIES, type StudySize } from './studies.ts';

export type StudyPatches = Readonly<Record<Part, PatchSet>>;

/** Where a network comes from. */
export type Origin = Pick<RunResult, 'commit' | 'machine'>;

export interface TrainedRun {
  readonly result: RunResult;
  readonly picture: NetworkPicture;
}

/**
 * Trains the network of the study; the epoch is chosen on validation patches, the test patches are looked at once. The same arguments give
 * the same figures, but for the time.
 *
 * @throws UserError `non-finite-loss`, and what the engine throws.
 */
export async function trainRun(
  { engine, clock }: { readonly engine: Engine; readonly clock: Clock },
  patches: StudyPatches,
  spec: RunSpec,
  size: StudySize,
  origin: Origin,
): Promise<TrainedRun> {
  const startedMs = clock.elapsedMs();
  const { architecture } = STUDIES[spec.dataset];
  const recipe = recipeOf(spec, size);
  const network = await engine.open(architecture);
  const breathe = (): Promise<void> => Promise.resolve();
  try {
    const reports: EpochReport[] = [];
    const run = runTraining(
      { clock, breathe },
      {
        architecture,
        network,
        recipe,
        train: fixedSource(patches.train),
        validation: patches.validation,
      },
    );
    let step = await run.next();
    for (; step.done !== true; step = await run.next()) {
      if (step.value.kind === 'epoch') reports.push(step.value.report);
    }
    const best = step.value;
    const { test } = patches;
    const logits = await logitsOfSet({ architecture, network }, best.flat, test, breathe);
    const { accuracy, sensitivity, specificity, auc } = heldOutMetrics(logits, test.labels, test.subjects);
    const layout = layoutOf(architecture);
    const fc = viewOf(best.flat, layout.fcKernel);
    const atEnd = reports.findLast(({ phase }) => phase === 'rvsm') ?? null;
    const pictured = reports.findLast(({ phase }) => phase !== 'fine-tune') ?? reports.at(-1)!;
    return {
      result: {
        ...spec,
        zeros: countZeros(fc) / fc.length,
        accuracy,
        sensitivity,
        specificity,
        auc,
        accuracyByKind: accuracyByKind(logits, test),
        validationAccuracy: best.accuracy,
        gap: atEnd?.gap ?? 0,
        epochs: reports.map(pointOf),
        seconds: (clock.elapsedMs() - startedMs) / 1000,
        recipe: JSON.stringify(recipe),
        ...origin,
      },
      picture: {
        spec,
        histogram: pictured.histogram,
        threshold: pictured.threshold,
        fcDifference: Array.from(differenceOf(fc), (value) => Number(value.toPrecision(3))),
        mapSide: layout.mapSide,
        mapChannels: layout.mapChannels,
      },
    };
  } finally {
    network.close();
  }
}

function pointOf({ epoch, phase, loss, accuracyU, accuracyW, fcZeros, gap }: EpochReport): EpochPoint {
  return { epoch, phase, loss, accuracyU, accuracyW, zeros: fcZeros, gap };
}

function accuracyByKind(logits: Float32Array, { groups, labels }: PatchSet): Record<string, number> {
  const members = new Map<TaskGroup, number[]>();
  for (const [i, group] of groups.entries()) {
    const own = members.get(group) ?? [];
    own.push(i);
    members.set(group, own);
  }
  return Object.fromEntries(
    [...members].map(([group, indices]) => {
      const own = Float32Array.from(indices, (i) => logits[i]!);
      return [
        KIND_OF[group],
        scoreLogits(
          own,
          Uint8Array.from(indices, (i) => labels[i]!),
        ).accuracy,
      ];
    }),
  );
}
