/** What a verdict is worth among the people that somebody sees. */
export interface PredictiveValues {
  /** Of those flagged, the share that has a tremor; null where nobody is flagged. */
  readonly ofFlagged: number | null;
  /** Of those not flagged, the share that has none; null where everybody is flagged. */
  readonly ofOthers: number | null;
}

/**
 * Bayes' rule: positive and negative predictive value.
 *
 * @param prevalence Share of the people who have a tremor, 0..1.
 * @param point Sensitivity: share of those with a tremor who are flagged; specificity: share of those without who are not.
 * @throws RangeError naming a value outside 0..1.
 */
export function predictiveValues(
  prevalence: number,
  point: { readonly sensitivity: number; readonly specificity: number },
): PredictiveValues {
  const { sensitivity, specificity } = point;
  for (const [name, value] of Object.entries({ prevalence, sensitivity, specificity }))
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} is ${value}; it must lie between 0 and 1`);
  const found = prevalence * sensitivity;
  const missed = prevalence * (1 - sensitivity);
  const falseAlarms = (1 - prevalence) * (1 - specificity);
  const spared = (1 - prevalence) * specificity;
  const share = (part: number, rest: number) => (part + rest === 0 ? null : part / (part + rest));
  return { ofFlagged: share(found, falseAlarms), ofOthers: share(spared, missed) };
}
