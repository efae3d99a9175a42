import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ELECTRON_LABEL, needElectron, requireStage, userEnvironment } from './electron/electron-app.ts';
import { AS_ORDINARY_USER, makeUserFolder } from './electron/ordinary-user.ts';

/** What packaging/bin/steadypen-cli does in an installed app. */
test.describe(`the command line of the installed app, on ${ELECTRON_LABEL}`, () => {
  needElectron();
  let home = '';
  test.beforeAll(async () => {
    home = await makeUserFolder('steadypen-cli');
  });
  test.afterAll(() => rm(home, { recursive: true, force: true }));

  async function steadypen(...words: readonly string[]) {
    const stage = requireStage();
    const env = userEnvironment(stage, stage.electron.binary);
    delete env['DISPLAY'];
    const switches = ['--ozone-platform=headless', '--disable-gpu', '--log-level=3', '--cli', '--'];
    const child = spawn(AS_ORDINARY_USER, [stage.app, ...switches, ...words], {
      env: { ...env, STEADYPEN_HOME: path.join(home, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, stdout, stderr };
  }

  test('screens the examples without a display, in JSON lines, and makes no data folder', async () => {
    const folder = path.join(requireStage().app, 'assets/examples');
    const { code, stdout, stderr } = await steadypen('screen', folder, '--json');
    expect(code, stderr).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { path: string; verdict: string });
    const verdictOf = (name: string) => lines.find((line) => line.path.endsWith(name))?.verdict;
    expect(verdictOf('spiral-tremor.png')).toBe('tremor-like');
    expect(verdictOf('spiral-regular.png')).toBe('regular');
    expect(existsSync(path.join(home, 'data'))).toBe(false);
  });

  test('says its version, and what it is that it does not know', async () => {
    expect(await steadypen('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' });
    const unknown = await steadypen('nonsense');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('there is no command "nonsense"');
    const reproduce = await steadypen('reproduce', '--quick');
    expect(reproduce.code).toBe(2);
    expect(reproduce.stderr).toContain('needs a clone');
  });

  test('the doctor sends nobody to packages that only a clone has', async () => {
    const { code, stdout } = await steadypen('doctor', '--no-measure');
    expect(code).toBe(0);
    expect(stdout).toMatch(/electron \S+ +running in it/);
    expect(stdout).not.toMatch(/npm install|Run: npm ci/);
  });
});
