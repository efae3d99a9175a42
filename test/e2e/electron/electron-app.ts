/** Starts the app in the real Electron of this run, as an ordinary user and with Chromium's sandbox on. */
import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { _electron, test, type ElectronApplication, type Page } from '@playwright/test';
import { findTestElectron } from '../../../scripts/setup/test-electron.mjs';
import { AS_ORDINARY_USER, giveToUser, makeUserFolder } from './ordinary-user.ts';
import { stageOf, type Stage } from './stage.ts';

/** What the specs on Electron are reported under: which Electron, and whether something stands in for a part of it. */
export const ELECTRON_LABEL = findTestElectron()?.label ?? 'Electron';

export interface ElectronOptions {
  /** The data folder; a new one if left out. */
  readonly home?: string;
  /** Arguments of the app, after its folder. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly colorScheme?: 'light' | 'dark';
}

/** A running app. `electron.evaluate` runs in its main process, `page` is its window. */
export interface ElectronRun {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly home: string;
  /** Its main process. */
  readonly child: ChildProcess;
  /** All that its processes have written to stdout and stderr so far. */
  output(): string;
  /** Quits as the user does, and leaves the data folder. */
  quit(): Promise<void>;
  /** Kills its main process at once. */
  kill(): Promise<void>;
  /** Quits, if it still runs, and removes the data folder. */
  close(): Promise<void>;
}

/** Skips the specs of a file or of a `describe` where no Electron can run; the reason was said loudly at the start. */
export function needElectron(): void {
  const stage = stageOf();
  test.skip('missing' in stage, 'missing' in stage ? stage.missing : '');
}

/** @throws Error where this run has no Electron: call `needElectron` first. */
export function requireStage(): Stage {
  const stage = stageOf();
  if ('missing' in stage) throw new Error(`no Electron: ${stage.missing}`);
  return stage;
}

export async function launchElectron(options: ElectronOptions = {}): Promise<ElectronRun> {
  const stage = requireStage();
  const home = options.home ?? (await makeUserFolder('steadypen-e2e'));
  giveToUser(home);
  const electron = await _electron.launch({
    executablePath: process.platform === 'win32' ? stage.electron.binary : AS_ORDINARY_USER,
    args: [stage.app, ...(options.args ?? [])],
    // Left out, Playwright adds --no-sandbox on Linux.
    chromiumSandbox: true,
    cwd: stage.userHome,
    env: { ...userEnvironment(stage, stage.electron.binary), STEADYPEN_HOME: home, ...options.env },
    ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
  });
  // Asked for now: Playwright no longer tells it once the app has ended.
  const child = electron.process();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const page = await electron.firstWindow();
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const quit = async () => {
    if (!hasEnded()) await electron.close();
  };
  return {
    electron,
    page,
    home,
    child,
    output: () => output,
    quit,
    kill: async () => {
      if (hasEnded()) return;
      const exit = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exit;
    },
    close: async () => {
      await quit();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Environment for `ordinary-user.sh`: this process's own, without what belongs to the tests or to root. */
export function userEnvironment(stage: Stage, program: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(STEADYPEN_|PLAYWRIGHT_|ELECTRON_|NODE_OPTIONS$|PW)/.test(name))
      env[name] = value;
  }
  return {
    ...env,
    ...stage.display,
    STEADYPEN_TEST_PROGRAM: program,
    STEADYPEN_TEST_USER_HOME: stage.userHome,
  };
}
