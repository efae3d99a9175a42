import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { launchApp } from './app.ts';
import { drawSpiral, dropFiles, openScreen, verdictHeading } from './screens.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SIZES = { '': { width: 1280, height: 800 }, '-large': { width: 1920, height: 1080 } } as const;

/** One picture per theme, and at full size beside it when STEADYPEN_SHOT_DIR names a folder for checking. */
async function shoot(page: Page, name: string): Promise<void> {
  const extra = process.env['STEADYPEN_SHOT_DIR'];
  for (const [suffix, viewport] of Object.entries(SIZES)) {
    if (suffix !== '' && extra === undefined) continue;
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(500);
      const folder = suffix === '' ? path.join(ROOT, 'docs/screenshots') : extra!;
      await page.screenshot({ path: path.join(folder, `${name}${suffix}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize(SIZES['']);
}

/** Toasts stay ten seconds. */
async function untilToastsAreGone(page: Page): Promise<void> {
  await expect(page.locator('li.toast')).toHaveCount(0, { timeout: 20_000 });
}

/** Simulated drawings as scans and pen recordings, made by the app's own command. */
function simulated(
  kind: string,
  count: number,
  seed: number,
): { name: string; type: string; bytes: Uint8Array }[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-shots-'));
  try {
    const args = ['synth', '--kind', kind, '--count', String(count), '--seed', String(seed), '--out', folder];
    execFileSync(process.execPath, [path.join(ROOT, 'bin/steadypen.js'), ...args], {
      cwd: ROOT,
      stdio: 'pipe',
    });
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.png'))
      .slice(0, count)
      .map((name) => ({
        name: path.basename(name),
        type: 'image/png',
        bytes: readFileSync(path.join(folder, name)),
      }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('docs/screenshots', async () => {
  const app = await launchApp();
  const { page } = app;
  try {
    await page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await shoot(page, 'first-run');
    await drawSpiral(app, 1.5);
    await verdictHeading(page).waitFor();
    await page.waitForTimeout(1500);
    await shoot(page, 'screen-result');
    await page.getByRole('button', { name: 'Save' }).click();
    await drawSpiral(app, 0);
    await verdictHeading(page).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await untilToastsAreGone(page);
    await shoot(page, 'screen-empty');

    await dropFiles(page, [
      ...simulated('spiral', 4, 3),
      { name: 'consult-2024.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n') },
      ...simulated('wave', 3, 4),
      ...simulated('handwriting', 4, 5),
    ]);
    await page.getByText(/^[6-9] of 12 done/).waitFor({ timeout: 60_000 });
    await shoot(page, 'screen-batch');
    await page.getByRole('heading', { name: /files? screened/ }).waitFor({ timeout: 120_000 });

    await openScreen(page, 'Library');
    const tiles = page.getByRole('option');
    await tiles.nth(5).waitFor();
    for (const [index, key] of [
      [0, '2'],
      [1, '1'],
      [2, '2'],
      [4, '1'],
      [5, '2'],
    ] as const) {
      await tiles.first().focus();
      await page.keyboard.press('Home');
      for (let step = 0; step < index; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press(key);
    }
    await untilToastsAreGone(page);
    await shoot(page, 'library');
    await tiles.first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await page.waitForTimeout(1500);
    await shoot(page, 'sample-detail');

    await openScreen(page, 'Train');
    await shoot(page, 'train-plan');
    await page.getByLabel('Simulated pictures').fill('1600');
    await page.getByLabel('Epochs').fill('8');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page
      .getByText(/epoch [45] of/i)
      .first()
      .waitFor({ timeout: 300_000 });
    await shoot(page, 'train-running');
    await page
      .getByRole('button', { name: 'Activate' })
      .and(page.locator(':enabled'))
      .waitFor({ timeout: 300_000 });
    await shoot(page, 'train-done');
    await openScreen(page, 'Models');
    await shoot(page, 'models');
    await openScreen(page, 'Settings');
    await page.waitForTimeout(1500);
    await shoot(page, 'settings');
    for (const name of ['Sensitivity', 'Engines']) {
      await page.getByRole('main').getByText(name, { exact: true }).first().click();
      await page.waitForTimeout(1500);
      await shoot(page, `settings-${name.toLowerCase()}`);
    }
  } finally {
    await app.close();
  }
});
