/** The figures of an evaluation: as one JSON object, and as a table for people. */
import { LABELS, VERDICTS, type Label, type TaskGroup } from '../base/words.ts';
import { logistic } from '../model/calibration.ts';
import type { ClassFigures, Figure } from '../model/metrics.ts';
import type { Recalibration } from '../model/recalibration.ts';
import type { RocPoint } from '../model/roc.ts';
import type { Evaluation } from '../screening/evaluation.ts';

/** How one fold went. */
export interface FoldReport {
  /** From 1. */
  readonly fold: number;
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages: number;
  /** Subjects tested on. */
  readonly testSubjects: number;
  /** Of the fold's own judged images; null where a label is missing among them. */
  readonly auc: number | null;
  /** At probability 0.5; null where none is judged. */
  readonly accuracy: number | null;
  /** Share of the fold's fully connected weights that are zero: what is tested is the sparse network u. */
  readonly fcZeros: number;
  readonly seconds: number;
}

export interface EvaluationReport {
  /** null with folds, where each has its own. */
  readonly model: { readonly id: string; readonly name: string } | null;
  /** The command whose outcome folds stand for; null for a model. */
  readonly training: string | null;
  readonly folds: readonly FoldReport[] | null;
  /** `subject`, or `image` where nobody is known. */
  readonly unit: 'subject' | 'image';
  readonly evaluation: Evaluation;
  readonly groups: Readonly<Partial<Record<TaskGroup, Evaluation>>>;
  /** null where there were too few to fit on. */
  readonly recalibration: (Recalibration & { readonly fittedOn: string }) | null;
  readonly unusable: number;
  readonly warnings: readonly string[];
}

/** Specificities at which the table says what sensitivity can be had. */
const SPECIFICITIES = [1, 0.95, 0.9, 0.8];

/** The last line with `--json`; thresholds of the ROC curve as probabilities. */
export function metricsRecord(report: EvaluationReport): object {
  const { evaluation, groups, recalibration, folds, model, training, unit, unusable, warnings } = report;
  return {
    metrics: rounded({
      model,
      ...(folds === null ? {} : { training, folds }),
      unit,
      ...plain(evaluation),
      unusable,
      groups: Object.fromEntries(Object.entries(groups).map(([group, own]) => [group, plain(own)])),
      recalibration,
      warnings,
    }),
  };
}

function plain(evaluation: Evaluation): object {
  const { figures, roc, ...rest } = evaluation;
  return {
    ...rest,
    notScreenable: evaluation.images - evaluation.judged,
    ...figures,
    roc: roc.map(({ threshold, ...rates }) => ({
      threshold: Number.isFinite(threshold) ? logistic(threshold) : null,
      ...rates,
    })),
  };
}

/** Numbers with at most four digits after the point. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(4));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
}

/** Lines of the table. */
export function describeReport(report: EvaluationReport): string[] {
  const { evaluation, groups, recalibration, folds, model, training, unit, unusable, warnings } = report;
  return [
    '',
    ...(model === null ? [] : [`Model          ${model.name} (${model.id.slice(0, 12)})`]),
    ...(training === null ? [] : [`Each fold      ${training}`]),
    `Images         ${evaluation.images} (${perLabel(evaluation)}), ${evaluation.images - evaluation.judged} of them not screenable; ${unusable} files could not be used`,
    unit === 'subject'
      ? `Subjects       ${evaluation.subjects}`
      : 'Subjects       not named: every image counts as one',
    '',
    ...describeMatrices(evaluation),
    '',
    ...describeFigures(evaluation.figures, unit),
    `ROC            ${describeRoc(evaluation.roc)}`,
    '',
    ...describeCalibration(evaluation),
    ...describeRecalibration(recalibration),
    ...section(Object.entries(groups).map(([group, own]) => `Task group ${group}: ${describeShort(own)}`)),
    ...section((folds ?? []).map(describeFold)),
    ...section(warnings.map((warning) => `! ${warning}`)),
    '',
  ];
}

/** An empty line before lines, if there are any. */
function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function perLabel({ verdicts }: Evaluation): string {
  const countOf = (label: Label): number =>
    VERDICTS.reduce((sum, verdict) => sum + verdicts[label][verdict], 0);
  return LABELS.map((label) => `${countOf(label)} ${label}`).join(', ');
}

function describeMatrices({ verdicts, atHalf }: Evaluation): string[] {
  const row = (title: string, cells: readonly (string | number)[]): string =>
    title.padEnd(28) + cells.map((cell) => String(cell).padStart(16)).join('');
  const rows = <Column extends string>(
    counts: Readonly<Record<Label, Readonly<Record<Column, number>>>>,
    columns: readonly Column[],
  ): string[] =>
    LABELS.map((label) =>
      row(
        `  labelled ${label}`,
        columns.map((column) => counts[label][column]),
      ),
    );
  const called = ['tremor-like', 'regular'] as const;
  return [
    row("At the model's own limits", VERDICTS),
    ...rows(verdicts, VERDICTS),
    row('At probability 0.5', called),
    ...rows(atHalf, called),
  ];
}

function describeFigures(figures: ClassFigures, unit: 'subject' | 'image'): string[] {
  const line = (name: string, figure: Figure): string => `${name.padEnd(15)}${described(figure)}`;
  return [
    `${line('Accuracy', figures.accuracy)}   at probability 0.5; 95 % intervals by bootstrap over ${unit}s`,
    line('Sensitivity', figures.sensitivity),
    line('Specificity', figures.specificity),
    line('AUC', figures.auc),
  ];
}

function described({ value, low, high }: Figure): string {
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}

/** The best sensitivity at each of a few specificities. */
function describeRoc(roc: readonly RocPoint[]): string {
  return SPECIFICITIES.map((wanted) => {
    const within = roc.filter(({ falsePositiveRate }) => 1 - falsePositiveRate >= wanted - 1e-9);
    const { truePositiveRate = 0, threshold = Infinity } = within.at(-1) ?? {};
    const from = Number.isFinite(threshold) ? ` (from ${logistic(threshold).toFixed(2)})` : '';
    return `sensitivity ${truePositiveRate.toFixed(2)} at specificity ${wanted.toFixed(2)}${from}`;
  }).join('; ');
}

function describeCalibration({ ece, brier, reliability }: Evaluation): string[] {
  return [
    `Calibration    ECE ${ece.toFixed(3)} over ${reliability.length} bins of equal width, Brier score ${brier.toFixed(3)}`,
    `  probability      images  mean said  tremor-like`,
    ...reliability
      .filter(({ count }) => count > 0)
      .map(
        ({ from, to, count, predicted, observed }) =>
          `  ${from.toFixed(1)} to ${to.toFixed(1)} ${String(count).padStart(11)} ${(predicted ?? 0).toFixed(2).padStart(10)} ${(observed ?? 0).toFixed(2).padStart(12)}`,
      ),
  ];
}

function describeRecalibration(recalibration: EvaluationReport['recalibration']): string[] {
  if (recalibration === null)
    return ['  Too few images or subjects of a label to fit another calibration on.'];
  const { samples, before, temperature, isotonic, fittedOn } = recalibration;
  const quality = ({ ece, brier }: { ece: number; brier: number }): string =>
    `ECE ${ece.toFixed(3)}, Brier score ${brier.toFixed(3)}`;
  const temperatures = [...temperature.temperatures].sort((a, b) => a - b);
  const [least, most] = [temperatures[0] ?? NaN, temperatures.at(-1) ?? NaN];
  const range = least === most ? least.toFixed(2) : `${least.toFixed(2)} to ${most.toFixed(2)}`;
  return [
    `  Calibrated anew, fitted on ${fittedOn}, measured on ${samples} images:`,
    `    as it is     ${quality(before)}`,
    `    temperature  ${quality(temperature)}; T ${range}`,
    `    isotonic     ${quality(isotonic)}`,
  ];
}

function describeShort({ judged, subjects, figures, ece }: Evaluation): string {
  return (
    `${judged} images of ${subjects}; accuracy ${described(figures.accuracy)}, sensitivity ${described(figures.sensitivity)}, ` +
    `specificity ${described(figures.specificity)}, AUC ${described(figures.auc)}, ECE ${ece.toFixed(3)}`
  );
}

function describeFold(fold: FoldReport): string {
  const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  return (
    `Fold ${fold.fold}: trained on ${fold.trainImages} images, chosen by ${fold.validationImages}, tested on ${fold.testImages} of ` +
    `${fold.testSubjects} subjects: AUC ${figure(fold.auc)}, accuracy ${figure(fold.accuracy)}; ${(100 * fold.fcZeros).toFixed(1)} % FC zeros, ${fold.seconds.toFixed(0)} s`
  );
}
