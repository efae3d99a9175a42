import type { TaskGroup, Verdict } from '../base/words.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';
import type { Place } from './heat-place.ts';
import type { ScreenWarning } from './screen-result.ts';

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  outer: 'mostly in the outer turns',
  inner: 'mostly in the inner turns',
  left: 'mostly on the left',
  right: 'mostly on the right',
  top: 'mostly at the top',
  bottom: 'mostly at the bottom',
  everywhere: 'all along',
};

const LINE_WORDS: Readonly<Record<TaskGroup, string>> = {
  spiral: 'The line',
  wave: 'The line',
  writing: 'The writing',
};

export interface Seen {
  readonly verdict: Exclude<Verdict, 'not-screenable'>;
  readonly group: TaskGroup;
  readonly place: Place | null;
  /** Of a recording; null for scans, which hold no time. */
  readonly tremor: TremorMeasures | null;
}

/** One plain sentence on what was seen. Frequency and swing come from a recording's own times, never from a picture. */
export function sentenceOf({ verdict, group, place, tremor }: Seen): string {
  const waver = tremor === null ? null : waverWords(tremor);
  const line = LINE_WORDS[group];
  switch (verdict) {
    case 'tremor-like':
      if (waver !== null) return `The line wavers ${waver}.`;
      return place === null ? `${line} looks shaky.` : `${line} looks shaky, ${PLACE_WORDS[place]}.`;
    case 'inconclusive':
      return waver === null
        ? `${line} is neither clearly even nor clearly shaky.`
        : `The line may waver ${waver}; its picture alone does not decide.`;
    case 'regular':
      if (tremor === null) return `${line} looks even.`;
      return waver === null
        ? 'Nothing between 4 and 12 times a second stands out.'
        : `${line} looks even, though it wavers ${waver}.`;
  }
}

/** “5.1 times a second, by about 1.2 mm”; null where no tremor stands out. */
function waverWords(tremor: TremorMeasures): string | null {
  if (tremor.peakHz === null) return null;
  const often = `${tremor.peakHz.toFixed(1)} times a second`;
  // The swing from one side to the other: 2√2 times the rms.
  const swing = 2 * Math.SQRT2;
  if (tremor.amplitudeMmRms !== null)
    return `${often}, by about ${(swing * tremor.amplitudeMmRms).toFixed(1)} mm`;
  if (tremor.amplitudePxRms !== null)
    return `${often}, by about ${Math.round(swing * tremor.amplitudePxRms)} pixels`;
  return often;
}

/** A warning when what the model sees and what was measured contradict each other. */
export function disagreement(verdict: Verdict, tremor: TremorMeasures | null): ScreenWarning | null {
  // Without amplitude nothing could be measured, so nothing can contradict.
  if (tremor === null || (tremor.amplitudeMmRms === null && tremor.amplitudePxRms === null)) return null;
  if (verdict === 'regular' && tremor.peakHz !== null) {
    return {
      code: 'measures-disagree',
      message: `The picture looks even, but the pen's own times show a waver at ${tremor.peakHz.toFixed(1)} Hz. Draw it once more.`,
    };
  }
  if (verdict === 'tremor-like' && tremor.peakHz === null) {
    return {
      code: 'measures-disagree',
      message:
        'The line looks shaky, but no frequency between 4 and 12 Hz stands out in the pen’s times. Draw it once more.',
    };
  }
  return null;
}
