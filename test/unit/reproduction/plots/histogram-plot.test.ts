import { describe, expect, test } from 'vitest';
import { madeUpPicture, madeUpRun } from '../made-up.ts';
import { findAll, parseXml } from '../parse-xml.ts';
import { named, plotsOfOne, textsOf } from './plots-of-one.ts';

describe('histogram of w', () => {
  test('says the share cut from the run, its threshold marked twice', () => {
    const svg = named(
      plotsOfOne({ pictures: [madeUpPicture({})], runs: [madeUpRun({ target: 0.5, zeros: 0.625 })] }),
      'fonts-histogram.svg',
    );
    expect(textsOf(svg)).toContain('62.5\u202f% of 16 weights are cut, threshold 0.30');
    expect(findAll(parseXml(svg), 'path')).toHaveLength(2);
    const bars = findAll(parseXml(svg), 'rect').slice(1);
    // Bins of 0.4 around −0.8, −0.4, 0, 0.4, 0.8: one lies within 0.3.
    expect(bars.map(({ attributes }) => attributes['class'])).toEqual([
      'accent',
      'accent',
      'quiet',
      'accent',
      'accent',
    ]);
  });

  test('a threshold below half a bin is said instead of drawn', () => {
    const of = (threshold: number) =>
      named(plotsOfOne({ pictures: [madeUpPicture({ threshold })] }), 'fonts-histogram.svg');
    expect(textsOf(of(0.19))).toContain('cut in the middle bin');
    expect(findAll(parseXml(of(0.19)), 'path')).toHaveLength(0);
    expect(textsOf(of(0.21))).not.toContain('cut in the middle bin');
    expect(findAll(parseXml(of(0.21)), 'path')).toHaveLength(2);
  });

  test('a network without a threshold is cut nowhere', () => {
    const svg = named(plotsOfOne({ pictures: [madeUpPicture({ threshold: 0 })] }), 'fonts-histogram.svg');
    expect(textsOf(svg)).toContain('none of 16 weights is cut');
    expect(findAll(parseXml(svg), 'path')).toHaveLength(0);
  });

  test('of counts that are all 0 there is none', () => {
    const empty = madeUpPicture({ histogram: { limit: 0, counts: [0, 0, 0] } });
    expect(plotsOfOne({ pictures: [empty] }).map(({ part }) => part)).toEqual(['map']);
  });
});
