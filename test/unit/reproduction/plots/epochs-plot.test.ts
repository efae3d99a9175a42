import { describe, expect, test } from 'vitest';
import { madeUpRun } from '../made-up.ts';
import { findAll, parseXml } from '../parse-xml.ts';
import { named, plotsOfOne, textsOf } from './plots-of-one.ts';
import { expectWordsApart } from './words-apart.ts';

describe('u beside w', () => {
  const epoch = { phase: 'rvsm', loss: 1, zeros: 0.5, gap: 0 } as const;
  const epochs = [
    { ...epoch, epoch: 1, accuracyU: 0.5, accuracyW: 0.6 },
    { ...epoch, epoch: 2, accuracyU: 0.6, accuracyW: 0.9 },
  ];

  test('shows the paper’s form and RVSM at the target nearest to its zeros', () => {
    const runs = [
      madeUpRun({ method: 'paper-l0', zeros: 0.93, epochs }),
      madeUpRun({ method: 'l0', target: 0.86, epochs }),
      madeUpRun({ method: 'l0', target: 0.95, epochs }),
    ];
    const texts = textsOf(named(plotsOfOne({ runs }), 'fonts-epochs.svg'));
    expect(texts).toEqual(
      expect.arrayContaining(['paper’s own form, l0', '93.0\u202f% zeros', '95\u202f% zeros asked for']),
    );
    expect(texts).not.toContain('86\u202f% zeros asked for');
  });

  test('decades of errors lie at equal distances', () => {
    const steps = [0.9, 0.99, 0.999].map((accuracyU, i) => ({
      ...epoch,
      epoch: i + 1,
      accuracyU,
      accuracyW: 0.9,
    }));
    const runs = [madeUpRun({ method: 'l0', target: 0.9, epochs: steps })];
    const svg = named(plotsOfOne({ runs, validation: 1000 }), 'fonts-epochs.svg');
    const circles = findAll(parseXml(svg), 'circle').map(({ attributes }) => Number(attributes['cy']));
    // One in the key, three of accuracy, three of zeros.
    const [first, second, third] = circles.slice(1, 4);
    expect(first! - second!).toBeCloseTo(second! - third!, 1);
    expect(first! - second!).toBeGreaterThan(50);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['90', '99']));
  });

  test('accuracies of 100 % have a place and a label', () => {
    const runs = [madeUpRun({ epochs: [{ ...epoch, epoch: 1, accuracyU: 1, accuracyW: 0.5 }] })];
    const svg = named(plotsOfOne({ runs }), 'fonts-epochs.svg');
    expect(textsOf(svg).filter((text) => text === '100\u202f%')).toHaveLength(2);
    expectWordsApart(svg);
  });

  test('without RVSM shows the first run that has epochs; without epochs nothing', () => {
    const dense = madeUpRun({ method: 'dense', epochs: [epochs[0]!] });
    expect(textsOf(named(plotsOfOne({ runs: [dense] }), 'fonts-epochs.svg'))).toContain('dense');
    expect(plotsOfOne({ runs: [madeUpRun({})] }).map(({ part }) => part)).toEqual(['accuracy']);
  });
});
