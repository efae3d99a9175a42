import { expect, test } from 'vitest';
import { workingPointLines } from '../../../src/cli/working-point-words.ts';
import type { WorkingPoint } from '../../../src/model/working-points.ts';

const POINT: WorkingPoint = { regularBelow: 0.4, tremorFrom: 0.52, specificity: 0.95, sensitivity: 0.8 };
const ALL = { high: POINT, balanced: POINT, specific: POINT };

test('each group, medium and sensitivity says how many of a hundred it would flag', () => {
  const lines = workingPointLines({ wave: { scan: ALL, recording: ALL } }, null);
  expect(lines.slice(1, 3)).toEqual([
    'waves, lines and loops, on paper:',
    '  high      of 100 careful regular writers 5 would be flagged, of 100 with a clear tremor 80 (regular below 40 %, tremor-like from 52 %).',
  ]);
  expect(lines).toHaveLength(1 + 2 * 4);
});

test('with a prevalence also what a flag and its absence are worth', () => {
  const [, , first] = workingPointLines({ spiral: { scan: ALL, recording: ALL } }, 0.1);
  // 80 of 125 flagged, 855 of 875 not flagged.
  expect(first).toContain(
    'where 10 of 100 people have a tremor, 64 of 100 flagged have one and 98 of 100 not flagged have none.',
  );
});

test('nearly nobody is not nobody, and nearly everybody not everybody', () => {
  const sure: WorkingPoint = { ...POINT, specificity: 0.997, sensitivity: 1 };
  const [, , first] = workingPointLines({ spiral: { scan: { ...ALL, high: sure }, recording: ALL } }, 0.5);
  expect(first).toContain(
    'careful regular writers fewer than 1 would be flagged, of 100 with a clear tremor 100 (',
  );
  // 100 of 100.3 flagged; whoever has a tremor is flagged.
  expect(first).toContain('more than 99 of 100 flagged have one and 100 of 100 not flagged have none.');
});

test('what was not measured is said to be so, with its limits', () => {
  const unmeasured: WorkingPoint = { ...POINT, specificity: null, sensitivity: null };
  const [, , first, second] = workingPointLines(
    { spiral: { scan: { ...ALL, high: unmeasured }, recording: ALL } },
    0.1,
  );
  expect(first).toBe(
    '  high      not measured: too few simulated hands (regular below 40 %, tremor-like from 52 %).',
  );
  expect(second).toContain('of 100 careful regular writers 5 would be flagged');
});

test('a model without working points says nothing', () => {
  expect(workingPointLines(undefined, 0.1)).toEqual([]);
  expect(workingPointLines({}, null)).toEqual([]);
});
