/** One model on all files. */
import { leakageWarning, leakingSubjects } from '../model/leakage.ts';
import { decodeModel } from '../model/model-file.ts';
import { recalibrate } from '../model/recalibration.ts';
import { chooseModel } from './chosen-model.ts';
import type { EvaluateJob, EvaluateOutcome } from './evaluate-job.ts';
import { judgeFiles } from './judge-files.ts';
import { crossSides, validationSides } from './scored-samples.ts';
import type { LabelledFile } from './training-data.ts';

/**
 * @param validation Files to fit another calibration on; where there is none it is fitted across subjects.
 * @throws UserError `bad-model`, `not-found`, `cancelled`.
 */
export async function evaluateModel(
  { given, context, data, all, files, warn }: EvaluateJob,
  validation: readonly LabelledFile[],
): Promise<EvaluateOutcome> {
  const { terminal, screener, namesPeople } = context;
  const model = await chooseModel(terminal, { file: given.text('model'), home: given.text('home') });
  const { card } = decodeModel(model.file, 'The model');
  const subjects = all.map(({ subject }) => subject);
  const leaking = leakingSubjects(
    subjects,
    all.map(({ part }) => part ?? ''),
  );
  warn(leakageWarning(leaking, new Set(subjects).size, 'more than one split'));
  if (card.data.includes('own patches')) {
    warn(
      `The model "${card.name}" has learnt from labelled files. If people of ${data} are among them, its figures are too good.`,
    );
  }
  screener.useModel(model.id, model.file);
  await screener.warmUp();
  const { judged, unusable } = await judgeFiles(context, files);
  const fitOn = await judgeFiles({ ...context, outputs: null }, validation);
  const pairs = validation.length > 0 ? validationSides(judged, fitOn.judged) : crossSides(judged);
  const fittedOn =
    validation.length > 0
      ? 'the validation part'
      : `other ${namesPeople ? 'subjects' : 'images'}, in ${pairs.length} folds`;
  const result = recalibrate(pairs);
  return {
    model: { id: model.id, name: card.name },
    training: null,
    folds: null,
    judged,
    unusable,
    recalibration: result === null ? null : { ...result, fittedOn },
  };
}
