import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { launchElectron } from './electron/electron-app.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CHROMIUM = process.env['STEADYPEN_CHROMIUM'] ?? '/usr/bin/chromium';

/** Which of the two hosts the specs run on; both serve the same screens over the same contract. */
export type HostKind = 'browser' | 'electron';

/** The app as a user has it: a host of its own process, a data folder of its own, one window. */
export interface RunningApp {
  readonly page: Page;
  readonly home: string;
  /** Of the host's process. */
  readonly pid: number;
  /** Requests that left this machine; must stay empty. */
  readonly outgoing: readonly string[];
  /** Ends the app and starts it again on the same data folder. */
  restart(): Promise<RunningApp>;
  /** As `restart`, but the host gets no chance to tidy up: kill -9. */
  crash(): Promise<RunningApp>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly host?: HostKind;
  readonly home?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  if (options.host === 'electron') return launchInElectron(options);
  return launchBrowser(options.home ?? (await mkdtemp(path.join(tmpdir(), 'steadypen-e2e-'))), options);
}

async function launchBrowser(home: string, options: LaunchOptions): Promise<RunningApp> {
  const server = spawn(
    process.execPath,
    [path.join(ROOT, 'bin/steadypen.js'), 'serve', '--json', '--home', home],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: ROOT,
    },
  );
  const url = await firstUrl(server);
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
  });
  const page = await context.newPage();
  const outgoing = watchOutgoing(page);
  await page.goto(url);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    await ended(server, signal);
    await browser.close();
  };
  return {
    page,
    home,
    pid: server.pid!,
    outgoing,
    restart: async () => {
      await stop();
      return launchBrowser(home, options);
    },
    crash: async () => {
      await stop('SIGKILL');
      return launchBrowser(home, options);
    },
    close: async () => {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function launchInElectron({ home, colorScheme = 'light' }: LaunchOptions): Promise<RunningApp> {
  const run = await launchElectron({ colorScheme, ...(home === undefined ? {} : { home }) });
  const again = () => launchInElectron({ home: run.home, colorScheme });
  return {
    page: run.page,
    home: run.home,
    pid: run.electron.process().pid!,
    outgoing: watchOutgoing(run.page),
    restart: async () => {
      await run.quit();
      return again();
    },
    crash: async () => {
      await run.kill();
      return again();
    },
    close: () => run.close(),
  };
}

/** The start URL from the first line that `serve --json` prints. */
function firstUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve((JSON.parse(text.slice(0, end)) as { url: string }).url);
    });
    server.once('exit', (code) =>
      reject(new Error(`steadypen serve ended with ${code} before it gave a URL`)),
    );
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

function watchOutgoing(page: Page): string[] {
  const outgoing: string[] = [];
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local = ['blob:', 'data:', 'app:'].includes(protocol) || hostname === '127.0.0.1';
    if (!local) outgoing.push(request.url());
  });
  return outgoing;
}
