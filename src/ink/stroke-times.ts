import type { RawSample } from './recording.ts';

/**
 * Times that only grow, for the samples of one stroke, in seconds from the stroke's first sample.
 *
 * - A single sample stamped before its predecessor takes the predecessor's stamp.
 * - When the clock itself jumps back (the next sample is early too), the rest is moved on behind the last sample.
 * - Samples that share a stamp (a coarse clock) are spread evenly up to the next stamp.
 *
 * @returns Shape [samples]; strictly growing unless all stamps are equal, then all 0.
 */
export function strokeTimesS(samples: readonly RawSample[]): Float64Array {
  const stamps = forwardStamps(samples);
  const count = stamps.length;
  const times = new Float64Array(count);
  let lastStep = 0;
  for (let from = 0; from < count;) {
    let to = from + 1;
    while (to < count && stamps[to]! <= stamps[from]!) to++;
    // The last group has no next stamp; it keeps the pace of the one before.
    const step = to < count ? (stamps[to]! - stamps[from]!) / (to - from) : lastStep;
    for (let i = from; i < to; i++) times[i] = (stamps[from]! + (i - from) * step - stamps[0]!) / 1000;
    lastStep = step;
    from = to;
  }
  return times;
}

/** Stamps that never fall, ms. */
function forwardStamps(samples: readonly RawSample[]): Float64Array {
  const stamps = Float64Array.from(samples, ({ timeMs }) => timeMs);
  const typical = typicalStep(stamps);
  let shift = 0;
  for (let i = 1; i < stamps.length; i++) {
    const latest = stamps[i - 1]!;
    const here = stamps[i]! + shift;
    if (here >= latest) {
      stamps[i] = here;
      continue;
    }
    const next = i + 1 < stamps.length ? stamps[i + 1]! + shift : Infinity;
    if (next < latest) {
      shift += latest + typical - here;
      stamps[i] = latest + typical;
    } else stamps[i] = latest;
  }
  return stamps;
}

/** Median of the steps forward, ms; 0 without any. */
function typicalStep(stamps: Float64Array): number {
  const steps: number[] = [];
  for (let i = 1; i < stamps.length; i++) {
    if (stamps[i]! > stamps[i - 1]!) steps.push(stamps[i]! - stamps[i - 1]!);
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}
