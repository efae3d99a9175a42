import { describe, expect, test } from 'vitest';
import { plotsOf } from '../../../../src/reproduction/plots/plots.ts';
import type { RunResult } from '../../../../src/reproduction/results.ts';
import { madeUpRun, madeUpRuns, madeUpWhole } from '../made-up.ts';
import { findAll, parseXml } from '../parse-xml.ts';
import { named, plotsOfOne, textsOf } from './plots-of-one.ts';
import { expectWordsApart } from './words-apart.ts';

describe('accuracy against sparsity', () => {
  test('shows every method and a of the input, each with all its targets', () => {
    const svg = named(plotsOf(madeUpWhole()), 'handwriting-accuracy.svg');
    for (const title of [
      'dense',
      'RVSM l0',
      'RVSM l1',
      'RVSM Tl1, a = 0.01',
      'RVSM Tl1, a = 0.1',
      'RVSM Tl1, a = 1',
      'paper’s own form, l0',
      'paper’s, growing β',
      'one-shot pruning',
      'gradual pruning',
    ]) {
      expect(textsOf(svg)).toContain(title);
    }
    const lines = findAll(parseXml(svg), 'g').filter(({ children: [first] }) => first?.name === 'title');
    expect(lines).toHaveLength(10);
    // l0 is drawn last: eight circles beside its line.
    expect(findAll(lines.at(-1)!, 'circle')).toHaveLength(8);
  });

  test('places decades of weights and of errors at equal distances', () => {
    const svg = named(
      plotsOfOne({
        runs: [
          ...madeUpRuns({ method: 'l0', target: 0.9 }, [0.9]),
          ...madeUpRuns({ method: 'l0', target: 0.99 }, [0.99]),
          ...madeUpRuns({ method: 'l0', target: 0.999 }, [0.999]),
        ],
      }),
      'fonts-accuracy.svg',
    );
    const [line] = findAll(parseXml(svg), 'g').filter(({ children: [first] }) => first?.name === 'title');
    const at = (key: string) => findAll(line!, 'circle').map(({ attributes }) => Number(attributes[key]));
    const [x, y] = [at('cx'), at('cy')];
    expect(x[1]! - x[0]!).toBeCloseTo(x[2]! - x[1]!, 1);
    expect(y[0]! - y[1]!).toBeCloseTo(y[1]! - y[2]!, 1);
    expect(x[1]!).toBeGreaterThan(x[0]! + 50);
    expect(y[1]!).toBeLessThan(y[0]! - 50);
  });

  test('the band reaches from the worst seed to the best', () => {
    const runs = [0.9, 0.95].flatMap((target) => madeUpRuns({ method: 'l0', target }, [0.9, 0.93, 0.99]));
    const svg = named(plotsOfOne({ runs }), 'fonts-accuracy.svg');
    const band = findAll(parseXml(svg), 'path').find(
      ({ attributes }) => attributes['fill-opacity'] === '0.12',
    )!;
    const ys = [...band.attributes['d']!.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    // A decade of errors lies between 0.9 and 0.99; so does one between the 90 and the 99 of the axis.
    const tick = (text: string) =>
      Number(
        findAll(parseXml(svg), 'text').find((t) => t.text === text && t.attributes['text-anchor'] === 'end')!
          .attributes['y'],
      );
    expect(Math.max(...ys) - Math.min(...ys)).toBeCloseTo(tick('90') - tick('99\u202f%'), 0);
  });

  const others = [0.86, 0.9].flatMap((target) => madeUpRuns({ method: 'l0', target }, [0.94, 0.95]));
  const frameOf = (svg: string) => {
    const frame = findAll(parseXml(svg), 'rect').find(({ attributes }) => attributes['class'] === 'quiet')!;
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((key) => Number(frame.attributes[key]));
    return { left: x!, top: y!, right: x! + width!, bottom: y! + height! };
  };
  const seriesOf = (svg: string, colour: string) =>
    findAll(parseXml(svg), 'g').find(
      ({ attributes, children: [first] }) => attributes['class'] === colour && first?.name === 'title',
    )!;

  test('the paper’s form far off leaves the range to the others and is marked at the edge', () => {
    const far = madeUpRuns({ method: 'paper-l0', zeros: 0.989 }, [0.6, 0.62]);
    const without = named(plotsOfOne({ runs: others }), 'fonts-accuracy.svg');
    const svg = named(plotsOfOne({ runs: [...others, ...far] }), 'fonts-accuracy.svg');
    const placesOf = (of: string) =>
      findAll(seriesOf(of, 'method-l0'), 'circle').map(({ attributes: { cx, cy } }) => [cx, cy]);
    expect(placesOf(svg)).toEqual(placesOf(without));
    expect(textsOf(svg)).toContain('outside: 61.0\u202f% at 98.9\u202f% zeros');
    // Its star has its first point straight above its middle.
    const { right, bottom } = frameOf(svg);
    const [star] = findAll(seriesOf(svg, 'method-paper-l0'), 'path');
    const [, x, y] = /^M([\d.]+) ([\d.]+)/.exec(star!.attributes['d']!)!.map(Number);
    expect([x, y]).toEqual([right, bottom - 6]);
    expectWordsApart(svg);
  });

  test('the paper’s form among the others is no different from them', () => {
    const near = madeUpRun({ method: 'paper-l0', zeros: 0.88, accuracy: 0.945 });
    const texts = textsOf(named(plotsOfOne({ runs: [...others, near] }), 'fonts-accuracy.svg'));
    expect(texts.filter((text) => text.startsWith('outside'))).toEqual([]);
  });

  test.each([
    ['below it', [0.94, 0.95], 0.9, ', lies above'],
    ['of fewer zeros', [0.98, 0.999], 0.5, ', lies to the right'],
    ['below and of fewer zeros', [0.94, 0.95], 0.5, ', lies above and to the right'],
    ['around it', [0.98, 0.999], 0.86, ''],
  ])('the paper’s figure beside results %s', (_, accuracies, target, where) => {
    const svg = named(
      plotsOfOne({ runs: madeUpRuns({ method: 'l0', target }, accuracies) }),
      'fonts-accuracy.svg',
    );
    const text = `The paper: over 99\u202f% at over 86\u202f% zeros (l0)${where}`;
    expect(textsOf(svg)).toContain(text);
    const grounds = findAll(parseXml(svg), 'rect').filter(({ attributes }) => attributes['class'] === 'band');
    expect(grounds).toHaveLength(where === '' ? 1 : 0);
    expectWordsApart(svg);
  });

  test('the dense network has two dotted lines at its worst and best seed, and no area', () => {
    const runs = [...others, ...madeUpRuns({ method: 'dense' }, [0.93, 0.95, 0.96])];
    const svg = named(plotsOfOne({ runs }), 'fonts-accuracy.svg');
    const dense = findAll(parseXml(svg), 'path').filter(
      ({ attributes }) => attributes['class'] === 'method-dense',
    );
    expect(dense.map(({ attributes }) => attributes['stroke-dasharray'])).toEqual(['1 4', '1 4']);
    expect(dense.some(({ attributes }) => 'fill-opacity' in attributes)).toBe(false);
  });

  test.each<[string, RunResult[]]>([
    ['only the dense run', madeUpRuns({ method: 'dense' }, [0.995, 0.996])],
    ['accuracy of 100 %', madeUpRuns({ method: 'l0', target: 0.9 }, [1, 1])],
    ['accuracy of 100 % and less', madeUpRuns({ method: 'l0', target: 0.9 }, [1, 0.99])],
    ['a single run', madeUpRuns({ method: 'tl1', a: 2, target: 0.9 }, [0.5])],
    ['all weights zero', madeUpRuns({ method: 'paper-l0', zeros: 1 }, [0.5])],
    ['accuracy of 0 %', madeUpRuns({ method: 'l1', target: 0.2 }, [0, 1])],
    ['few zeros', madeUpRuns({ method: 'l0', target: 0.05 }, [0.9, 0.91])],
  ])('%s', (_, runs) => {
    const svg = named(plotsOfOne({ runs }), 'fonts-accuracy.svg');
    expectWordsApart(svg);
    const lines = findAll(parseXml(svg), 'line').flatMap(({ attributes: { y1, y2 } }) => [
      Number(y1),
      Number(y2),
    ]);
    const frame = findAll(parseXml(svg), 'rect').find(({ attributes }) => attributes['class'] === 'quiet')!;
    const top = Number(frame.attributes['y']);
    expect(Math.min(...lines)).toBe(top);
    expect(Math.max(...lines)).toBe(top + Number(frame.attributes['height']));
    if (runs[0]!.accuracy === 1) expect(textsOf(svg)).toContain('100\u202f%');
  });
});
