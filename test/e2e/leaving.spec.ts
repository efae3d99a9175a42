/** The end of the app in the middle of a training, in a real Electron. */
import { expect, test, type Page } from '@playwright/test';
import { ELECTRON_LABEL, launchElectron, needElectron, type ElectronRun } from './electron/electron-app.ts';
import { answerDialogs, hasEnded, readStubs } from './electron/main-process.ts';
import { openScreen } from './screens.ts';

type Watched = typeof globalThis & { shares: number[]; blockers: number[] };

test.describe(`leaving on ${ELECTRON_LABEL}`, () => {
  let run: ElectronRun;
  test.beforeAll(needElectron);
  test.afterEach(async () => {
    await run?.kill(); // what a failed test leaves behind may hold back an orderly end
    await run?.close();
  });

  test('closing during a training asks; the next start offers to go on, and goes on', async () => {
    test.setTimeout(480_000);
    run = await launchElectron();
    await answerDialogs(run, [0, 1]);
    await watchPresence(run);
    await startTraining(run.page);

    await expect
      .poll(async () => (await presence(run)).shares.at(-1), { timeout: 60_000 })
      .toBeGreaterThan(0);
    const { shares, blockers } = await presence(run);
    expect(shares).toContain(2); // making pictures: nobody knows yet how far
    expect(Math.max(...shares.filter((share) => share !== 2))).toBeLessThanOrEqual(1);
    expect(blockers).toEqual([1]);

    await closeWindow(run);
    await expect.poll(async () => (await readStubs(run)).asked.length).toBe(1);
    expect((await readStubs(run)).asked[0]).toMatchObject({
      message: 'A model is training.',
      buttons: ['Keep training', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    });
    await expect(run.page.getByRole('button', { name: 'Stop' })).toBeVisible();

    const end = hasEnded(run);
    await run.electron.evaluate(({ app }) => app.quit());
    expect(await end).toBe(0);

    const { home } = run;
    run = await launchElectron({ home });
    await expect(run.page.getByText('Steadypen ended while a model was training.')).toBeVisible({
      timeout: 60_000,
    });
    await openScreen(run.page, 'Train');
    await expect(run.page.getByText('The training was cut off.')).toBeVisible();
    await run.page.getByRole('main').getByRole('button', { name: 'Continue training' }).click();
    const note = run.page.locator('summary').getByText(/goes on from its last checkpoint/);
    await expect(note).toBeVisible({ timeout: 120_000 });
    await run.page.getByRole('button', { name: 'Stop' }).click();
    await expect(run.page.getByText('Stopped.')).toBeVisible({ timeout: 30_000 });
    // Nothing goes on any more: no question.
    const last = hasEnded(run);
    await closeWindow(run);
    expect(await last).toBe(0);
  });

  test('a signal from the system ends the app without a question', async () => {
    test.setTimeout(480_000);
    run = await launchElectron();
    await answerDialogs(run, []); // a question would stay open
    await startTraining(run.page);
    const pid = await run.electron.evaluate(() => process.pid);
    const end = hasEnded(run);
    process.kill(pid, 'SIGTERM');
    expect(await end).toBe(0);
  });
});

async function startTraining(page: Page): Promise<void> {
  await openScreen(page, 'Train');
  await page.getByLabel('Simulated pictures').fill('200');
  await page.getByLabel('Epochs').fill('40');
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByRole('main')).toContainText(/epoch \d+ of/i, { timeout: 300_000 });
}

/** Notes what the taskbar is told, and which blockers of sleep there are. */
async function watchPresence({ electron }: ElectronRun): Promise<void> {
  await electron.evaluate(({ BrowserWindow, powerSaveBlocker }) => {
    const watched = globalThis as Watched;
    watched.shares = [];
    watched.blockers = [];
    const window = BrowserWindow.getAllWindows()[0];
    if (window) window.setProgressBar = (share) => void watched.shares.push(share);
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    powerSaveBlocker.start = (type) => {
      const id = start(type);
      if (type === 'prevent-app-suspension') watched.blockers.push(powerSaveBlocker.isStarted(id) ? 1 : 0);
      return id;
    };
  });
}

function presence({ electron }: ElectronRun): Promise<{ shares: number[]; blockers: number[] }> {
  return electron.evaluate(() => {
    const { shares, blockers } = globalThis as Watched;
    return { shares, blockers };
  });
}

async function closeWindow({ electron }: ElectronRun): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}
