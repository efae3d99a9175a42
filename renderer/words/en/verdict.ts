import type { InconclusiveReason, Medium, Place, Refusal, ScreenResultView, Task } from '../../api/types.ts';
import { formatCount, formatFixed, formatPercent, withUnit } from '../format.ts';
import { plainOf, say, strong, type Text } from '../text.ts';

type Told = Pick<
  ScreenResultView,
  'kind' | 'verdict' | 'task' | 'refusal' | 'inconclusive' | 'picture' | 'clock' | 'evidence'
>;

const lines: Readonly<Record<Task, string>> = {
  'spiral-traced': 'The line',
  'spiral-free': 'The line',
  wave: 'The line',
  line: 'The line',
  loops: 'The line',
  words: 'The writing',
  sentence: 'The writing',
  text: 'The writing',
  page: 'The writing',
};

/** Where in a drawing; within a sentence. */
export const placesIn: Readonly<Record<Exclude<Place, 'everywhere'>, string>> = {
  outer: 'on the outer turn',
  inner: 'on the inner turns',
  left: 'on the left',
  right: 'on the right',
  top: 'at the top',
  bottom: 'at the bottom',
};

/** "looks shaky, mostly on the left" and what else an adjective may need. */
export function shakyIn(adjective: string, where: Place | null): string {
  if (where === null) return adjective;
  return where === 'everywhere' ? `${adjective} all along` : `${adjective}, mostly ${placesIn[where]}`;
}

/** "5.1 times a second, by about 1.2 mm"; null where the pen's own times show no peak. */
function waver(clock: ScreenResultView['clock']): Text | null {
  if (clock?.state !== 'measured' || clock.says === 'none' || clock.peakHz === null) return null;
  const often = strong(`${formatFixed(clock.peakHz, 1)} times a second`);
  if (clock.swingMm !== null)
    return say`${often}, by about ${strong(withUnit(formatFixed(clock.swingMm, 1), 'mm'))}`;
  if (clock.swingPx !== null)
    return say`${often}, by about ${strong(withUnit(formatCount(clock.swingPx), 'px'))}`;
  return often;
}

function tremorSentence(line: string, { clock, evidence }: Told): Text {
  const measured = waver(clock);
  if (measured === null) return say`${line} ${shakyIn('looks shaky', evidence.where)}.`;
  if (clock?.state === 'measured' && clock.says === 'tremor') return say`${line} wavers ${measured}.`;
  return say`${line} looks shaky, and may waver ${measured}.`;
}

/** The clock may have the last word over a line that is not even to look at. */
function regularSentence(line: string, { picture, clock }: Told): Text {
  const isEven = picture === null || picture.says === 'regular';
  if (isEven || clock?.state !== 'measured' || clock.says !== 'none') return say`${line} looks even.`;
  return say`Not quite even to look at, but the pen’s clock shows ${strong('no tremor')}.`;
}

function inconclusiveSentence(line: string, { inconclusive, clock }: Told): Text {
  switch (inconclusive ?? 'between-limits') {
    case 'clock-shows-none':
      return say`Shaky to look at, but the pen’s clock shows ${strong('no tremor')}, as in slow, careful drawing.`;
    case 'clock-wavers': {
      const measured = waver(clock);
      return measured === null
        ? say`Even to look at, but the pen’s clock shows a faint wavering.`
        : say`Even to look at, but by the pen’s clock it may waver ${measured}.`;
    }
    case 'maybe-no-pen-line':
      return say`The lines may ${strong('not be drawn by hand')}. Screen the handwriting alone, on plain paper.`;
    case 'one-place':
      return say`There is only ${strong('one place')} to look at: too little to be sure.`;
    case 'task-unknown':
      return say`It is not known ${strong('what was drawn')}, and its shape does not tell.`;
    case 'maybe-sideways':
      return say`The page may lie ${strong('on its side')}. Turn it upright and screen it again.`;
    case 'between-limits':
      return say`${line} is neither clearly even nor clearly shaky.`;
  }
}

/** Words for a recording, which has neither a page nor a resolution; null where scans have the same. */
function refusedRecording(refusal: Refusal): Text | null {
  switch (refusal.reason) {
    case 'blank':
      return say`Nothing was drawn: the recording holds no line.`;
    case 'too-little-ink':
      return refusal.unit === 'mm'
        ? null
        : say`Too little of a line: ${strong(formatPercent(refusal.found / refusal.needed))} of the length that is needed.`;
    case 'too-small':
      return say`The drawing is too small.`;
    default:
      return null;
  }
}

function refusalSentence(refusal: Refusal | undefined): Text {
  switch (refusal?.reason) {
    case 'blank':
      return say`The page is blank: no ink stands out from the paper.`;
    case 'blurred':
      return say`The picture is too blurred: the line has no edges to look at.`;
    case 'too-little-ink': {
      const length = (value: number) => withUnit(formatCount(value), refusal.unit);
      return say`Too little ink: ${strong(length(refusal.found))} of line, ${strong(length(refusal.needed))} are needed.`;
    }
    case 'too-small': {
      const { what, widthPx, heightPx } = refusal;
      return what === 'picture'
        ? say`The picture is too small: ${strong(`${formatCount(widthPx)} × ${withUnit(formatCount(heightPx), 'px')}`)}.`
        : say`The drawing is too small: ${strong(withUnit(formatCount(widthPx), 'px'))} across.`;
    }
    case 'sampled-too-slowly':
      return say`The pen was read only ${strong(`${formatCount(refusal.rateHz)} times a second`)}; at least ${formatCount(refusal.neededHz)} are needed.`;
    case 'printed':
      return say`This looks printed: the same letters come again, all alike.`;
    case 'no-pen-line':
      return say`This does not look like a pen line on a plain sheet.`;
    case 'ruled-paper':
      return say`The lines of the paper cannot be told from the ink.`;
    case 'dark-surround':
      return say`The sheet cannot be told from what lies around it.`;
    case undefined:
      return say`It cannot be judged.`;
  }
}

/** What to do about a refusal. */
const refusalAdvice: Readonly<Record<Refusal['reason'], Readonly<Record<Medium, string>>>> = {
  blank: {
    scan: 'Scan the side with the drawing, or choose another file.',
    recording: 'Draw it again, with the pen on the tablet.',
  },
  blurred: {
    scan: 'Scan it again, or hold the camera still and closer.',
    recording: 'Draw it again.',
  },
  'too-little-ink': {
    scan: 'Have more of it drawn, or scan it at a higher resolution.',
    recording: 'Draw it again, larger and with more of the line.',
  },
  'too-small': {
    scan: 'Scan it at 200 dpi or more, and crop it to the drawing.',
    recording: 'Draw it again, larger.',
  },
  'sampled-too-slowly': {
    scan: 'Scan it again.',
    recording: 'Use a pen tablet, or screen a scan of the drawing.',
  },
  printed: {
    scan: 'Only what was written or drawn by hand can be screened.',
    recording: 'Only what was written or drawn by hand can be screened.',
  },
  'no-pen-line': {
    scan: 'Scan a drawing in dark ink on one light sheet, upright and without photographs or print.',
    recording: 'Draw it again, with the pen on the tablet.',
  },
  'ruled-paper': {
    scan: 'Use plain paper, or crop the picture to what was drawn.',
    recording: 'Draw it again.',
  },
  'dark-surround': {
    scan: 'Crop the picture to the sheet, or scan the sheet alone.',
    recording: 'Draw it again.',
  },
};

/** Few words beside a verdict in a list. */
const inconclusiveShort: Readonly<Record<InconclusiveReason, string>> = {
  'clock-shows-none': 'shaky, but no tremor by the pen’s clock',
  'clock-wavers': 'even, but the pen’s clock wavers',
  'maybe-no-pen-line': 'maybe not drawn by hand',
  'one-place': 'one place only',
  'task-unknown': 'unknown what was drawn',
  'maybe-sideways': 'maybe on its side',
  'between-limits': 'look at it yourself',
};

function refusalOf({ kind, refusal }: Told): Text {
  const recorded = kind === 'recording' && refusal !== undefined ? refusedRecording(refusal) : null;
  return recorded ?? refusalSentence(refusal);
}

function sentence(result: Told): Text {
  const line = result.task === null ? 'The line' : lines[result.task];
  switch (result.verdict) {
    case 'tremor-like':
      return tremorSentence(line, result);
    case 'regular':
      return regularSentence(line, result);
    case 'inconclusive':
      return inconclusiveSentence(line, result);
    case 'not-screenable':
      return refusalOf(result);
  }
}

/** What a verdict says, made of its codes and numbers. */
export const verdict = {
  /** One sentence: what was seen, or why it cannot be judged. */
  sentence,
  plainSentence: (result: Told) => plainOf(sentence(result)),
  refusalAdvice,
  inconclusiveShort,
};
