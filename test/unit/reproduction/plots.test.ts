import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeGreyPng } from '../../../src/reproduction/plots/grey-png.ts';
import { plotsOf, type PlotFile } from '../../../src/reproduction/plots/plots.ts';
import { element, textWidth, wrapText } from '../../../src/reproduction/plots/svg.ts';
import type { DatasetResult, NetworkPicture, RunResult } from '../../../src/reproduction/results.ts';
import {
  madeUpDataset,
  madeUpInk,
  madeUpReproduction,
  madeUpRun,
  madeUpRuns,
  madeUpWhole,
} from './made-up.ts';
import { findAll, parseXml, type XmlElement } from './parse-xml.ts';

const whole = plotsOf(madeUpWhole());
const oneSeed = plotsOf(madeUpWhole([4]));

const plotsOfOne = (given: Partial<DatasetResult>) => plotsOf(madeUpReproduction([madeUpDataset(given)]));
const named = (plots: readonly PlotFile[], name: string) => plots.find((plot) => plot.name === name)!.svg;
const textsOf = (svg: string) => findAll(parseXml(svg), 'text').map(({ text }) => text);

function madeUpPicture(given: Partial<NetworkPicture>): NetworkPicture {
  return {
    spec: { dataset: 'fonts', method: 'l0', a: null, target: 0.5, seed: 1 },
    histogram: { limit: 1, counts: [1, 2, 10, 2, 1] },
    threshold: 0.3,
    fcDifference: [0, 0.5, -0.5, 0, 0, 0, 0, 1],
    mapSide: 2,
    mapChannels: 2,
    ...given,
  };
}

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

describe('accuracy against sparsity', () => {
  test('shows every method and a of the input, each with all its targets', () => {
    const svg = named(whole, 'handwriting-accuracy.svg');
    for (const title of [
      'dense',
      'RVSM l0',
      'RVSM l1',
      'RVSM Tl1, a = 0.01',
      'RVSM Tl1, a = 0.1',
      'RVSM Tl1, a = 1',
      'paper’s own form, l0',
      'one-shot pruning',
      'gradual pruning',
    ]) {
      expect(textsOf(svg)).toContain(title);
    }
    const lines = findAll(parseXml(svg), 'g').filter(({ children: [first] }) => first?.name === 'title');
    expect(lines).toHaveLength(9);
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

describe('examples', () => {
  const ink = madeUpInk(3, 4);
  const examples = [
    { kind: 'wave', tremorLike: true, amplitude: '1.2 mm', ink },
    { kind: 'wave', tremorLike: true, amplitude: '0.4 mm', ink },
    { kind: 'wave', tremorLike: false, amplitude: null, ink },
  ];

  test('regular ones first, then by amplitude; their pixels are the ink', async () => {
    const svg = named(plotsOfOne({ examples }), 'fonts-examples.svg');
    expect(textsOf(svg).slice(-3)).toEqual(['regular', 'tremor-like, 0.4 mm', 'tremor-like, 1.2 mm']);
    const images = findAll(parseXml(svg), 'image');
    expect(images).toHaveLength(3);
    const png = Buffer.from(images[0]!.attributes['href']!.replace('data:image/png;base64,', ''), 'base64');
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([128, 128]);
    const grey = Buffer.from(Array.from({ length: 128 * 128 }, (_, i) => data[i * info.channels]!));
    expect(grey.equals(Buffer.from(ink, 'base64'))).toBe(true);
  });

  test('long words go on below', () => {
    const long = { ...examples[0]!, amplitude: '0.35 mm rms, bursts of 1.2 mm' };
    const svg = named(
      plotsOfOne({ examples: [long, long, examples[2]!, long, long, long] }),
      'fonts-examples.svg',
    );
    expectWordsApart(svg);
    expect(textsOf(svg).slice(-3).join(' ')).toBe('tremor-like, 0.35 mm rms, bursts of 1.2 mm');
  });

  test.each(['AAAA', 'not base64!'])('refuses ink that is no patch: %s', (broken) => {
    expect(() => plotsOfOne({ examples: [{ ...examples[0]!, ink: broken }] })).toThrow(
      /example image of wave/,
    );
  });

  test('words of others stay words', () => {
    const strange = { ...examples[0]!, kind: '<b> & "x"\u0001' };
    const texts = textsOf(
      named(plotsOfOne({ examples: [strange], description: 'a < b' }), 'fonts-examples.svg'),
    );
    expect(texts).toContain('<b> & "x"\ufffd');
  });
});

describe('grey PNG', () => {
  test.each([
    ['one pixel', 1, 1, () => 200],
    ['one value: runs longer than deflate can say at once', 300, 40, () => 7],
    ['every value, no runs', 64, 32, (i: number) => (i * 37) % 256],
    ['runs of every length', 251, 251, (i: number) => Math.floor(Math.sqrt(i)) % 256],
  ])('%s comes back bit for bit', async (_, width, height, value) => {
    const pixels = Uint8Array.from({ length: width * height }, (_v, i) => value(i));
    const { data, info } = await sharp(encodeGreyPng(pixels, width, height))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    const wrong = pixels.findIndex((pixel, i) => data[i * info.channels] !== pixel);
    expect(wrong).toBe(-1);
  });

  test('refuses a size that is not the pixels’', () => {
    expect(() => encodeGreyPng(new Uint8Array(5), 2, 3)).toThrow(RangeError);
  });
});

test('wrapText keeps numbers and their signs together', () => {
  const lines = wrapText('about 95 % of 16 × 16 places', textWidth('about 95', 10), 10);
  expect(lines).toEqual(['about', '95\u00a0% of', '16\u00a0×\u00a016', 'places']);
});

test('no element is drawn at a number that is none', () => {
  expect(() => element('rect', { x: Number.NaN })).toThrow(RangeError);
});

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All words lie in the picture and none on another. */
function expectWordsApart(svg: string): void {
  const root = parseXml(svg);
  const boxes = textBoxes(root);
  expect(boxes.length).toBeGreaterThan(3);
  const height = Number(root.attributes['height']);
  const outside = boxes.filter((b) => b.left < 0 || b.right > 800 || b.top < 0 || b.bottom > height);
  expect(outside).toEqual([]);
  const overlaps = boxes.flatMap((one, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => one.left < b.right && b.left < one.right && one.top < b.bottom && b.top < one.bottom)
      .map((b) => `${one.text} / ${b.text}`),
  );
  expect(overlaps).toEqual([]);
}

/** Boxes of all texts, 0.56 em a character, 0.8 em above the base line and 0.2 below; groups moved, upright text turned. */
function textBoxes(element: XmlElement, dx = 0, dy = 0): Box[] {
  const move = /^translate\(([\d.-]+) ([\d.-]+)\)$/.exec(element.attributes['transform'] ?? '');
  const [x0, y0] = move ? [dx + Number(move[1]), dy + Number(move[2])] : [dx, dy];
  if (element.name !== 'text') return element.children.flatMap((child) => textBoxes(child, x0, y0));
  const { x, y, 'font-size': size, 'text-anchor': anchor } = element.attributes;
  const wide = element.text.length * Number(size) * 0.56;
  const from = anchor === 'end' ? -wide : anchor === 'middle' ? -wide / 2 : 0;
  const [above, below] = [0.8 * Number(size), 0.2 * Number(size)];
  const [px, py] = [x0 + Number(x), y0 + Number(y)];
  const { text } = element;
  if (/^rotate\(-90/.test(element.attributes['transform'] ?? '')) {
    return [{ text, left: px - above, right: px + below, top: py - wide - from, bottom: py - from }];
  }
  return [{ text, left: px + from, right: px + from + wide, top: py - above, bottom: py + below }];
}
