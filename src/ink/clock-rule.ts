/** A first rule on the clock alone. */
import type { ClockEvidence } from './clock-evidence.ts';

export type ClockSays = 'tremor' | 'none' | 'unclear' | 'not-measured';

/** Below this strength nothing stands out that chance would not give. */
const NONE_BELOW = 0.4;
/** A smaller swing would have been found: only then its absence says something. Of writing and of drawings, mm. */
const LEAST_SWING_FOR_NONE_MM = 0.7;
/** Fewer looks at a movement could miss a tremor that comes and goes. */
const LEAST_WINDOWS_FOR_NONE = 4;

/**
 * - `tremor`: a peak that none of 840 simulated steady hands shows: slow and careful ones, squarish and fast spirals,
 *   zigzags, loops, words. Of 60 with rows of letter loops 2 do (docs/tremor-clock.md).
 * - `none`: nothing stands out in a recording long and calm enough that a tremor of 0.7 mm swing or less between 4 and
 *   8 Hz would have.
 * - `unclear`: all between.
 */
export function clockSays(evidence: ClockEvidence): ClockSays {
  if (evidence.state === 'not-measured') return 'not-measured';
  if (evidence.peakHz !== null) return 'tremor';
  const shown =
    evidence.windows >= LEAST_WINDOWS_FOR_NONE && evidence.leastSwingMm <= LEAST_SWING_FOR_NONE_MM;
  return shown && evidence.strength < NONE_BELOW ? 'none' : 'unclear';
}
