import type { HeldOutMetrics, ModelSummary, RunEvent, TrainRequest } from '../../api/types.ts';
import { FEW_SUBJECTS, standingOf } from '../../state/comparison.ts';
import { formatBytes, formatPercent } from '../../words/format.ts';
import { formatScore } from '../../words/scores.ts';
import { words } from '../../words/words.ts';

type Outcome = Extract<RunEvent, { kind: 'done' }>;

const w = words.train;

export interface ComparisonRow {
  readonly name: string;
  readonly active: string;
  readonly candidate: string;
}

/**
 * The table of both models. Scores only once both were judged on the same data; what the active model scored elsewhere
 * would be compared unfairly.
 */
export function comparisonRows(
  active: ModelSummary | null,
  outcome: Outcome | null,
  candidate: ModelSummary | null,
): ComparisonRow[] {
  const score = (name: string, say: (metrics: HeldOutMetrics) => string): ComparisonRow => ({
    name,
    active: outcome?.active ? say(outcome.active) : w.none,
    candidate: outcome ? say(outcome.candidate) : w.none,
  });
  const property = (name: string, say: (model: ModelSummary) => string): ComparisonRow => ({
    name,
    active: active ? say(active) : w.none,
    candidate: candidate ? say(candidate) : w.none,
  });
  return [
    score(w.auc, ({ auc }) => formatScore(auc)),
    score(w.accuracyRow, ({ accuracy }) => formatPercent(accuracy)),
    score(w.sensitivity, ({ sensitivity }) => formatPercent(sensitivity)),
    score(w.specificity, ({ specificity }) => formatPercent(specificity)),
    property(w.zerosRow, ({ fcZeros }) => formatPercent(fcZeros)),
    property(w.file, ({ sparseBytes }) => formatBytes(sparseBytes)),
  ];
}

export function judgedText({ candidate }: Outcome, request: TrainRequest): string {
  const say = request.ownSamples ? w.judgedOwn : w.judgedSimulated;
  return say(candidate.samples, candidate.subjects);
}

/** The honest sentence under the figures. */
export function standingWords(
  outcome: Outcome,
  request: TrainRequest,
): { title: string; text: string; note: string | null } {
  const standing = standingOf(outcome.active, outcome.candidate);
  const { title, text } = w.standing[standing];
  const few = standing === 'too-early' && outcome.candidate.subjects < FEW_SUBJECTS;
  const said = few ? w.tooEarlyFew(outcome.candidate.subjects) : text;
  return { title, text: said, note: request.ownSamples ? null : w.simulatedOnly };
}
