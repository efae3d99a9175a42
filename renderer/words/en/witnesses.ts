import type { Advice, ClockWitness, Place, ScreenResultView, Task } from '../../api/types.ts';
import { formatCount, formatFixed, formatPercent, withUnit } from '../format.ts';
import { placesIn, shakyIn } from './verdict.ts';

type ClockState = Extract<ClockWitness, { state: 'measured' }>['says'];
type Unmeasured = Extract<ClockWitness, { state: 'not-measured' }>;

const BAND = '3 to 12';

const seconds = (durationS: number): string =>
  withUnit(durationS < 10 ? formatFixed(durationS, 1).replace('.0', '') : formatCount(durationS), 's');

const clockWords: Readonly<Record<ClockState, string>> = { tremor: 'clear', unclear: 'weak', none: 'none' };

/** "Shaky, mostly on the outer turn": what the network makes of the picture. A figure is one place, seen whole. */
function pictureLine({ picture, evidence, inconclusive }: ScreenResultView): string {
  const { where } = evidence;
  if (inconclusive === 'one-place') return 'One place to look at only';
  const named = where === null || where === 'everywhere' ? null : placesIn[where];
  switch (picture?.says) {
    case 'tremor-like':
      return shakyIn('Shaky', where);
    case 'regular':
      return named === null ? 'Even all along' : `Even, least so ${named}`;
    case 'inconclusive':
      return named === null ? 'Between even and shaky' : `In between, shakiest ${named}`;
    case undefined:
      return 'Not looked at';
  }
}

/** "5.1 Hz, 1.2 mm, 81 % of the time": what the pen's own times show. Old results hold no share of the time. */
function clockLine(clock: ClockWitness): string {
  if (clock.state === 'not-measured') return unmeasuredLine(clock);
  const { says, peakHz, swingMm, swingPx, share, durationS } = clock;
  if (says === 'none') return `Nothing from ${BAND} Hz in ${seconds(durationS)}`;
  if (peakHz === null) return `Something from ${BAND} Hz, but unclear`;
  const figures = [withUnit(formatFixed(peakHz, 1), 'Hz')];
  if (swingMm !== null) figures.push(withUnit(formatFixed(swingMm, 1), 'mm'));
  else if (swingPx !== null) figures.push(withUnit(formatCount(swingPx), 'px'));
  if (share !== null) figures.push(share > 0.99 ? 'all the time' : `${formatPercent(share)} of the time`);
  return says === 'tremor' ? figures.join(', ') : `Maybe ${figures.join(', ')}`;
}

function unmeasuredLine({ reason, durationS, neededS, rateHz }: Unmeasured): string {
  switch (reason) {
    case 'too-short':
      if (durationS >= neededS) return 'Not measured: every stroke is too short';
      return `Not measured: ${seconds(durationS)} drawn, ${seconds(neededS)} are needed`;
    case 'sampled-too-slowly':
      return rateHz === null
        ? 'Not measured: the pen was read too slowly'
        : `Not measured: the pen was read only ${formatCount(rateHz)} times a second`;
    case 'written-too-fast':
      return 'Written too fast to time';
    case 'clock-unusable':
      return 'Not measured: the times in the file are unusable';
    case 'not-recorded':
      return 'Not recorded by the version that screened it';
  }
}

/** How the two stand to each other. Of a scan there is only one, which needs no words. */
function agreementLine({ agreement, clock, picture }: ScreenResultView): string | null {
  switch (agreement) {
    case 'agree':
      return 'Both say the same.';
    case 'disagree':
      return 'They disagree.';
    case 'one-unclear': {
      const unclear = clock?.state === 'measured' && clock.says === 'unclear';
      if (unclear && picture?.says === 'inconclusive') return 'Neither is sure.';
      return unclear ? 'The pen’s clock is not sure.' : 'The picture is not sure.';
    }
    case 'picture-alone':
      return clock === null ? null : 'Judged by the picture alone.';
    case null:
      return null;
  }
}

interface DrawnOrWritten {
  readonly drawn: string;
  readonly written: string;
}
const advices: Readonly<Record<Advice, DrawnOrWritten>> = {
  'usual-pace': {
    drawn: 'A drawing at the usual pace would tell.',
    written: 'Writing at the usual pace would tell.',
  },
  longer: { drawn: 'A longer drawing would tell.', written: 'A longer text would tell.' },
  slower: {
    drawn: 'Drawn more slowly, it could be timed.',
    written: 'Written more slowly, it could be timed.',
  },
  larger: { drawn: 'A larger drawing would tell.', written: 'Larger writing would tell.' },
  'once-more': { drawn: 'Draw it once more.', written: 'Write it once more.' },
};

const isWritten: Readonly<Record<Task, boolean>> = {
  'spiral-traced': false,
  'spiral-free': false,
  wave: false,
  line: false,
  loops: false,
  words: true,
  sentence: true,
  text: true,
  page: true,
};

const placeTitles: Readonly<Record<Place, string>> = {
  outer: 'Mostly the outer turn',
  inner: 'Mostly the inner turns',
  left: 'Mostly on the left',
  right: 'Mostly on the right',
  top: 'Mostly at the top',
  bottom: 'Mostly at the bottom',
  everywhere: 'All along the line',
};

const NO_PLACE = 'No place stands out';

const leastEven: Readonly<Record<Place, string>> = {
  outer: 'Least even outside',
  inner: 'Least even inside',
  left: 'Least even on the left',
  right: 'Least even on the right',
  top: 'Least even at the top',
  bottom: 'Least even at the bottom',
  everywhere: NO_PLACE,
};

/** Beside the heat map. Where the picture is even, the place says little and is said so. */
function placeTitle({ picture, evidence: { where } }: ScreenResultView): string {
  if (where === null) return NO_PLACE;
  return picture?.says === 'regular' ? leastEven[where] : placeTitles[where];
}

/** Words for the two witnesses: what the picture shows, and what the pen's clock. */
export const witnesses = {
  title: 'What speaks for it',
  picture: 'The picture',
  clock: 'The pen’s clock',
  pictureLine,
  clockLine,
  /** One word for how clearly the clock speaks; of one that could not be read, a dash. */
  clockWord: (clock: ClockWitness) => (clock.state === 'measured' ? clockWords[clock.says] : '—'),
  clockUnread: 'not measured',
  agreementLine,
  adviceLine: (advice: Advice, task: Task | null) =>
    task !== null && isWritten[task] ? advices[advice].written : advices[advice].drawn,
  placeTitle,
  about:
    'The picture is judged by a small network that looks at the shape of the line. The pen’s clock looks at the times of the pen: a tremor keeps its beat, a careful hand does not.',
  aboutScan:
    'A scan holds no time, so how often the line wavers, and how fast it was drawn, cannot be measured.',
  clockStrength: 'Strength of the peak, 0 to 6',
  clockShare: 'Time with the tremor',
};
