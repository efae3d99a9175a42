import { describe, expect, test } from 'vitest';
import { TASK_GROUPS } from '../../../src/base/words.ts';
import { decide, type Facts, type ReadClock } from '../../../src/screening/decide.ts';
import { joinWitnesses, WITNESS_RULE } from '../../../src/screening/witness-rule.ts';

const LIMITS = {
  scan: { regularBelow: 0.4, tremorFrom: 0.6 },
  recording: { regularBelow: 0.3, tremorFrom: 0.5 },
};
const SILENT: ReadClock = { strength: 0, amplitude: 0, band: 0, says: 'none' };
const CLEAR: ReadClock = { strength: 4, amplitude: 1, band: 1, says: 'tremor' };

function facts(over: Partial<Facts>): Facts {
  return {
    group: 'spiral',
    pictureLogOdds: 0,
    clock: null,
    manyPlaces: true,
    taskKnown: true,
    maybeSideways: false,
    maybeNoPenLine: false,
    limits: LIMITS,
    ...over,
  };
}

describe('the joint rule', () => {
  test.each(TASK_GROUPS)('never gives a witness of tremor a negative weight: %s', (group) => {
    const { picture, strength, amplitude, band } = WITNESS_RULE[group];
    expect(Math.min(picture, strength, amplitude, band)).toBeGreaterThanOrEqual(0);
  });

  test('is the weighted sum that the formula says, with the picture held at five', () => {
    const { bias, picture, strength, amplitude, band } = WITNESS_RULE.wave;
    expect(joinWitnesses('wave', 9, { strength: 2, amplitude: 0.5, band: 1 })).toBeCloseTo(
      bias + 5 * picture + 2 * strength + 0.5 * amplitude + band,
      12,
    );
    // Half of the amplitude at which a strength counts in full.
    expect(joinWitnesses('wave', -9, { strength: 2, amplitude: 0.1, band: 0 })).toBeCloseTo(
      bias - 5 * picture + strength + 0.1 * amplitude,
      12,
    );
  });
});

describe('decide', () => {
  test('judges a scan by its picture and the limits for pictures', () => {
    const { probability, verdict, limits } = decide(facts({ pictureLogOdds: Math.log(3) }));
    expect(probability).toBeCloseTo(0.75, 12);
    expect(verdict).toBe('tremor-like');
    expect(limits).toBe(LIMITS.scan);
  });

  test.each(TASK_GROUPS)('a clear tremor in the clock is never regular: %s', (group) => {
    for (let picture = -12; picture <= 12; picture++) {
      const { verdict } = decide(facts({ group, pictureLogOdds: picture, clock: CLEAR }));
      expect(verdict).not.toBe('regular');
    }
    const faint = decide(
      facts({ group, pictureLogOdds: -9, clock: { strength: 0.1, amplitude: 0, band: 0, says: 'tremor' } }),
    );
    expect(faint.verdict).toBe('inconclusive');
    expect(faint.inconclusive).toBe('clock-wavers');
    expect(faint.probability).toBe(LIMITS.recording.regularBelow);
  });

  test.each(TASK_GROUPS)('a clock that shows none is never tremor-like by the picture alone: %s', (group) => {
    const strong = decide(
      facts({ group, pictureLogOdds: 12, clock: { strength: 3, amplitude: 2, band: 2, says: 'none' } }),
    );
    expect(strong.verdict).toBe('inconclusive');
    expect(strong.inconclusive).toBe('clock-shows-none');
    expect(strong.probability).toBeLessThan(LIMITS.recording.tremorFrom);
    expect(decide(facts({ group, pictureLogOdds: -12, clock: SILENT })).verdict).toBe('regular');
  });

  test.each([
    { doubt: { maybeNoPenLine: true }, reason: 'maybe-no-pen-line' },
    { doubt: { manyPlaces: false }, reason: 'one-place' },
    { doubt: { taskKnown: false }, reason: 'task-unknown' },
    { doubt: { maybeSideways: true }, reason: 'maybe-sideways' },
  ] as const)('a picture alone is not sure of a verdict: $reason', ({ doubt, reason }) => {
    for (const pictureLogOdds of [-8, 8]) {
      const { verdict, inconclusive } = decide(facts({ pictureLogOdds, ...doubt }));
      expect({ verdict, inconclusive }).toEqual({ verdict: 'inconclusive', inconclusive: reason });
    }
    expect(decide(facts({ pictureLogOdds: 4, clock: CLEAR, ...doubt })).verdict).toBe('tremor-like');
  });

  test('an even picture is no evidence against a clear clock beyond a point', () => {
    const at = (pictureLogOdds: number, clock: ReadClock) =>
      decide(facts({ group: 'writing', pictureLogOdds, clock })).probability;
    expect(at(-9, CLEAR)).toBe(at(-1, CLEAR));
    expect(at(0, CLEAR)).toBeGreaterThan(at(-1, CLEAR));
    const unclear: ReadClock = { ...CLEAR, says: 'unclear' };
    expect(at(-3, unclear)).toBeLessThan(at(-1, unclear));
  });

  test('a tremor in writing that makes other letters leaves nothing for the picture to deny', () => {
    const at = (group: Facts['group'], pictureLogOdds: number, amplitude: number) =>
      decide(facts({ group, pictureLogOdds, clock: { ...CLEAR, strength: 1, amplitude } })).probability;
    expect(at('writing', -9, 1.45)).toBe(at('writing', 5, 1.45));
    expect(at('writing', -9, 1.2)).toBeLessThan(at('writing', 5, 1.2));
    // What the network loses while the tremor grows.
    expect(at('writing', -4, 1.6)).toBeGreaterThan(at('writing', 4, 1.2) - 0.02);
    expect(at('spiral', -9, 1.45)).toBe(at('spiral', -1, 1.45));
  });

  test('more of any evidence never lowers the probability', () => {
    const says = ['none', 'unclear', 'tremor'] as const;
    for (const group of TASK_GROUPS) {
      for (const manyPlaces of [true, false]) {
        const at = (picture: number, strength: number, amplitude: number, word: number): number =>
          decide(
            facts({
              group,
              manyPlaces,
              pictureLogOdds: picture,
              clock: { strength, amplitude, band: amplitude, says: says[word]! },
            }),
          ).probability;
        for (const picture of [-7, -2, 0, 1, 6]) {
          for (const strength of [0, 0.7, 3]) {
            for (const amplitude of [0, 0.4, 0.9, 1.2, 2]) {
              for (const word of [0, 1, 2]) {
                const here = at(picture, strength, amplitude, word);
                expect(at(picture + 1, strength, amplitude, word)).toBeGreaterThanOrEqual(here);
                expect(at(picture, strength + 0.5, amplitude, word)).toBeGreaterThanOrEqual(here);
                expect(at(picture, strength, amplitude + 0.5, word)).toBeGreaterThanOrEqual(here);
                if (word < 2) expect(at(picture, strength, amplitude, word + 1)).toBeGreaterThanOrEqual(here);
              }
            }
          }
        }
      }
    }
  });
});
