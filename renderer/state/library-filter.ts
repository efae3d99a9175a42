import type { SampleFilter, SampleSummary } from '../../src/api/contract.ts';

/** A span of days: `today`, the last `week`, or a calendar month such as `2026-11`, in local time. */
export type DateChoice = 'today' | 'week' | `${number}-${number}`;

/** What narrows the library; an absent field does not narrow. */
export interface LibraryFilter {
  readonly participant?: string | undefined;
  readonly task?: NonNullable<SampleSummary['task']> | 'unknown' | undefined;
  readonly label?: NonNullable<SampleSummary['label']> | 'none' | undefined;
  readonly verdict?: SampleSummary['verdict'] | undefined;
  readonly date?: DateChoice | undefined;
  readonly disagree?: boolean | undefined;
}

export function isNarrowed(filter: LibraryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== false);
}

/** The call's filter: local days become UTC instants, inclusive and exclusive. */
export function toSampleFilter(filter: LibraryFilter, now: Date): SampleFilter {
  const span = filter.date === undefined ? null : spanOf(filter.date, now);
  return {
    ...(filter.participant === undefined ? {} : { participant: filter.participant }),
    ...(filter.task === undefined ? {} : { task: filter.task }),
    ...(filter.label === undefined ? {} : { label: filter.label }),
    ...(filter.verdict === undefined ? {} : { verdict: filter.verdict }),
    ...(filter.disagree ? { disagree: true } : {}),
    ...(span === null ? {} : { from: span.from.toISOString(), to: span.to.toISOString() }),
  };
}

function spanOf(choice: DateChoice, now: Date): { from: Date; to: Date } {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const tomorrow = new Date(year, month, day + 1);
  if (choice === 'today') return { from: new Date(year, month, day), to: tomorrow };
  if (choice === 'week') return { from: new Date(year, month, day - 6), to: tomorrow };
  const [chosenYear = year, chosenMonth = month + 1] = choice.split('-').map(Number);
  return { from: new Date(chosenYear, chosenMonth - 1, 1), to: new Date(chosenYear, chosenMonth, 1) };
}

/** This month and the eleven before it, newest first. */
export function recentMonths(now: Date): DateChoice[] {
  return Array.from({ length: 12 }, (_, back): DateChoice => {
    const first = new Date(now.getFullYear(), now.getMonth() - back, 1);
    return `${first.getFullYear()}-${first.getMonth() + 1}`;
  });
}

/** The first day of a month choice; null for the other choices. */
export function monthOf(choice: DateChoice): Date | null {
  const [year, month] = choice.split('-').map(Number);
  return year === undefined || month === undefined ? null : new Date(year, month - 1, 1);
}
