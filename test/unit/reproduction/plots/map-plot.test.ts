import { describe, expect, test } from 'vitest';
import { madeUpPicture, madeUpRun } from '../made-up.ts';
import { findAll, parseXml } from '../parse-xml.ts';
import { named, plotsOfOne, textsOf } from './plots-of-one.ts';

describe('map of the FC weights', () => {
  test('one tile a channel, one square a weight, its class by its sign', () => {
    const svg = named(plotsOfOne({ pictures: [madeUpPicture({})] }), 'fonts-map-l0-50.svg');
    const root = parseXml(svg);
    const tiles = findAll(root, 'rect').filter(
      ({ attributes }) => attributes['class'] === 'sunken' && Number(attributes['width']) > 20,
    );
    expect(tiles).toHaveLength(2);
    const squares = findAll(root, 'path').map(({ attributes }) => [
      attributes['class'],
      (attributes['d']!.match(/M/g) ?? []).length,
    ]);
    // NHWC: channel 0 holds 0, −0.5, 0, 0; channel 1 holds 0.5, 0, 0, 1.
    expect(squares).toEqual([
      ['regular', 1],
      ['tremor', 1],
      ['tremor', 1],
    ]);
    expect(findAll(root, 'desc')[0]!.text).toContain('Weights are left at 3 of 8 places.');
  });

  test('says how many weights are left where the run is known', () => {
    const svg = named(
      plotsOfOne({ pictures: [madeUpPicture({})], runs: [madeUpRun({ target: 0.5, zeros: 0.625 })] }),
      'fonts-map-l0-50.svg',
    );
    expect(findAll(parseXml(svg), 'desc')[0]!.text).toContain('6 of 16 weights are left, at 3 of 8 places.');
  });

  test('without any weight left it is empty', () => {
    const svg = named(
      plotsOfOne({ pictures: [madeUpPicture({ fcDifference: new Array<number>(8).fill(0) })] }),
      'fonts-map-l0-50.svg',
    );
    expect(findAll(parseXml(svg), 'path')).toHaveLength(0);
  });

  test('all maps of a data set have one scale', () => {
    const large = madeUpPicture({ fcDifference: [0, 5, -5, 0, 0, 0, 0, 5] });
    const small = madeUpPicture({ spec: { ...large.spec, target: 0.9 } });
    const svg = named(plotsOfOne({ pictures: [large, small] }), 'fonts-map-l0-90.svg');
    expect(textsOf(svg)).toContain('5.0 and above, towards tremor-like');
    // 0.5 and 1 of 5 lie in its first quarter.
    const opacities = findAll(parseXml(svg), 'path').map(({ attributes }) => attributes['fill-opacity']);
    expect(new Set(opacities)).toEqual(new Set(['0.35']));
  });

  test('refuses a map of another size', () => {
    expect(() => plotsOfOne({ pictures: [madeUpPicture({ mapSide: 3 })] })).toThrow(RangeError);
  });
});
