import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { launchApp, type HostKind, type RunningApp } from './app.ts';
import { ELECTRON_LABEL, needElectron } from './electron/electron-app.ts';
import { isAlone, openLocks } from './electron/page-locks.ts';
import { expectSandbox } from './electron/processes.ts';
import { drawWithPen, spiralPoints } from './pen.ts';
import { drawSpiral, dropFiles, openScreen, SCREENS, verdictHeading } from './screens.ts';

/** The same specs on both hosts. One app, one data folder, from the first drawing to the retrained model. */
for (const host of ['browser', 'electron'] satisfies HostKind[]) {
  test.describe(`on ${host === 'electron' ? ELECTRON_LABEL : 'Chromium'}`, () => {
    test.describe.configure({ mode: 'serial' });
    if (host === 'electron') needElectron();
    let app: RunningApp;

    test.beforeAll(async () => {
      app = await launchApp({ host });
    });
    test.afterAll(async () => {
      await app?.close();
    });
    test.afterEach(() => {
      expect(app?.outgoing ?? [], 'requests that left this machine').toEqual([]);
    });

    test('a smooth spiral is regular', async () => {
      await app.page.getByRole('button', { name: 'Start drawing' }).waitFor();
      await drawSpiral(app, 0);
      await expect(verdictHeading(app.page)).toHaveText('Regular', { timeout: 20_000 });
      await expect(app.page.getByRole('main')).toContainText('Screening aid, not a diagnosis.');
      await expect(app.page.getByRole('main')).toContainText('1,501 samples · 12.0 s');
      await app.page.getByRole('button', { name: 'Save' }).click();
    });

    test('5 Hz and 1.5 mm of tremor are found, at 5 Hz', async () => {
      await drawSpiral(app, 1.5);
      await expect(verdictHeading(app.page)).toHaveText('Tremor-like', { timeout: 20_000 });
      await expect(app.page.getByRole('main')).toContainText(/wavers (4\.9|5\.0|5\.1) times a second/);
      await app.page.getByRole('button', { name: 'Tremor-like', exact: true }).click();
      await app.page.getByRole('button', { name: 'Save' }).click();
    });

    test('the page is locked in', async () => {
      expect(await openLocks(app.page, { mayConnect: host === 'browser' })).toEqual([]);
    });

    if (host === 'electron') {
      test('no window but the one, in the sandbox, and all as an ordinary user', async () => {
        expect(await isAlone(app.page)).toBe(true);
        if (process.platform === 'linux') expectSandbox(app.pid);
      });
    }

    test('a PNG dropped with bad files is screened, and each bad one says what to do', async () => {
      await dropFiles(app.page, [
        { name: 'smooth.png', type: 'image/png', bytes: await spiralPng(400) },
        { name: 'empty.png', type: 'image/png', bytes: new Uint8Array(0) },
        { name: 'letter.png', type: 'image/png', bytes: Buffer.from('Dear reader, this is text.') },
      ]);
      const { page } = app;
      await expect(page.getByText(/3 of 3 done, 2 could not be read/)).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('row', { name: /smooth\.png/ })).toContainText('Regular');
      await expect(page.getByRole('row', { name: /empty\.png/ })).toContainText(/empty/i);
      await expect(page.getByRole('row', { name: /letter\.png/ })).toContainText(
        /not a picture|not an image/i,
      );
    });

    test('the library labels, deletes and undoes by keyboard', async () => {
      const { page } = app;
      await openScreen(page, 'Library');
      const tiles = page.getByRole('option');
      await expect(tiles).toHaveCount(3);
      await tiles.first().focus();
      await page.keyboard.press('2');
      await expect(tiles.first()).toHaveAccessibleName(/Label: tremor-like/);
      await page.keyboard.press('1');
      await expect(tiles.first()).toHaveAccessibleName(/Label: regular/);
      await page.keyboard.press('Delete');
      await expect(tiles).toHaveCount(2);
      await page
        .getByRole('listitem')
        .filter({ hasText: 'moved to the bin' })
        .getByRole('button', { name: 'Undo' })
        .click();
      await expect(tiles).toHaveCount(3);
    });

    test('samples and labels survive a restart', async () => {
      app = await app.restart();
      await openScreen(app.page, 'Library');
      const tiles = app.page.getByRole('option');
      await expect(tiles).toHaveCount(3);
      await expect(tiles.first()).toHaveAccessibleName(/Label: regular/);
      await expect(tiles.nth(1)).toHaveAccessibleName(/Verdict: Tremor-like\..*Label: tremor-like/);
      await tiles.first().focus();
      await app.page.keyboard.press('ArrowRight');
      await app.page.keyboard.press('Space');
      await expect(app.page.getByRole('main')).toContainText(/(4\.9|5\.0|5\.1) times a second/);
    });

    test('a stroke is safe on disk when the app is killed', async () => {
      const { page } = app;
      await openScreen(page, 'Screen');
      const paper = page.getByRole('application', { name: 'Drawing area' });
      const box = await paper.boundingBox();
      if (!box) throw new Error('the drawing area is not on screen');
      const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await drawWithPen(page, spiralPoints({ centre, outerRadiusPx: 150, durationS: 8 }));
      await page.waitForTimeout(700); // well before the two seconds after which the drawing is finished
      app = await app.crash();
      await openScreen(app.page, 'Library');
      await expect(app.page.getByRole('option')).toHaveCount(4, { timeout: 20_000 });
      await openScreen(app.page, 'Screen');
      await expect(app.page.getByText('Recovered drawing')).toBeVisible();
      await app.page.getByRole('button', { name: 'Close', exact: true }).click();
    });

    test('a short run is watched to its end, and its model activated', async () => {
      test.setTimeout(400_000);
      const { page } = app;
      await openScreen(page, 'Train');
      await page.getByLabel('Simulated pictures').fill('600');
      await page.getByLabel('Epochs').fill('2');
      await page.getByRole('button', { name: 'Start training' }).click();
      await expect(page.getByRole('main')).toContainText(/epoch \d of \d/i, { timeout: 180_000 });
      // The active model goes on judging while the next one learns.
      await openScreen(page, 'Screen');
      await drawSpiral(app, 0);
      await expect(verdictHeading(page)).toHaveText('Regular', { timeout: 30_000 });
      await openScreen(page, 'Train');
      const activate = page.getByRole('button', { name: 'Activate' });
      await expect(activate).toBeEnabled({ timeout: 180_000 });
      await activate.click();
      await openScreen(page, 'Models');
      await expect(page.getByRole('main')).toContainText('active');
      await expect(page.getByRole('button', { name: 'Roll back' }).first()).toBeVisible();
    });

    test('every screen passes the accessibility rules, light and dark', async () => {
      const { page } = app;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const name of SCREENS) {
          await openScreen(page, name);
          await page.waitForTimeout(400);
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa'])
            // Otherwise axe opens a page of its own, which Electron does not support.
            .setLegacyMode(host === 'electron')
            .analyze();
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
          );
          expect(found, `${name}, ${colorScheme}`).toEqual([]);
        }
      }
    });
  });
}

/** A smooth spiral as a scan. */
async function spiralPng(side: number): Promise<Uint8Array> {
  const points = spiralPoints({
    centre: { x: side / 2, y: side / 2 },
    outerRadiusPx: side * 0.42,
    rateHz: 50,
  });
  const line = points.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#f4f2ec"/><polyline points="${line}" fill="none" stroke="#333" stroke-width="2.5"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
