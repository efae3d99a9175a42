import type { Locator, Page } from '@playwright/test';
import type { RunningApp } from './app.ts';
import { drawWithPen, spiralPoints } from './pen.ts';

/** CSS pixels per millimetre: what the app assumes until a screen is measured. */
export const PX_PER_MM = 96 / 25.4;

const DONE_LIMIT_MS = 20_000;

export type ScreenName = 'Screen' | 'Library' | 'Train' | 'Models' | 'Settings';
export const SCREENS: readonly ScreenName[] = ['Screen', 'Library', 'Train', 'Models', 'Settings'];

/** Goes to a screen by the rail and waits for its title. */
export async function openScreen(page: Page, name: ScreenName): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

export const verdictHeading = (page: Page): Locator =>
  page
    .getByRole('main')
    .getByRole('heading', { level: 2, name: /^(Regular|Tremor-like|Inconclusive|Not screenable)$/ });

/** Draws a spiral on the paper of the Screen, `swingMm` from peak to trough at 5 Hz (0: smooth), and asks for the verdict. */
export async function drawSpiral(app: RunningApp, swingMm: number): Promise<void> {
  const { page } = app;
  const start = page.getByRole('button', { name: 'Start drawing' });
  const paper = page.getByRole('application', { name: 'Drawing area' });
  await start.or(paper).first().waitFor();
  if (await start.isVisible()) await start.click();
  await paper.waitFor();
  const box = await paper.boundingBox();
  if (!box) throw new Error('the drawing area is not on screen');
  const points = spiralPoints({
    centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    outerRadiusPx: Math.min(box.width, box.height) * 0.4,
    ...(swingMm > 0 ? { tremor: { hz: 5, swingPx: swingMm * PX_PER_MM } } : {}),
  });
  await drawWithPen(page, points);
  const done = page.getByRole('button', { name: 'Done' });
  await done.click({ timeout: DONE_LIMIT_MS }).catch(async (fault: unknown) => {
    // On a busy machine the two seconds after which a drawing is finished by itself are over before the button is reached.
    if (!(await verdictHeading(page).isVisible())) throw fault;
  });
}

/** Drops files on the window as a file manager does. */
export async function dropFiles(
  page: Page,
  files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const plain = files.map(({ name, type, bytes }) => ({
    name,
    type,
    base64: Buffer.from(bytes).toString('base64'),
  }));
  await page.evaluate((list) => {
    const data = new DataTransfer();
    for (const { name, type, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([bytes], name, { type }));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }
  }, plain);
}
