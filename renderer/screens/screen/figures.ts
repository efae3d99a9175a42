import type { ScreenResultView } from '../../api/types.ts';
import { formatCount, formatFixed, formatPercent, formatProbability, withUnit } from '../../words/format.ts';
import { words } from '../../words/words.ts';

/** One line of a table: what, and the value with its unit. */
export type Figure = readonly [name: string, value: string];

/** Peak to peak of a sine whose rms over both axes is 1. */
const SWING_OF_RMS = 2 * Math.SQRT2;

/** Beyond it the height of a peak says nothing more: next to nothing else is in the line. */
const MOST_RATIO = 1_000;

/** What the pen itself tells; empty for scans. A measure that cannot be had is left out. */
export function penFigures({ evidence: { tremor }, clock }: ScreenResultView): Figure[] {
  if (tremor === null) return [];
  const w = words.screen;
  const figures: Figure[] = [
    [w.peak, tremor.peakHz === null ? w.peakNone : withUnit(formatFixed(tremor.peakHz, 1), 'Hz')],
  ];
  const add = (name: string, value: number | null, digits: number, unit: string) => {
    if (value !== null) figures.push([name, withUnit(formatFixed(value, digits), unit)]);
  };
  if (tremor.amplitudeMmRms !== null) add(w.amplitude, tremor.amplitudeMmRms * SWING_OF_RMS, 1, 'mm');
  else if (tremor.amplitudePxRms !== null) add(w.amplitudePx, tremor.amplitudePxRms * SWING_OF_RMS, 1, 'px');
  if (tremor.peakRatio !== null && tremor.peakRatio > MOST_RATIO)
    figures.push([w.peakRatio, withUnit(`>${formatCount(MOST_RATIO)}`, '×')]);
  else add(w.peakRatio, tremor.peakRatio, 0, '×');
  if (clock?.state === 'measured' && clock.peakHz !== null && clock.share !== null)
    figures.push([words.witnesses.clockShare, formatPercent(clock.share)]);
  add(w.speed, tremor.meanSpeedMmS, 0, 'mm/s');
  add(w.duration, tremor.durationS, 1, 's');
  add(w.rate4, tremor.rateHz, 0, '/s');
  return figures;
}

/** The same in short, for a page of paper: by which model, for which task, between which limits. */
export function briefFigures(result: ScreenResultView): Figure[] {
  const { model, taskFrom, inconclusiveBetween, sensitivity, elapsed } = words.screen;
  const kept = new Set<string>([model, taskFrom, inconclusiveBetween, sensitivity, elapsed]);
  return judgementFigures(result).filter(([name]) => kept.has(name));
}

/** How the model came to its verdict. */
export function judgementFigures(result: ScreenResultView): Figure[] {
  const w = words.screen;
  const { limits, evidence, picture, clock } = result;
  const { taskOf, sensitivities } = words.common;
  const measured = clock?.state === 'measured' ? clock : null;
  return [
    [w.model, result.modelId],
    [w.taskFrom, w.taskFromOf(taskOf(result.task), words.warnings.taskSources[result.taskFrom])],
    [w.inconclusiveBetween, w.between(formatPercent(limits.regularBelow), formatPercent(limits.tremorFrom))],
    [w.sensitivity, sensitivities[result.sensitivity]],
    ...(picture === null
      ? []
      : [
          [w.pictureAlone, formatProbability(picture.probability)] as const,
          [w.places, formatCount(picture.places)] as const,
        ]),
    ...(measured === null
      ? []
      : [[words.witnesses.clockStrength, formatFixed(measured.strength, 1)] as const]),
    ...(evidence.logit === null ? [] : [[w.logit, formatFixed(evidence.logit, 3)] as const]),
    [w.patches, formatCount(evidence.patches)],
    [w.scales, evidence.scales.map((scale) => formatFixed(scale, 2)).join(', ')],
    [w.elapsed, withUnit(formatCount(result.elapsedMs), 'ms')],
  ];
}
