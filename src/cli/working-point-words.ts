/** What a model's limits mean for people, in words. */
import { SENSITIVITIES, TASK_GROUPS, type Sensitivity, type TaskGroup } from '../base/words.ts';
import type { MediumWorkingPoints } from '../model/model-bundle.ts';
import { predictiveValues, type WorkingPoint } from '../model/working-points.ts';

const GROUP_WORDS: Readonly<Record<TaskGroup, string>> = {
  spiral: 'spirals',
  wave: 'waves, lines and loops',
  writing: 'writing',
};
const MEDIUM_WORDS = { scan: 'on paper', recording: 'by pen' } as const;

/**
 * A line for each group, medium and sensitivity, under a heading; none for a model without working points.
 *
 * @param prevalence Share of people with a tremor, 0..1; null leaves predictive values out.
 */
export function workingPointLines(
  points: Readonly<Partial<Record<TaskGroup, MediumWorkingPoints>>> | undefined,
  prevalence: number | null,
): string[] {
  const lines = TASK_GROUPS.flatMap((group) => {
    const own = points?.[group];
    if (own === undefined) return [];
    return (['scan', 'recording'] as const).flatMap((medium) => [
      `${GROUP_WORDS[group]}, ${MEDIUM_WORDS[medium]}:`,
      ...SENSITIVITIES.map((name) => `  ${pointWords(name, own[medium][name], prevalence)}`),
    ]);
  });
  return lines.length === 0 ? [] : ['On simulated hands that the limits were not chosen on:', ...lines];
}

function pointWords(name: Sensitivity, point: WorkingPoint, prevalence: number | null): string {
  const { regularBelow, tremorFrom, sensitivity, specificity } = point;
  const limits = `(regular below ${percent(regularBelow)}, tremor-like from ${percent(tremorFrom)})`;
  if (specificity === null || sensitivity === null) {
    return `${name.padEnd(9)} not measured: too few simulated hands ${limits}.`;
  }
  const base =
    `${name.padEnd(9)} of 100 careful regular writers ${hundred(1 - specificity)} would be flagged, ` +
    `of 100 with a clear tremor ${hundred(sensitivity)} ${limits}`;
  if (prevalence === null) return `${base}.`;
  const { positive, negative } = predictiveValues({ sensitivity, specificity }, prevalence);
  return (
    `${base}; where ${hundred(prevalence)} of 100 people have a tremor, ` +
    `${positive === null ? 'nobody is flagged' : `${hundred(positive)} of 100 flagged have one`} and ` +
    `${negative === null ? 'everybody is flagged' : `${hundred(negative)} of 100 not flagged have none`}.`
  );
}

/** Nobody and everybody are said only where they are meant. */
function hundred(share: number): string {
  const count = Math.round(100 * share);
  if (count === 0 && share > 0) return 'fewer than 1';
  return count === 100 && share < 1 ? 'more than 99' : String(count);
}

function percent(probability: number): string {
  return `${Math.round(100 * probability)} %`;
}
