import { formatDay, isSameDay } from '../../words/format.ts';
import { words } from '../../words/words.ts';

/** "today", "18 Nov", "18 Nov 2025". */
export function shortDay(iso: string, now: Date): string {
  return isSameDay(iso, now) ? words.library.todayShort : formatDay(iso, now);
}
