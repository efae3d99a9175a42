import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const MARK = 'STEADYPEN_START_TEST';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steadypen-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The real starter in a process group of its own, as a terminal has it; whatever it starts inherits the mark. */
function start(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, BROWSER: ___, ...rest } = process.env;
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/start.mjs'), ...args], {
    env: { ...rest, STEADYPEN_HOME: path.join(folder, 'home'), [MARK]: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return { child, ended, text: () => text };
}

async function until(condition: () => boolean, what: () => string): Promise<void> {
  for (let i = 0; i < 1200 && !condition(); i++) await wait(50);
  if (!condition()) throw new Error(what());
}

/** Processes that were started by the test, found by the mark in their environment. */
function marked(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${MARK}=${folder}`);
      } catch {
        return false; // Gone meanwhile, or not ours.
      }
    });
}

describe.skipIf(process.platform !== 'linux')('npm start', { timeout: 120_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'serves with a one-time address; %s ends everything it started within 2 s',
    async (signal) => {
      const browser = path.join(folder, 'browser');
      writeFileSync(browser, `#!/bin/sh\necho "$1" > ${folder}/opened\nsleep 600\n`);
      chmodSync(browser, 0o755);
      const app = start(['--browser'], { BROWSER: browser });
      const opened = path.join(folder, 'opened');
      await until(() => existsSync(opened) && readFileSync(opened, 'utf8') !== '', app.text);
      const url = readFileSync(opened, 'utf8').trim();
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]+$/);
      expect(app.text()).toContain(`Opening with ${browser}, since BROWSER names it.`);
      expect(app.text()).toContain(url);
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(403);
      expect(marked().length).toBeGreaterThanOrEqual(3);

      const before = performance.now();
      process.kill(-(app.child.pid ?? 0), signal);
      await app.ended;
      await until(
        () => marked().length === 0,
        () => `left over: ${marked().join()}`,
      );
      expect(performance.now() - before).toBeLessThan(2000);
    },
  );

  test('without a display it says so and prints the address; the end of its parent ends it too', async () => {
    const app = start([], {});
    await until(() => app.text().includes('/start?token='), app.text);
    expect(app.text()).toContain('since there is no display');
    // The server hears of it over its channel, even when the starter had no time to say so.
    app.child.kill('SIGKILL');
    await app.ended;
    await until(
      () => marked().length === 0,
      () => `left over: ${marked().join()}`,
    );
  });

  test('--electron says why it cannot be', async () => {
    const app = start(['--electron'], {});
    await app.ended;
    expect(app.child.exitCode).toBe(1);
    expect(app.text()).toContain('cannot open in Electron: there is no display');
  });

  test('an unknown option is named', async () => {
    const app = start(['--fast'], {});
    await app.ended;
    expect(app.child.exitCode).toBe(2);
    expect(app.text()).toContain("'--fast'");
  });
});
