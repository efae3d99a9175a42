import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ScreenResultView } from '../../renderer/api/types.ts';
import type { App } from '../../renderer/state/app.svelte.ts';
import { Screening } from '../../renderer/state/screening.svelte.ts';
import { fakeApi, fakeScan, inkPicture, screenedAs, spiralStroke, STATES } from './fake-api.ts';
import { openApp } from './open-app.ts';

/** The Screen with this result open, as a file of one page or as a sample that ships. */
async function openResult(result: ScreenResultView, from: 'batch' | 'example' = 'example'): Promise<App> {
  const { api } = fakeApi({
    screening: {
      example: (() => Promise.resolve(screenedAs(result))) as never,
      file: async function* () {
        await Promise.resolve();
        yield { kind: 'sample' as const, ...screenedAs(result) };
      } as never,
    },
    samples: { picture: (() => inkPicture([spiralStroke(4)])) as never },
  });
  const app = await openApp(api, 'screen');
  const screening = app.keep(Screening);
  if (from === 'batch') await screening.openFiles([new File(['ink'], 'visit-2.png')]);
  else await screening.examples.open({ name: 'a', title: 'Sample', task: 'wave' });
  await expect.element(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
  return app;
}

function partOf(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element;
}

describe('the result card', () => {
  test.each(Object.entries(STATES))(
    'holds everything without scrolling at 328 × 700: %s',
    async (_, result) => {
      await openResult(result);
      await document.fonts.ready;
      // The height that a window of 1280 × 800 leaves it; here the page is as long as it likes.
      Object.assign(partOf('.result').style, { flex: 'none', height: '700px' });
      expect(partOf('.result').getBoundingClientRect().width).toBe(328);
      const body = partOf('.result .body');
      await expect.poll(() => body.scrollHeight - body.clientHeight).toBe(0);
      // Nothing is cut off either: the way to the figures lies inside, above the question.
      const links = partOf('.result .links').getBoundingClientRect();
      expect(links.bottom).toBeLessThanOrEqual(body.getBoundingClientRect().bottom);
    },
  );

  test('says what both witnesses say, and that they disagree', async () => {
    await openResult(STATES['disagree'] ?? fakeScan('regular'));
    const text = partOf('.result')
      .textContent.replace(/[\u00a0\u202f]/g, ' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('The picture 84 %');
    expect(text).toContain('The pen’s clock none Nothing from 3 to 12 Hz in 18 s');
    expect(text).toContain('They disagree. A drawing at the usual pace would tell.');
    await expect.element(page.getByRole('button', { name: 'Keep' })).toBeVisible();
    expect(page.getByRole('button', { name: 'Save' }).elements()).toEqual([]);
  });

  test('a scan has no row for a clock', async () => {
    await openResult(fakeScan('tremor-like'));
    expect(partOf('.result').textContent).not.toContain('The pen’s clock');
    await expect.element(page.getByRole('button', { name: 'Save' })).toBeVisible();
  });

  test('Why and Details open beside the card from the keyboard, and Esc gives the focus back', async () => {
    await openResult(STATES['tallest'] ?? fakeScan('regular'));
    const why = page.getByRole('button', { name: 'Why' });
    (why.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    const sheet = page.getByRole('dialog', { name: 'Why' });
    await expect.element(sheet.getByText('Not so?', { exact: false })).toBeVisible();
    await expect.element(sheet.getByText('Mean speed')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => sheet.elements().length).toBe(0);
    await expect.poll(() => document.activeElement).toBe(why.element());
    await page.getByRole('button', { name: 'Details' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Details' }).getByText('Balanced')).toBeVisible();
  });

  test('a file whose task is unknown can be told what it is', async () => {
    await openResult(STATES['scan-unknown'] ?? fakeScan('regular'), 'batch');
    await expect.element(page.getByText('Unknown task: choose it above.')).toBeVisible();
    await expect.element(page.getByLabelText('Task: Unknown')).toBeVisible();
  });
});
