/** A second press this soon after the first is a tremble of the hand, not a wish. */
const TREMBLE_MS = 350;

/**
 * Tells a wished press from a jittery double click or a held key.
 * @returns A test for click events: true for the first of a burst. Each button needs its own.
 */
export function createSteadyPress(trembleMs = TREMBLE_MS): (event: Event) => boolean {
  let lastMs = -Infinity;
  return (event) => {
    const isTremble = event.timeStamp - lastMs < trembleMs;
    lastMs = event.timeStamp;
    return !isTremble;
  };
}
