import type { SampleDetail } from '../../api/types.ts';
import { words } from '../../words/words.ts';

const w = words.library;
type Row = readonly [name: string, value: string];

/** The measured figures of a sample in words; a measure that could not be had says so. */
export function figureRows(detail: SampleDetail): Row[] {
  const { where, tremor } = detail.result.evidence;
  const place: Row[] = where === null ? [] : [[w.place, w.places[where] ?? where]];
  if (tremor === null) return place;
  const said = (value: number | null, words: (value: number) => string, none: string = w.unknown): string =>
    value === null ? none : words(value);
  const swing: Row =
    tremor.amplitudeMmRms !== null || tremor.amplitudePxRms === null
      ? [
          w.amplitude,
          said(tremor.amplitudeMmRms, (rms) => w.swing(swingOf(rms)), amplitudeNone(tremor.peakHz)),
        ]
      : [w.amplitudePx, w.px(swingOf(tremor.amplitudePxRms))];
  return [
    [w.peak, said(tremor.peakHz, w.peakHz, w.peakNone)],
    [w.peakRatio, said(tremor.peakRatio, w.times)],
    swing,
    ...place,
    [w.speed, said(tremor.meanSpeedMmS, w.speedMm)],
    [w.duration, said(tremor.durationS, w.seconds)],
    [w.rate, said(tremor.rateHz, (hz) => w.perSecond(hz))],
  ];
}

function amplitudeNone(peakHz: number | null): string {
  return peakHz === null ? w.peakNone : w.unknown;
}

/** The swing from side to side of a wavering whose root mean square is known: 2√2 × rms. */
export function swingOf(rms: number): number {
  return 2 * Math.SQRT2 * rms;
}
