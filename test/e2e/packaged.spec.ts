import { expect, test } from '@playwright/test';
import { ELECTRON_LABEL, needElectron } from './electron/electron-app.ts';
import { launchPackaged, packApp, type PackagedRun } from './electron/packaged-app.ts';
import { isAlone, openLocks } from './electron/page-locks.ts';
import { expectSandbox } from './electron/processes.ts';
import { verdictHeading } from './screens.ts';

/** What `npm run package` makes: one archive, fuses set, driven from outside. */
test.describe(`the packed app on ${ELECTRON_LABEL}`, () => {
  test.describe.configure({ mode: 'serial' });
  needElectron();
  test.skip(process.platform !== 'linux', 'the packed app is driven on Linux');
  let run: PackagedRun;

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    const folder = await packApp();
    // Both would open the app to whoever starts it, did the fuses not forbid them.
    run = await launchPackaged(folder, {
      args: ['--inspect=0'],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
  });
  test.afterAll(async () => {
    await run?.close();
  });

  test('starts, and takes no orders from flags and environment', async () => {
    await expect(run.page.getByRole('button', { name: 'Start drawing' })).toBeVisible({ timeout: 20_000 });
    expect(run.page.url()).toBe('app://steadypen/index.html');
    expect(run.output()).not.toContain('Debugger listening');
  });

  test('a sample is tried, and gets its verdict', async () => {
    await run.page.getByRole('button', { name: 'Try a sample' }).click();
    await expect(verdictHeading(run.page)).toBeVisible({ timeout: 30_000 });
  });

  test('its page is locked in', async () => {
    expect(await openLocks(run.page)).toEqual([]);
    expect(await isAlone(run.page)).toBe(true);
  });

  test('its processes run as an ordinary user, the pages in the sandbox', () => {
    expectSandbox(run.pid);
  });
});
