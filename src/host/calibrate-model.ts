/** Calibrates a finished model on whole drawings, also one that was trained earlier. */
import type { Clock } from '../base/clock.ts';
import { TASK_GROUPS, type SyntheticKind, type TaskGroup } from '../base/words.ts';
import { sharedCalibrationNote } from '../model/build-bundle.ts';
import type { PatchSet } from '../model/dataset.ts';
import { decodeModel, encodeModel } from '../model/model-file.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { groupsOf, judgeDrawings, judgeOwn, type JudgedDrawing } from '../screening/calibrate-drawings.ts';
import { fitDrawings, measureDrawings } from '../screening/fit-drawings.ts';
import { loadModelFile } from '../screening/load-model.ts';
import { loadFontLibrary } from '../synthetic/font-files.ts';
import type { Engine } from '../tensor/engine.ts';

export interface CalibrationJob {
  /** Drawings are made of these; groups that none of them belongs to keep their calibration. */
  readonly kinds: readonly SyntheticKind[];
  readonly seed: number;
  /** Drawings of each group and label to fit on, and as many to measure. */
  readonly perLabel: number;
  /** The user's held-out samples; they take part in the fit. */
  readonly own: PatchSet | null;
  readonly engine: Engine;
  readonly clock: Clock;
  /** Lets other messages in; throws to stop. */
  readonly pause: () => Promise<void>;
}

type Progress = Extract<TrainEvent, { kind: 'calibrating' }>;

/** Between two progress events. */
const REPORT_MS = 200;
const PREFIX = 'Calibration: ';

/**
 * Fits each group on drawings of the validation part and measures it on drawings of the test part; the model's weights
 * are not touched. The same model and job give the same file.  *
 * @param file A model file.
 * @returns The file with calibration, card metrics and notes replaced.
 */
export async function* calibrateModel(
  file: Uint8Array,
  job: CalibrationJob,
): AsyncGenerator<Progress, Uint8Array> {
  const bundle = decodeModel(file, 'The new model');
  const model = await loadModelFile(job.engine, file, 'the new model');
  const { kinds, seed, perLabel, pause } = job;
  const perPart = 2 * perLabel * groupsOf(kinds).length;
  const total = 2 * perPart;
  const fonts = loadFontLibrary();
  let reportAt = job.clock.elapsedMs();
  async function* judge(
    part: 'validation' | 'test',
    before: number,
  ): AsyncGenerator<Progress, JudgedDrawing[]> {
    const work = judgeDrawings(model, { kinds, part, perLabel, seed, fonts }, pause);
    for (;;) {
      const next = await work.next();
      if (next.done === true) return next.value;
      if (job.clock.elapsedMs() < reportAt) continue;
      reportAt = job.clock.elapsedMs() + REPORT_MS;
      yield { kind: 'calibrating', done: before + next.value, total };
    }
  }
  const simulated = yield* judge('validation', 0);
  const own = job.own === null ? [] : await judgeOwn(model, job.own, pause);
  const { calibration, kept } = fitDrawings([...simulated, ...own], bundle.calibration);
  const drawingMetrics = measureDrawings(yield* judge('test', perPart), calibration);
  if (total > 0) yield { kind: 'calibrating', done: total, total };
  const stale = new Set(TASK_GROUPS.filter((group) => !kept.includes(group)).map(sharedCalibrationNote));
  const notes = bundle.card.notes.filter((note) => !stale.has(note) && !note.startsWith(PREFIX));
  return encodeModel({
    ...bundle,
    calibration,
    card: { ...bundle.card, drawingMetrics, notes: [...notes, ...notesOf(job, own.length, kept)] },
  });
}

function notesOf(job: CalibrationJob, own: number, kept: readonly TaskGroup[]): string[] {
  const fitted = TASK_GROUPS.filter((group) => !kept.includes(group));
  const simulated = groupsOf(job.kinds).length > 0;
  const sources = [
    ...(simulated
      ? [
          `${job.perLabel} simulated drawings of each label on rough paper, of fonts, words and writers that are not in training`,
        ]
      : []),
    ...(own > 0 ? [`${own} own held-out drawings`] : []),
  ];
  const notes: string[] = [];
  if (fitted.length > 0) {
    notes.push(
      `${PREFIX}${fitted.join(', ')} on whole drawings, judged as screening judges them: ${sources.join(' and ')}.` +
        (simulated ? ' Measured on as many simulated drawings of the test part.' : ''),
    );
  }
  if (kept.length > 0) {
    notes.push(
      `${PREFIX}${kept.join(', ')} on single validation patches, since there were no drawings of this kind to calibrate on; its probabilities are less sure.`,
    );
  }
  return notes;
}
