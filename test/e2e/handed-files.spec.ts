/** Files from outside of the page: on the command line, and handed to the app that runs by a second start. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import {
  ELECTRON_LABEL,
  launchElectron,
  needElectron,
  requireStage,
  userEnvironment,
  type ElectronRun,
} from './electron/electron-app.ts';
import { wordsIn } from './electron/main-process.ts';
import { AS_ORDINARY_USER, giveToUser, makeUserFolder } from './electron/ordinary-user.ts';

test.describe(`files handed over on ${ELECTRON_LABEL}`, () => {
  let run: ElectronRun;
  test.beforeAll(needElectron);
  test.afterEach(async () => {
    await run?.kill();
    await run?.close();
  });

  test('those on the command line, and of a second start, are screened in the first window', async () => {
    const folder = await makeSpirals(['first.png', 'second.png']);
    run = await launchElectron({ args: [path.join(folder, 'first.png')] });
    await expect(run.page.getByRole('heading', { level: 2, name: 'Regular' })).toBeVisible({
      timeout: 90_000,
    });
    await expect(run.page.getByText('first.png')).toBeVisible();

    const code = await startAgain(run.home, [
      path.join(folder, 'second.png'),
      path.join(folder, 'missing.png'),
      folder,
    ]);
    expect(code).toBe(0);
    await expect(run.page.getByText('second.png')).toBeVisible({ timeout: 90_000 });
    await expect(run.page.getByText('missing.png. Check the path.')).toBeVisible();
    await expect(run.page.getByText('is a folder, not a picture. Choose files in it.')).toBeVisible();
    expect(run.electron.windows()).toHaveLength(1);

    const recent = await run.electron.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items[0]?.submenu?.items ?? [];
      return file.flatMap(({ submenu }) => submenu?.items.map(({ label }) => label) ?? []);
    });
    expect(recent).toEqual(expect.arrayContaining(['first.png', 'second.png']));
    expect(recent).not.toContain('missing.png');
    expect(recent).not.toContain(path.basename(folder));
  });

  test('those chosen with Open while there is no window are screened in a new one', async () => {
    const folder = await makeSpirals(['chosen.png']);
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
    await run.electron.evaluate(({ app, BrowserWindow }) => {
      app.quit = () => undefined; // as on macOS, where the app stays without a window
      BrowserWindow.getAllWindows()[0]?.destroy();
    });
    await new Promise((resolve) => setTimeout(resolve, 2_000)); // its page still hears what is said until its process has ended
    const given = await run.electron.evaluate(
      ({ dialog, Menu }, file) =>
        new Promise<number>((resolve) => {
          dialog.showOpenDialog = (...all: unknown[]) => {
            resolve(all.length);
            return Promise.resolve({ canceled: false, filePaths: [file] });
          };
          Menu.getApplicationMenu()?.items[0]?.submenu?.items[0]?.click();
        }),
      path.join(folder, 'chosen.png'),
    );
    expect(given).toBe(1); // no window to stand before
    await expect.poll(() => wordsIn(run), { timeout: 90_000 }).toContain('chosen.png');
    await expect.poll(() => wordsIn(run), { timeout: 90_000 }).toContain('Regular');
  });
});

/** A folder with a picture of an even spiral under each name. */
async function makeSpirals(names: readonly string[]): Promise<string> {
  const folder = await makeUserFolder('steadypen-scans');
  for (const name of names) {
    const side = 400;
    const line = Array.from({ length: 300 }, (_, i) => {
      const angle = 6 * Math.PI * Math.sqrt(i / 299);
      const radius = (side * 0.42 * angle) / (6 * Math.PI);
      return `${side / 2 + radius * Math.cos(angle)},${side / 2 + radius * Math.sin(angle)}`;
    }).join(' ');
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#f4f2ec"/><polyline points="${line}" fill="none" stroke="#333" stroke-width="2.5"/></svg>`;
    writeFileSync(path.join(folder, name), await sharp(Buffer.from(svg)).png().toBuffer());
  }
  giveToUser(folder);
  return folder;
}

/** A second start on the same data folder. @returns Its exit code. */
function startAgain(home: string, files: readonly string[]): Promise<number | null> {
  const stage = requireStage();
  const second = spawn(AS_ORDINARY_USER, [stage.app, ...files], {
    cwd: stage.userHome,
    env: { ...userEnvironment(stage, stage.electron.binary), STEADYPEN_HOME: home },
    stdio: 'ignore',
  });
  return new Promise((resolve) => second.once('exit', resolve));
}
