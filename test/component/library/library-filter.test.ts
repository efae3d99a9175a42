import { expect, test } from 'vitest';
import { recentMonths, toSampleFilter } from '../../../renderer/state/library-filter.ts';

const now = new Date(2026, 10, 22, 10, 42);
const local = (...date: [number, number, number]) => new Date(...date).toISOString();

test.each([
  { date: 'today' as const, from: local(2026, 10, 22), to: local(2026, 10, 23) },
  { date: 'week' as const, from: local(2026, 10, 16), to: local(2026, 10, 23) },
  { date: '2026-11' as const, from: local(2026, 10, 1), to: local(2026, 11, 1) },
  { date: '2025-12' as const, from: local(2025, 11, 1), to: local(2026, 0, 1) },
])('$date is a span of local days', ({ date, from, to }) => {
  expect(toSampleFilter({ date }, now)).toEqual({ from, to });
});

test('what does not narrow is not sent', () => {
  expect(toSampleFilter({ task: undefined, disagree: false, verdict: 'regular' }, now)).toEqual({
    verdict: 'regular',
  });
});

test('the months go back over the turn of the year', () => {
  expect(recentMonths(new Date(2026, 1, 28))).toEqual([
    ...['2026-2', '2026-1', '2025-12', '2025-11', '2025-10', '2025-9'],
    ...['2025-8', '2025-7', '2025-6', '2025-5', '2025-4', '2025-3'],
  ]);
});
