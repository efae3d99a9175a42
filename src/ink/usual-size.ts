/** How large people usually draw, for recordings whose physical size is unknown. */
import type { TaskGroup } from '../base/words.ts';
import type { RawStroke } from './recording.ts';
import { typicalStrokeSize } from './stroke-geometry.ts';

/** Long side of a spiral, of a wave or line; short side of a typical stroke of writing, mm. */
const USUAL_MM: Readonly<Record<TaskGroup, number>> = { spiral: 60, wave: 100, writing: 3.5 };

/**
 * Millimetres per unit if the drawing had the usual size: right within a factor of about two. For measures that only
 * need the order of size; never shown as millimetres. null for ink without extent.
 */
export function usualMmPerUnit(strokes: readonly RawStroke[], group: TaskGroup | null): number | null {
  const { short, long } = typicalStrokeSize(strokes);
  const size = group === 'writing' || group === null ? short : long;
  return size > 0 ? USUAL_MM[group ?? 'writing'] / size : null;
}
