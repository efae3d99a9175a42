import { app, type BrowserWindow } from 'electron';
import type { RunningHost } from '../src/host/host.ts';
import type { AppLog } from './app-log.ts';
import { CrashCount } from './crash-count.ts';
import { ask, askWithLogs } from './dialogs.ts';
import { WORDS } from './words.ts';

export interface CrashDeps {
  readonly host: Pick<RunningHost, 'notices' | 'recovery'>;
  readonly log: AppLog;
  /** Ends the app without a question and starts it again. */
  readonly restart: () => void;
}

/** A page that draws in software ends with the graphics process, through no fault of its own. */
const PULLED_ALONG_MS = 3_000;
let graphicsEndedMs = -Infinity;

/**
 * A page that ends in the middle of its work is loaded again and says so; the drawing on it becomes a sample. At the second time
 * within a minute that does not help: a native dialog offers to restart and to open the logs.
 */
export function watchPage(window: BrowserWindow, { host, log, restart }: CrashDeps): void {
  const { webContents } = window;
  const crashes = new CrashCount();
  const reload = async (): Promise<void> => {
    await host.recovery.start();
    if (window.isDestroyed()) return;
    webContents.once('did-finish-load', () => host.notices.add({ kind: 'page-crashed' }));
    webContents.reload();
  };
  const offerRestart = async (): Promise<void> => {
    const { crashed: message, crashedDetail: detail } = WORDS;
    await askWithLogs({ type: 'error', message, detail, buttons: [WORDS.restart] }, log.openFolder);
    restart();
  };
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    console.error(`The page ended: ${reason}, exit code ${exitCode}.`);
    const nowMs = performance.now();
    const wasPulled = nowMs - graphicsEndedMs < PULLED_ALONG_MS;
    void (wasPulled || crashes.add(nowMs) === 1 ? reload() : offerRestart());
  });
  webContents.on('did-fail-load', (_event, code, what, url, isMainFrame) => {
    if (isMainFrame) console.error(`${url} did not load: ${what} (${code}).`);
  });
  webContents.on('preload-error', (_event, _file, fault) => console.error('The preload failed:', fault));
  window.on('unresponsive', () => void offerToWait(window));
}

async function offerToWait(window: BrowserWindow): Promise<void> {
  console.warn('The page does not answer.');
  const { hangs: message, hangsDetail: detail } = WORDS;
  const chosen = await ask({ type: 'warning', message, detail, buttons: [WORDS.reload, WORDS.wait] });
  // Ends as a crash does, which saves the drawing and loads the page again.
  if (chosen === 0 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
}

/**
 * Notes how other processes end, and says so of the one that draws: Chromium starts it again by itself, after the third time
 * without the graphics processor.
 */
export function watchProcesses({ host }: Pick<CrashDeps, 'host'>): void {
  let telling: NodeJS.Timeout | undefined;
  app.on('child-process-gone', (_event, { type, name, serviceName, reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    console.error(`${name ?? serviceName ?? type} ended: ${reason}, exit code ${exitCode}.`);
    if (type !== 'GPU' || reason === 'launch-failed') return;
    graphicsEndedMs = performance.now();
    clearTimeout(telling);
    // A page that it pulls along would be told before its own end, and nobody after it.
    telling = setTimeout(() => host.notices.add({ kind: 'graphics-crashed' }), PULLED_ALONG_MS);
  });
}
