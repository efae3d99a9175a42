/** How much of the time a tremor is there. */
import { surroundingsOf } from './peak-spectrum.ts';
import type { WindowSpectra } from './window-spectra.ts';

/** In a window of its own, a tremor is this prominent; chance makes about one window in ten so. */
const WINDOW_PROMINENCE = 1.6;
const WINDOW_REACH_HZ = 0.4;

/** Share of the pen-down time in which a movement of a frequency stands out, 0..1. */
export function shareOfTime(spectra: WindowSpectra, hz: number): number {
  const { bins, windows, presence, power, stepHz } = spectra;
  let seen = 0;
  let all = 0;
  for (let w = 0; w < windows; w++) {
    const values = power.slice(w * bins, (w + 1) * bins).map((value) => Math.log(value + 1e-12));
    let top = -Infinity;
    for (let k = Math.round((hz - WINDOW_REACH_HZ) / stepHz); k * stepHz <= hz + WINDOW_REACH_HZ; k++) {
      top = Math.max(top, values[k] ?? -Infinity);
    }
    all += presence[w]!;
    if (top - surroundingsOf({ stepHz, values }, hz).both >= WINDOW_PROMINENCE) seen += presence[w]!;
  }
  return all > 0 ? seen / all : 0;
}
