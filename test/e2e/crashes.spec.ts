/** Crashes of the page, of the main process and of the process that draws, in a real Electron. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ELECTRON_LABEL, launchElectron, needElectron, type ElectronRun } from './electron/electron-app.ts';
import { answerDialogs, crashPage, hasEnded, inWindow, readStubs, wordsIn } from './electron/main-process.ts';
import { drawWithPen, spiralPoints } from './pen.ts';

const PAGE_AGAIN = 'This window stopped working and was loaded again.';
const RECOVERED = 'Recovered drawing';

test.describe(`crashes on ${ELECTRON_LABEL}`, () => {
  let run: ElectronRun;
  test.beforeAll(needElectron);
  test.afterEach(async () => {
    await run?.kill(); // what a failed test leaves behind may hold back an orderly end
    await run?.close();
  });

  test('a page that crashes is loaded again, says so, and shows the drawing that was on it', async () => {
    run = await launchElectron();
    await drawOneStroke(run);
    await answerDialogs(run, []);
    await crashPage(run);
    await expect.poll(() => wordsIn(run), { timeout: 60_000 }).toContain(PAGE_AGAIN);
    await expect.poll(() => wordsIn(run), { timeout: 60_000 }).toContain(RECOVERED);
    expect(await wordsIn(run)).toMatch(/Regular|Tremor-like|Inconclusive/);
    expect((await readStubs(run)).asked).toEqual([]);
    expect(logOf(run)).toMatch(/error {3}The page ended: crashed/);
  });

  test('at the second crash within a minute a dialog offers to restart and to open the logs', async () => {
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await answerDialogs(run, [1, null]);
    await crashPage(run);
    await expect.poll(() => wordsIn(run), { timeout: 60_000 }).toContain(PAGE_AGAIN);
    await crashPage(run);
    await expect.poll(async () => (await readStubs(run)).asked.length).toBe(2);
    const { asked, opened, relaunched } = await readStubs(run);
    expect(asked[0]).toMatchObject({ type: 'error', buttons: ['Restart', 'Open logs'] });
    expect(asked[0]?.message).toContain('stopped working twice within a minute');
    expect(opened).toEqual([path.join(run.home, 'logs')]);
    expect(relaunched).toBe(0);
  });

  test('Restart in that dialog ends the app in good order and starts it again', async () => {
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await answerDialogs(run, [null]);
    await crashPage(run);
    await expect.poll(() => wordsIn(run), { timeout: 60_000 }).toContain(PAGE_AGAIN);
    await run.electron.evaluate(({ app, dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
      app.relaunch = (options) => console.log('started again with', JSON.stringify(options));
    });
    const end = hasEnded(run);
    await crashPage(run);
    expect(await end).toBe(0);
    expect(run.output()).toContain('started again with {"args":');
  });

  for (const deed of ['crash', 'close'] as const) {
    test(`a window whose page ends in its first load (${deed}) is no fault`, async () => {
      run = await launchElectron();
      await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
      await answerDialogs(run, []);
      await openAnother(run, deed);
      await expect
        .poll(() => logOf(run), { timeout: 30_000 })
        .toContain('The page was not loaded to its end');
      if (deed === 'crash') await expect.poll(() => wordsIn(run), { timeout: 60_000 }).toContain(PAGE_AGAIN);
      expect(logOf(run)).not.toContain('A promise failed');
      expect((await readStubs(run)).asked).toEqual([]);
    });
  }

  test('a drawing that the end of the app cut off is shown at the next start', async () => {
    run = await launchElectron();
    await drawOneStroke(run);
    const { home } = run;
    await run.kill();
    run = await launchElectron({ home });
    await expect(run.page.getByText(RECOVERED)).toBeVisible({ timeout: 60_000 });
    await expect(run.page.getByText('A drawing that was cut off was brought back.')).toBeVisible();
    await run.page.getByRole('button', { name: 'Save' }).click();
    await expect(run.page.getByText(RECOVERED)).toBeHidden();
    expect(await run.page.getByRole('navigation').getByRole('link', { name: 'Screen' }).count()).toBe(1);
  });

  test('an exception that nobody caught is logged and put to the user; the app ends in good order', async () => {
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await answerDialogs(run, [1]);
    const end = hasEnded(run);
    await run.electron.evaluate(() => {
      setTimeout(() => {
        throw new Error('made by a test');
      }, 200);
    });
    expect(await end).toBe(0);
    expect(logOf(run)).toMatch(/An exception that nobody caught: Error: made by a test/);
    const { home } = run;
    run = await launchElectron({ home });
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
  });

  test('a promise that fails unheard is logged and put to the user, and the app goes on', async () => {
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await answerDialogs(run, [0]);
    await run.electron.evaluate(() => {
      setTimeout(() => void Promise.reject(new Error('made by a test')), 100);
    });
    await expect.poll(async () => (await readStubs(run)).asked.length).toBe(1);
    expect((await readStubs(run)).asked[0]).toMatchObject({ buttons: ['Continue', 'Restart', 'Open logs'] });
    expect(logOf(run)).toMatch(/A promise failed that nobody waits for: Error: made by a test/);
    await run.page.getByRole('button', { name: 'Start drawing' }).click();
    await expect(run.page.getByRole('application', { name: 'Drawing area' })).toBeVisible();
  });

  test('the process that draws is killed five times: the app goes on and says so', async () => {
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await answerDialogs(run, []);
    for (let time = 0; time < 5; time++) {
      await expect.poll(() => graphicsPid(run), { timeout: 30_000 }).not.toBeNull();
      const pid = await graphicsPid(run);
      if (pid !== null) process.kill(pid, 'SIGKILL');
      await expect.poll(() => graphicsPid(run), { timeout: 30_000 }).not.toBe(pid);
      // A page that draws in software ends along with it, and is loaded again.
      await expect.poll(() => wordsIn(run), { timeout: 60_000 }).toContain('The graphics process stopped');
    }
    expect((await readStubs(run)).asked).toEqual([]);
    // Still at work, once the page has been loaded for the last time.
    const press =
      "[...document.querySelectorAll('button')].find((b) => b.innerText === 'Start drawing')?.click()";
    const startDrawing = async (): Promise<string> => {
      await Promise.race([inWindow(run, press), new Promise((resolve) => setTimeout(resolve, 2_000))]);
      return wordsIn(run);
    };
    await expect.poll(startDrawing, { timeout: 60_000 }).toContain('Start at the dot in the middle');
    expect(logOf(run)).toMatch(/GPU ended: killed/);
  });
});

/** Opens the window anew, as macOS' dock does, and ends it or its page while that is loaded. */
async function openAnother({ electron }: ElectronRun, what: 'crash' | 'close'): Promise<void> {
  await electron.evaluate(({ app, BrowserWindow }, deed) => {
    app.quit = () => undefined; // as on macOS, where the app stays without a window
    BrowserWindow.getAllWindows()[0]?.destroy();
    app.once('browser-window-created', (_event, window) => {
      const { webContents } = window;
      if (deed === 'close') webContents.once('did-start-loading', () => window.destroy());
      // Not earlier: the process that ends is not yet the one that gets the page.
      else webContents.once('did-navigate', () => process.kill(webContents.getOSProcessId(), 'SIGKILL'));
    });
    app.emit('activate');
  }, what);
}

async function drawOneStroke({ page }: ElectronRun): Promise<void> {
  await page.getByRole('button', { name: 'Start drawing' }).click();
  const box = await page.getByRole('application', { name: 'Drawing area' }).boundingBox();
  if (!box) throw new Error('the drawing area is not on screen');
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await drawWithPen(page, spiralPoints({ centre, outerRadiusPx: 150, durationS: 8 }));
  await page.waitForTimeout(700); // well before the two seconds after which the drawing is finished
}

const logOf = (run: ElectronRun): string => readFileSync(path.join(run.home, 'logs/steadypen.log'), 'utf8');

function graphicsPid(run: ElectronRun): Promise<number | null> {
  return run.electron.evaluate(
    ({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid ?? null,
  );
}
