import { describe, expect, test } from 'vitest';
import { predictiveValues } from '../../renderer/state/predictive-values.ts';

/** 1,000 people counted by hand: with tremor found and missed, without it flagged and spared. */
describe('predictive values', () => {
  test.each([
    // 100 have it: 90 found, 10 missed. 900 have none: 45 flagged, 855 spared.
    { prevalence: 0.1, sensitivity: 0.9, specificity: 0.95, ofFlagged: 90 / 135, ofOthers: 855 / 865 },
    // 10 have it: 9 found, 1 missed. 990 have none: 49.5 flagged, 940.5 spared.
    { prevalence: 0.01, sensitivity: 0.9, specificity: 0.95, ofFlagged: 9 / 58.5, ofOthers: 940.5 / 941.5 },
    // Half have it: 300 found, 200 missed, 5 flagged, 495 spared.
    { prevalence: 0.5, sensitivity: 0.6, specificity: 0.99, ofFlagged: 300 / 305, ofOthers: 495 / 695 },
    { prevalence: 0, sensitivity: 0.9, specificity: 0.95, ofFlagged: 0, ofOthers: 1 },
    { prevalence: 1, sensitivity: 0.9, specificity: 0.95, ofFlagged: 1, ofOthers: 0 },
  ])('$prevalence have it, $sensitivity found, $specificity spared', ({ prevalence, ...point }) => {
    const values = predictiveValues(prevalence, point);
    expect(values.ofFlagged).toBeCloseTo(point.ofFlagged, 12);
    expect(values.ofOthers).toBeCloseTo(point.ofOthers, 12);
  });

  test('where nobody or everybody is flagged there is nothing to divide by', () => {
    expect(predictiveValues(0, { sensitivity: 0.9, specificity: 1 })).toEqual({
      ofFlagged: null,
      ofOthers: 1,
    });
    expect(predictiveValues(1, { sensitivity: 1, specificity: 0.9 })).toEqual({
      ofFlagged: 1,
      ofOthers: null,
    });
  });

  test.each([-0.01, 1.5, Number.NaN])('a prevalence of %d is refused by name', (prevalence) => {
    expect(() => predictiveValues(prevalence, { sensitivity: 0.9, specificity: 0.9 })).toThrow(
      /prevalence is/,
    );
  });
});
