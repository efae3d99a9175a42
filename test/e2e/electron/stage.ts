/**
 * Playwright's global set-up: what the specs on Electron stand on. A display that nobody sees (on Linux), a copy of the app
 * where the clone cannot be used as it is, and a home folder for the user that it runs as. Taken down at the end.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findTestElectron, type TestElectron } from '../../../scripts/setup/test-electron.mjs';
import { findXvfb, startXvfb } from '../../../scripts/setup/xvfb.mjs';
import { copyApp, requireBuild } from './app-copy.ts';
import { giveToUser, isReachable, isRoot, openToAll, reachableTemp } from './ordinary-user.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const VARIABLE = 'STEADYPEN_TEST_STAGE';

/** What the specs need to know; handed from the set-up to the workers in the environment. */
export interface Stage {
  readonly electron: TestElectron;
  /** The folder that Electron is given: the clone, or a copy of it. */
  readonly app: string;
  /** What the app finds its display by. Chromium, which runs without a window, is not to know it. */
  readonly display: Readonly<Record<string, string>>;
  /** HOME of the app's processes. */
  readonly userHome: string;
  /** A folder for what the specs make themselves; goes with the stage. */
  readonly temp: string;
}

/** The stage of this run, or why there is none. */
export function stageOf(env: NodeJS.ProcessEnv = process.env): Stage | { readonly missing: string } {
  const text = env[VARIABLE];
  return text === undefined ? { missing: 'no stage was set up' } : (JSON.parse(text) as Stage);
}

export default async function setUp(): Promise<(() => void) | undefined> {
  const found = findTestElectron();
  if (found === null) return skip('Electron has no binary here (npm start fetches it)');
  const display = await openDisplay();
  if ('missing' in display) return skip(display.missing);
  requireBuild(ROOT);
  const temp = mkdtempSync(path.join(reachableTemp(), 'steadypen-stage-'));
  chmodSync(temp, 0o755);
  const tearDown = (): void => {
    display.close();
    rmSync(temp, { recursive: true, force: true });
  };
  try {
    const stage = { ...build(found, temp), display: display.env };
    process.env[VARIABLE] = JSON.stringify(stage);
    const user = isRoot ? 'as an ordinary user' : 'as this user';
    console.log(`\n*** ${found.label}: ${found.version}, ${user}, sandbox on. ***\n`);
    return tearDown;
  } catch (error) {
    tearDown();
    throw error;
  }
}

function build(found: TestElectron, temp: string): Omit<Stage, 'display'> {
  const electron = isReachable(found.binary) ? found : moveElectron(found, path.join(temp, 'electron'));
  const userHome = path.join(temp, 'home');
  mkdirSync(userHome);
  giveToUser(userHome);
  if (electron.sqliteStandIn === null && isReachable(ROOT)) return { electron, app: ROOT, userHome, temp };
  const app = path.join(temp, 'app');
  copyApp(ROOT, app, electron.sqliteStandIn);
  openToAll(app);
  return { electron, app, userHome, temp };
}

/** Links, or where that cannot be, copies an Electron to where an ordinary user may run it; the sandbox's helper stays setuid. */
function moveElectron(found: TestElectron, dist: string): TestElectron {
  try {
    execFileSync('cp', ['-al', found.dist, dist], { stdio: 'ignore' });
  } catch {
    rmSync(dist, { recursive: true, force: true });
    execFileSync('cp', ['-a', found.dist, dist]);
  }
  const standIn = pathToFileURL(path.join(dist, 'sqlite-stand-in/index.mjs')).href;
  return {
    ...found,
    dist,
    binary: path.join(dist, path.basename(found.binary)),
    sqliteStandIn: found.sqliteStandIn === null ? null : standIn,
  };
}

async function openDisplay(): Promise<
  { readonly env: Record<string, string>; readonly close: () => void } | { readonly missing: string }
> {
  const own = { env: {}, close: () => undefined };
  if (process.platform !== 'linux') return own;
  const xvfb = findXvfb();
  if (xvfb !== null) {
    const { display, stop } = await startXvfb(xvfb);
    return { env: { DISPLAY: display, WAYLAND_DISPLAY: '' }, close: stop };
  }
  if (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']) return own;
  return { missing: 'there is no display and no Xvfb (Debian: apt-get install xvfb)' };
}

function skip(reason: string): undefined {
  console.warn(`\n*** SKIPPED on Electron: ${reason}. ***\n`);
  return undefined;
}
