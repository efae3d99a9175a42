import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../renderer/styles/base.css';
import ProbabilityBar from '../../renderer/parts/ProbabilityBar.svelte';
import VerdictHead from '../../renderer/parts/VerdictHead.svelte';
import { createSteadyPress } from '../../renderer/parts/steady-press.ts';
import { penFigures } from '../../renderer/screens/screen/figures.ts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatPercent,
  formatProbability,
} from '../../renderer/words/format.ts';
import { plainOf, say, strong } from '../../renderer/words/text.ts';
import { words } from '../../renderer/words/words.ts';
import { fakeResult } from './fake-api.ts';

describe('probability bar', () => {
  const limits = { regularBelow: 0.35, tremorFrom: 0.65 };

  async function boxesOf(probability: number) {
    const { container } = await render(ProbabilityBar, { probability, limits, verdict: 'tremor-like' });
    const box = (selector: string) => {
      const element = container.querySelector(selector);
      if (element === null) throw new Error(`no ${selector}`);
      return element.getBoundingClientRect();
    };
    return {
      bar: box('.bar'),
      marker: box('.marker'),
      low: box('.stretch.regular'),
      between: box('.stretch.between'),
    };
  }

  test('the marker is 5 × 22 and its middle stands at the probability', async () => {
    const { bar, marker } = await boxesOf(0.82);
    expect([marker.width, marker.height]).toEqual([5, 22]);
    expect(marker.left + 2.5 - bar.left).toBeCloseTo(0.82 * bar.width, 1);
  });

  test('the hatched stretch lies between the limits, 8 px high, 1 px off on both sides', async () => {
    const { bar, low, between } = await boxesOf(0.5);
    expect(between.height).toBe(8);
    expect(between.left - bar.left).toBeCloseTo(0.35 * bar.width + 1, 1);
    expect(between.right - bar.left).toBeCloseTo(0.65 * bar.width - 1, 1);
    expect(low.left).toBe(bar.left);
  });

  test.each([0, 1])('the marker stays inside at %d', async (probability) => {
    const { bar, marker } = await boxesOf(probability);
    expect(marker.left).toBeGreaterThanOrEqual(bar.left);
    expect(marker.right).toBeLessThanOrEqual(bar.right);
  });

  test('says in words what it shows', async () => {
    await render(ProbabilityBar, { probability: 0.82, limits, verdict: 'tremor-like' });
    expect(page.getByRole('img').element().getAttribute('aria-label')).toBe(
      '82\u202f% likely tremor-like. Below 35\u202f% the model says regular, from 65\u202f% on tremor-like, between them inconclusive.',
    );
  });
});

describe('verdict', () => {
  test.each([
    ['tremor-like', 'Tremor-like'],
    ['regular', 'Regular'],
    ['inconclusive', 'Inconclusive'],
    ['not-screenable', 'Not screenable'],
  ] as const)('%s is said in words, with its sentence and the disclaimer', async (verdict, word) => {
    const result = fakeResult(verdict);
    const { container } = await render(VerdictHead, { result });
    await expect.element(page.getByRole('heading', { name: word, exact: true })).toBeVisible();
    expect(container.textContent).toContain(words.verdict.plainSentence(result));
    expect(container.textContent).toContain('Screening aid, not a diagnosis.');
    expect(container.querySelectorAll('svg.mark').length).toBe(1);
  });

  test('the four marks differ in shape, not only in colour', async () => {
    const shapes = new Set<string>();
    for (const verdict of ['tremor-like', 'regular', 'inconclusive', 'not-screenable'] as const) {
      const { container } = await render(VerdictHead, { result: fakeResult(verdict) });
      const shape = [...container.querySelectorAll('svg.mark > *')].map(
        (part) => part.tagName + (part.getAttribute('d') ?? '') + part.classList.contains('fill'),
      );
      shapes.add(shape.join());
    }
    expect(shapes.size).toBe(4);
  });
});

describe('words', () => {
  test('a text keeps what is strong apart and joins the rest', () => {
    const text = say`The line ${'wavers'} ${say`${strong('5.1 times')}, by ${strong('1.2 mm')}`}.${''}`;
    expect(text).toEqual([
      { text: 'The line wavers ', strong: false },
      { text: '5.1 times', strong: true },
      { text: ', by ', strong: false },
      { text: '1.2 mm', strong: true },
      { text: '.', strong: false },
    ]);
    expect(plainOf(text)).toBe('The line wavers 5.1 times, by 1.2 mm.');
  });

  test.each([
    [formatPercent(0.824), '82\u202f%'],
    [formatPercent(0.8649, 1), '86.5\u202f%'],
    [formatProbability(0.997), '>99\u202f%'],
    [formatProbability(0.003), '<1\u202f%'],
    [formatProbability(0.99), '99\u202f%'],
    [formatCount(2574), '2,574'],
    [formatBytes(9_300), '9.3\u00a0kB'],
    [formatBytes(131_000_000), '131.0\u00a0MB'],
    [formatClock(41_000), '00:41'],
    [formatClock(3_700_000), '1:01:40'],
  ])('%s', (shown, wanted) => expect(shown).toBe(wanted));
});

describe('figures', () => {
  test.each([
    [14, '14\u00a0×'],
    [1_000, '1,000\u00a0×'],
    [854_244, '>1,000\u00a0×'],
  ])('a peak %d times its surroundings is shown as %s', (peakRatio, wanted) => {
    const result = fakeResult('tremor-like');
    const { tremor } = result.evidence;
    if (tremor === null) throw new Error('a recording has measures');
    const figures = penFigures({
      ...result,
      evidence: { ...result.evidence, tremor: { ...tremor, peakRatio } },
    });
    expect(figures.find(([name]) => name === 'Peak above its surroundings')?.[1]).toBe(wanted);
  });

  test('people are counted only where there are codes', () => {
    expect(words.library.counts(13, 13, 0, 0, false)).toBe('13 samples');
    expect(words.library.counts(3, 13, 0, 0, true)).toBe('3 of 13 samples');
    expect(words.library.counts(3, 13, 1, 2, true)).toBe('3 of 13 samples · 1 of 2 people');
    expect(words.train.ownHelp(3, 2, 0)).toBe('3 regular and 2 tremor-like, without participant codes.');
  });

  test('the head of a regular verdict has nothing in bold, that of a tremor its two figures', async () => {
    const bold = async (verdict: 'regular' | 'tremor-like') => {
      const { container } = await render(VerdictHead, { result: fakeResult(verdict) });
      return [...container.querySelectorAll('strong')].map(({ textContent }) => textContent);
    };
    expect(await bold('regular')).toEqual([]);
    expect(await bold('tremor-like')).toEqual(['5.1 times a second', '1.2\u00a0mm']);
  });
});

describe('steady press', () => {
  test('a jittery second click is no wish, a later one is', () => {
    const press = createSteadyPress(350);
    const at = (timeStamp: number) =>
      Object.defineProperty(new Event('click'), 'timeStamp', { value: timeStamp });
    expect([press(at(1_000)), press(at(1_120)), press(at(1_300)), press(at(1_700))]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
