import { expect, test } from 'vitest';
import { element, textWidth, wrapText } from '../../../../src/reproduction/plots/svg.ts';

test('wrapText keeps numbers and their signs together', () => {
  const lines = wrapText('about 95 % of 16 × 16 places', textWidth('about 95', 10), 10);
  expect(lines).toEqual(['about', '95\u00a0% of', '16\u00a0×\u00a016', 'places']);
});

test('no element is drawn at a number that is none', () => {
  expect(() => element('rect', { x: Number.NaN })).toThrow(RangeError);
});
