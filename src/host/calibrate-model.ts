/** Calibrates a finished model on whole drawings, also one that was trained earlier. */
import type { Clock } from '../base/clock.ts';
import type { SyntheticKind, TaskGroup } from '../base/words.ts';
import { sharedCalibrationNote } from '../model/build-bundle.ts';
import type { PatchSet } from '../model/dataset.ts';
import { groupsJudged, workingPointsOf } from '../model/model-bundle.ts';
import { decodeModel, encodeModel } from '../model/model-file.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { judgeDrawings, judgeOwn, type JudgedDrawing } from '../screening/calibrate-drawings.ts';
import { drawingStreams, groupsOf, handStreams } from '../screening/calibration-drawings.ts';
import { fitDrawings, measureDrawings } from '../screening/fit-drawings.ts';
import { loadModelFile } from '../screening/load-model.ts';
import type { Engine } from '../tensor/engine.ts';
import { DataThreads, threadsHere } from './data-threads.ts';

export interface CalibrationJob {
  /** Drawings are made of these; groups that none of them belongs to keep their calibration. */
  readonly kinds: readonly SyntheticKind[];
  readonly seed: number;
  /** Drawings of each group and label to fit on, and as many to measure. */
  readonly perLabel: number;
  /** The user's held-out samples, each set of groups that the model judges; they take part in the fit. */
  readonly own: readonly PatchSet[];
  readonly engine: Engine;
  readonly clock: Clock;
  /** Lets other messages in; throws to stop. */
  readonly pause: () => Promise<void>;
}

type Progress = Extract<TrainEvent, { kind: 'calibrating' }>;

/** Between two progress events. */
const REPORT_MS = 200;
const PREFIX = 'Calibration: ';
/** Working points are chosen from so many drawings of a label on: careful hands and recordings take as long again as all others. */
const HANDS_FROM = 50;

/**
 * Fits each group on drawings of the validation part and measures it on drawings of the test part; limits by medium and
 * sensitivity are chosen on both and measured crosswise. The model's weights are not touched. The same model and job give the same file.
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
  const streams = (['validation', 'test'] as const).map((part) => [
    ...drawingStreams(kinds, { part, seed, perLabel }),
    ...(perLabel >= HANDS_FROM ? handStreams(kinds, { part, seed, count: perLabel }) : []),
  ]);
  const total = streams.flat().reduce((sum, { count }) => sum + count, 0);
  const judged = yield* reportWhile(job.clock, total, (onJudged) => {
    const threads = new DataThreads({ threads: threadsHere(1) }); // this one judges
    // Both parts at once: no thread waits for the last drawings of the first.
    return judgeDrawings(model, streams.flat(), { maker: threads.drawings, pause, onJudged }).finally(() =>
      threads.close(),
    );
  });
  const [fitted, held] = [judged.slice(0, total / 2), judged.slice(total / 2)];
  const own: JudgedDrawing[] = [];
  for (const set of job.own) own.push(...(await judgeOwn(model, set, pause)));
  const { calibration, kept } = fitDrawings([...fitted, ...own], held, bundle.calibration);
  const points = workingPointsOf(calibration);
  const drawingMetrics = measureDrawings(held, calibration);
  const fittedGroups = groupsJudged(bundle).filter((group) => !kept.includes(group));
  const stale = new Set(fittedGroups.map(sharedCalibrationNote));
  const notes = bundle.card.notes.filter((note) => !stale.has(note) && !note.startsWith(PREFIX));
  return encodeModel({
    ...bundle,
    calibration,
    card: {
      ...bundle.card,
      drawingMetrics,
      ...(Object.keys(points).length === 0 ? {} : { workingPoints: points }),
      notes: [...notes, ...notesOf(job, own.length, fittedGroups, kept)],
    },
  });
}

/** Says at most every {@link REPORT_MS} how far work is, at once that it began, and at last that it is done; nothing where there is none. */
async function* reportWhile<T>(
  clock: Clock,
  total: number,
  work: (onDone: (done: number) => void) => Promise<T>,
): AsyncGenerator<Progress, T> {
  if (total === 0) return work(() => undefined);
  let done = 0;
  let wake: () => void = () => undefined;
  let ended = false;
  const result = work((count) => {
    done = count;
    wake();
  }).finally(() => {
    ended = true;
    wake();
  });
  result.catch(() => undefined); // thrown below
  for (let reportAt = -Infinity; !ended;) {
    if (clock.elapsedMs() >= reportAt) {
      reportAt = clock.elapsedMs() + REPORT_MS;
      yield { kind: 'calibrating', done, total };
    }
    if (!ended) await new Promise<void>((resolve) => (wake = resolve));
  }
  const value = await result;
  yield { kind: 'calibrating', done: total, total };
  return value;
}

function notesOf(
  job: CalibrationJob,
  own: number,
  fitted: readonly TaskGroup[],
  kept: readonly TaskGroup[],
): string[] {
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
  if (simulated && job.perLabel >= HANDS_FROM) {
    notes.push(
      `${PREFIX}limits by medium and sensitivity, chosen on ${2 * job.perLabel} careful regular hands and as many shaky ones of each group, on paper and by pen; ` +
        'measured crosswise, each half by limits that the other half chooses.',
    );
  }
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
