import type { RunEvent } from '../../api/types.ts';
import { words } from '../../words/words.ts';

const w = words.train;

/** What ended a run and what to do now: the host's own sentence where it knows more than "cancelled". */
export function failureWords(failed: Extract<RunEvent, { kind: 'failed' }>): { title: string; text: string } {
  const { title, advice } = w.failures[failed.reason];
  const next = w.adviceByCode[failed.error.code] ?? advice;
  const told = failed.reason === 'cancelled' ? '' : `${failed.error.message} `;
  return { title, text: `${told}${next}` };
}
