import type { ScreenResultView, ScreenWarning } from '../../api/types.ts';

/**
 * The warnings that the rest of a result does not say already: a clock that could not be read gives its own reason, a
 * disagreement has its line, and an inconclusive verdict names why.
 */
export function notesOf({
  warnings,
  clock,
  agreement,
  inconclusive,
  refusal,
}: ScreenResultView): ScreenWarning[] {
  const unread = clock?.state === 'not-measured' ? clock.reason : null;
  const isSaid = ({ code }: ScreenWarning): boolean => {
    switch (code) {
      case 'short-recording':
        return unread === 'too-short';
      case 'slow-sampling':
        return unread === 'sampled-too-slowly' || refusal?.reason === 'sampled-too-slowly';
      case 'measures-disagree':
        return agreement === 'disagree';
      case 'maybe-sideways':
        return inconclusive === code;
      default:
        return false;
    }
  };
  return warnings.filter((warning) => !isSaid(warning));
}

/** Another drawing may change the verdict: then drawing again is the one thing to do, and saving comes second. */
export function isWorthDrawingAgain({ advice, verdict }: ScreenResultView): boolean {
  return advice !== null || verdict === 'not-screenable';
}
