/** Packs the app with the real Electron of this run, and drives what comes out over the DevTools protocol. */
import { execFile, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { requireStage, userEnvironment } from './electron-app.ts';
import { AS_ORDINARY_USER, giveToUser, isRoot, makeUserFolder, openToAll } from './ordinary-user.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const START_LIMIT_MS = 30_000;
/** As long as `node:sqlite`, so that the archive keeps its offsets, and a package's name. */
const STAND_IN_PACKAGE = 'node_sqlite';

/**
 * Runs `npm run package`. Takes as long as that does.
 * @returns The folder of the packed app.
 */
export async function packApp(): Promise<string> {
  const stage = requireStage();
  const out = path.join(stage.temp, 'packed');
  const dist = path.join(stage.temp, 'electron-to-pack');
  copyElectron(stage.electron.dist, dist);
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'scripts/package.mjs'), '--out', out], {
    cwd: ROOT,
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist },
    maxBuffer: 16 * 1024 * 1024,
  });
  rmSync(dist, { recursive: true });
  const app = path.join(out, 'linux-unpacked');
  openToAll(out);
  // Setuid is lost on the way; an installer sets it.
  if (isRoot) chmodSync(path.join(app, 'chrome-sandbox'), 0o4755);
  if (stage.electron.sqliteStandIn !== null) replaceSqlite(app, stage.electron.sqliteStandIn);
  return app;
}

/** A copy to the last byte, since the packer may link files and then sets fuses; without what was added for tests. */
function copyElectron(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const added of ['resources/app', 'sqlite-stand-in', 'ready']) {
    rmSync(path.join(to, added), { recursive: true, force: true });
  }
}

/** Leaves the archive as it is but for one letter, which makes the import that of a package beside the archive. */
function replaceSqlite(app: string, standIn: string): void {
  const archive = path.join(app, 'resources/app.asar');
  const bytes = readFileSync(archive);
  let count = 0;
  for (const statement of ['from "node:sqlite"', 'import "node:sqlite"']) {
    const replaced = Buffer.from(statement.replace('node:sqlite', STAND_IN_PACKAGE));
    for (let at = bytes.indexOf(statement); at >= 0; at = bytes.indexOf(statement, at)) {
      replaced.copy(bytes, at);
      count++;
    }
  }
  if (count === 0) throw new Error(`nothing in ${archive} imports node:sqlite`);
  writeFileSync(archive, bytes);
  const folder = path.join(app, 'resources/node_modules', STAND_IN_PACKAGE);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(path.join(folder, 'index.js'), `export * from ${JSON.stringify(standIn)};\n`);
}

export interface PackagedOptions {
  /** The data folder; a new one if left out. */
  readonly home?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running packed app. Its main process cannot be looked into: the fuses forbid it. */
export interface PackagedRun {
  readonly page: Page;
  readonly pid: number;
  readonly home: string;
  output(): string;
  /** Ends it as a log-out does, and removes the data folder. */
  close(): Promise<void>;
}

/** @param app As {@link packApp} returns it. */
export async function launchPackaged(app: string, options: PackagedOptions = {}): Promise<PackagedRun> {
  const stage = requireStage();
  const home = options.home ?? (await makeUserFolder('steadypen-packed'));
  giveToUser(home);
  const child = spawn(AS_ORDINARY_USER, ['--remote-debugging-port=0', ...(options.args ?? [])], {
    cwd: stage.userHome,
    env: { ...userEnvironment(stage, executableOf(app)), STEADYPEN_HOME: home, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the packed app ${why}:\n${output}`));
    const timer = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    void exit.then(() => fail('ended'));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const found = /DevTools listening on (ws:\S+)/.exec(output);
        if (found?.[1] === undefined) return;
        clearTimeout(timer);
        resolve(found[1]);
      });
    }
  });
  try {
    const browser = await chromium.connectOverCDP(await address);
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error('the packed app has no window');
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: START_LIMIT_MS }));
    return {
      page,
      pid: child.pid!,
      home,
      output: () => output,
      close: async () => {
        child.kill('SIGTERM');
        await exit;
        await browser.close();
        await rm(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function executableOf(app: string): string {
  const file = path.join(app, 'steadypen');
  if (!existsSync(file)) throw new Error(`${file} is missing: the app was not packed`);
  return file;
}
