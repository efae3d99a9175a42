/** A verdict in English: made here, at the edge, of the codes and numbers of a result. */
import { taskGroupOf, type Task } from '../base/words.ts';
import type { Place } from '../screening/heat-place.ts';
import { reasonOf, type Advice, type ClockWitness, type ScreenResult } from '../screening/screen-result.ts';
import { refusalWords, tenths, warningWords } from './warning-words.ts';

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  outer: 'mostly in the outer turns',
  inner: 'mostly in the inner turns',
  left: 'mostly on the left',
  right: 'mostly on the right',
  top: 'mostly at the top',
  bottom: 'mostly at the bottom',
  everywhere: 'all along',
};

const ADVICE_WORDS: Readonly<Record<Advice, string>> = {
  'usual-pace': 'A drawing at the usual pace would tell.',
  longer: 'A longer drawing would tell.',
  slower: 'A slower drawing would tell.',
  larger: 'A larger drawing would tell.',
  'once-more': 'Draw it once more.',
};

/** What a sentence is made of. */
export type Sentenced = Pick<
  ScreenResult,
  'kind' | 'task' | 'verdict' | 'refusal' | 'inconclusive' | 'clock' | 'evidence'
>;

/** What was seen, in one plain sentence. Frequency and swing come from a recording's own times, never from a picture. */
export function sentenceOf(result: Sentenced): string {
  const line = lineWords(result.task);
  switch (result.verdict) {
    case 'not-screenable':
      return result.refusal === undefined
        ? 'It cannot be judged.'
        : refusalWords(result.refusal, result.kind);
    case 'tremor-like': {
      const waver = clearWaverWords(result.clock);
      if (waver !== null) return `The line wavers ${waver}.`;
      const { where } = result.evidence;
      return where === null ? `${line} looks shaky.` : `${line} looks shaky, ${PLACE_WORDS[where]}.`;
    }
    case 'inconclusive':
      return inconclusiveWords(result, line);
    case 'regular': {
      const waver = clearWaverWords(result.clock);
      if (waver !== null) return `${line} looks even, though it wavers ${waver}.`;
      return result.clock?.state === 'measured' && result.clock.says === 'none'
        ? 'Nothing between 3 and 12 times a second stands out.'
        : `${line} looks even.`;
    }
  }
}

function inconclusiveWords({ task, clock, inconclusive }: Sentenced, line: string): string {
  switch (inconclusive ?? 'between-limits') {
    case 'clock-shows-none':
      return 'Shaky to look at, but the pen’s clock shows no tremor, as in slow, careful drawing.';
    case 'clock-wavers': {
      const waver = waverWords(clock);
      return `Even to look at, but by the pen’s clock it may waver${waver === null ? '' : ` ${waver}`}.`;
    }
    case 'maybe-no-pen-line':
      return 'The lines may not be drawn by hand.';
    case 'one-place':
      return task !== null && taskGroupOf(task) === 'writing'
        ? 'One word alone does not decide.'
        : 'One place alone does not decide.';
    case 'task-unknown':
      return 'What was drawn is unknown, and its shape does not tell.';
    case 'maybe-sideways':
      return 'The page may lie on its side.';
    case 'between-limits': {
      const waver = waverWords(clock);
      return waver === null
        ? `${line} is neither clearly even nor clearly shaky.`
        : `The line may waver ${waver}; its picture alone does not decide.`;
    }
  }
}

function lineWords(task: Task | null): string {
  if (task === null) return 'The drawing';
  return taskGroupOf(task) === 'writing' ? 'The writing' : 'The line';
}

/** “5.1 times a second, by about 1.2 mm”; null where nothing stands out. */
function waverWords(clock: ClockWitness | null): string | null {
  if (clock?.state !== 'measured' || clock.peakHz === null) return null;
  const often = `${clock.peakHz.toFixed(1)} times a second`;
  const swing = swingWords(clock);
  return swing === null ? often : `${often}, by about ${swing}`;
}

/** The same where the clock is sure of it. */
function clearWaverWords(clock: ClockWitness | null): string | null {
  return clock?.state === 'measured' && clock.says === 'tremor' ? waverWords(clock) : null;
}

function swingWords({ swingMm, swingPx }: Extract<ClockWitness, { state: 'measured' }>): string | null {
  if (swingMm !== null) return `${swingMm.toFixed(1)} mm`;
  return swingPx === null ? null : `${Math.round(swingPx)} pixels`;
}

/** What the pen's own times say, without a full stop. */
export function clockWords(clock: ClockWitness): string {
  if (clock.state === 'not-measured') return notMeasuredWords(clock);
  if (clock.says === 'none') return `nothing from 3 to 12 Hz in ${tenths(clock.durationS)} s`;
  if (clock.peakHz === null) return 'unclear';
  const peak = [
    `${clock.peakHz.toFixed(1)} Hz`,
    ...[swingWords(clock)].filter((swing) => swing !== null),
    ...(clock.share === null ? [] : [`in ${Math.round(100 * clock.share)} % of the time`]),
  ].join(', ');
  if (clock.says === 'tremor') return peak;
  return `unclear, perhaps ${peak}`;
}

function notMeasuredWords(clock: Extract<ClockWitness, { state: 'not-measured' }>): string {
  switch (clock.reason) {
    case 'too-short':
      if (clock.durationS >= clock.neededS) return 'every stroke is too short to time';
      return `too short to time: ${tenths(clock.durationS)} s drawn, ${clock.neededS} s are needed`;
    case 'sampled-too-slowly':
      return clock.rateHz === null
        ? 'sampled too slowly to time'
        : `sampled too slowly to time: ${Math.round(clock.rateHz)} times a second`;
    case 'written-too-fast':
      return 'written too fast to time: every stroke is too short';
    case 'clock-unusable':
      return 'its times cannot be used';
    case 'not-recorded':
      return 'not recorded by the version that screened it';
  }
}

/** Which drawing may change the verdict. */
export function adviceWords(advice: Advice): string {
  return ADVICE_WORDS[advice];
}

/** Of a recording that was judged: what each of the two witnesses says; null for all else. */
export function witnessWords({ picture, clock }: Pick<ScreenResult, 'picture' | 'clock'>): string | null {
  if (picture === null || clock === null) return null;
  return `Picture: ${Math.round(100 * picture.probability)} %. Pen’s clock: ${clockWords(clock)}.`;
}

/** For `--json`: the words beside the codes, where scripts of before look for them. */
export function withWords(result: ScreenResult): object {
  const reason = reasonOf(result);
  return {
    ...result,
    ...(reason === null ? {} : { reason }),
    sentence: sentenceOf(result),
    warnings: wordedWarnings(result),
  };
}

/** Each warning with its message. */
export function wordedWarnings({ warnings }: Pick<ScreenResult, 'warnings'>): object[] {
  return warnings.map((warning) => ({ ...warning, message: warningWords(warning) }));
}
