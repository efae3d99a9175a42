import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { ScreenResultView } from '../../renderer/api/types.ts';
import Report from '../../renderer/screens/screen/Report.svelte';
import '../../renderer/styles/base.css';
import { fakeScan, inkPicture, screenedAs, spiralStroke, STATES } from './fake-api.ts';

/** A4 less the margins of the report: 297 - 2 · 14 mm, at 96 pixels an inch. */
const PAGE_HEIGHT_PX = (269 / 25.4) * 96;

async function printed(result: ScreenResultView): Promise<HTMLElement> {
  const ink = await inkPicture([spiralStroke(4)]);
  const isScan = result.kind === 'scan';
  const { container } = await render(Report, {
    shown: screenedAs(result),
    ink,
    page: isScan ? ink : null,
    sizeAssumed: !isScan,
  });
  const report = container.querySelector<HTMLElement>('.report');
  if (report === null) throw new Error('no report');
  await document.fonts.ready;
  return report;
}
const textOf = (part: HTMLElement) => part.textContent.replace(/[\s\u00a0\u202f]+/g, ' ');

test.each(Object.entries(STATES))('the printed report fits one page of A4: %s', async (_, result) => {
  const report = await printed(result);
  await expect.poll(() => report.querySelectorAll('canvas, img').length).toBeGreaterThan(0);
  expect(report.scrollHeight).toBeLessThanOrEqual(PAGE_HEIGHT_PX);
});

test('the printed report says what both witnesses say, and between which limits', async () => {
  const text = textOf(await printed(STATES['disagree'] ?? fakeScan('regular')));
  expect(text).toContain('The picture 84 %');
  expect(text).toContain('The pen’s clock none Nothing from 3 to 12 Hz in 18 s');
  expect(text).toContain('They disagree.');
  expect(text).toContain('35 % and 55 %');
  expect(text).toContain('Screening aid, not a diagnosis.');
});

test('the printed report of a scan has no clock and says why', async () => {
  const text = textOf(await printed(fakeScan('tremor-like')));
  expect(text).not.toContain('The pen’s clock');
  expect(text).toContain('A scan holds no time');
});
