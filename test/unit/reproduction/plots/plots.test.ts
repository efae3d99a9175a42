import { describe, expect, test } from 'vitest';
import { plotsOf } from '../../../../src/reproduction/plots/plots.ts';
import { madeUpPicture, madeUpReproduction, madeUpWhole } from '../made-up.ts';
import { parseXml } from '../parse-xml.ts';
import { plotsOfOne } from './plots-of-one.ts';
import { expectWordsApart } from './words-apart.ts';

const whole = plotsOf(madeUpWhole());
const oneSeed = plotsOf(madeUpWhole([4]));

describe('files', () => {
  test('one of each sort a data set, one map a picture, no name twice', () => {
    const names = whole.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.startsWith('fonts-'))).toEqual([
      'fonts-accuracy.svg',
      'fonts-epochs.svg',
      'fonts-histogram.svg',
      'fonts-map-l0-90.svg',
      'fonts-map-l1-90.svg',
      'fonts-map-tl1-a0.1-90.svg',
      'fonts-map-paper-l0.svg',
      'fonts-map-one-shot-90.svg',
      'fonts-map-gradual-90.svg',
      'fonts-examples.svg',
    ]);
    expect(names).toHaveLength(30);
  });

  test('two pictures that differ in their seed alone have it in their names', () => {
    const picture = madeUpPicture({});
    const names = plotsOfOne({ pictures: [picture, { ...picture, spec: { ...picture.spec, seed: 2 } }] }).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['fonts-histogram.svg', 'fonts-map-l0-50-seed1.svg', 'fonts-map-l0-50-seed2.svg']);
  });

  test('without anything to show there is no plot', () => {
    expect(plotsOf(madeUpReproduction([]))).toEqual([]);
    expect(plotsOfOne({})).toEqual([]);
  });
});

describe.each([
  ['three seeds', whole],
  ['one seed', oneSeed],
])('every plot of a whole reproduction, %s,', (_, plots) => {
  test.each(plots)('$name is well-formed and holds neither NaN nor undefined', ({ svg }) => {
    const root = parseXml(svg);
    expect(root.name).toBe('svg');
    expect(root.attributes).toMatchObject({ xmlns: 'http://www.w3.org/2000/svg', width: '800' });
    expect(svg.replace(/base64,[^"]*/g, '')).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
    expect(svg).toContain('@media(prefers-color-scheme:dark)');
  });

  test.each(plots)('$name keeps its words inside and apart', ({ svg }) => {
    expectWordsApart(svg);
  });
});

test('only colours of the style sheet are used', () => {
  for (const { svg } of whole) {
    const known = new Set([...svg.matchAll(/\.([\w-]+)\{color:/g)].map(([, name]) => name));
    const used = new Set([...svg.matchAll(/class="([^"]*)"/g)].map(([, name]) => name));
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
    expect(svg.replace(/<style>.*<\/style>/, '')).not.toMatch(/#[0-9a-f]{3,6}\b(?!\))/);
  }
});
