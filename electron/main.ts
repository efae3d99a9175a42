/** Electron's main process: life cycle and wiring. What it wires stands in src/host and works without Electron. */
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, protocol, utilityProcess } from 'electron';
import { toErrorInfo } from '../src/base/errors.ts';
import { createHost } from '../src/host/host.ts';
import { nodeClock } from '../src/host/node-clock.ts';
import { securityHeaders, serveFile } from '../src/host/static-files.ts';
import { dataFolder } from '../src/store/home.ts';
import { appFolders } from './app-folders.ts';
import { serveCalls } from './calls.ts';
import { moveEarlierData, placeChromium } from './data-places.ts';
import { forbidNetwork, hardenContents } from './hardening.ts';
import { installMenu } from './menu.ts';
import { APP_HOST, APP_ORIGIN, APP_SCHEME, ENGINE_HOST, engineHeaders, isAppUrl } from './navigation.ts';
import { spawnUtility } from './spawn-utility.ts';
import { allowWebgpu, openWebgpuWindow } from './webgpu-window/open.ts';
import { openWindow } from './window.ts';
import { WORDS } from './words.ts';

const flag = homeFlag(process.argv.slice(1));
const home = dataFolder(process.env, process.platform, flag);
const folders = appFolders(app.getAppPath());

forbidNetwork();
allowWebgpu();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
app.on('window-all-closed', () => app.quit());
// No await at the top level: Electron becomes ready only after this file has run to its end.
run().catch((fault: unknown) => {
  dialog.showErrorBox(WORDS.cannotStart, toErrorInfo(fault).message);
  app.exit(1);
});

async function run(): Promise<void> {
  if (await moveEarlierData(flag)) {
    app.relaunch();
    app.exit(0);
    return;
  }
  // Beside the data, so that the lock below is one per data folder.
  placeChromium(home, flag);
  if (app.requestSingleInstanceLock()) await start();
  else app.quit();
}

function homeFlag(args: readonly string[]): string | undefined {
  // Chromium's own switches are among these, so that unknown ones are no fault.
  const { values } = parseArgs({ args: [...args], options: { home: { type: 'string' } }, strict: false });
  return typeof values.home === 'string' ? values.home : undefined;
}

async function start(): Promise<void> {
  await app.whenReady();
  const host = await createHost({
    home,
    hostKind: 'electron',
    spawn: spawnUtility(
      (program) =>
        utilityProcess.fork(folders.programs[program], [], { serviceName: `Steadypen ${program}` }),
      () => openWebgpuWindow(folders.enginePreload),
    ),
    clock: nodeClock,
    version: app.getVersion(),
    assetsFolder: folders.assets,
  });
  endWith(() => host.close());
  hardenContents();
  installMenu();
  protocol.handle(APP_SCHEME, ({ url }) => {
    const { host: name, pathname } = new URL(url);
    if (name === APP_HOST) return serveFile(folders.renderer, pathname, securityHeaders(APP_ORIGIN));
    if (name === ENGINE_HOST) return serveFile(folders.engine, pathname, engineHeaders());
    return new Response('Not found', { status: 404 });
  });
  serveCalls(host.router);
  app.on('second-instance', focusWindow);
  const window = await openWindow(folders.preload);
  // A hidden window that still computes would keep the app alive.
  window.on('closed', () => app.quit());
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows().find(({ webContents }) => isAppUrl(webContents.getURL()));
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** Lets the host end its processes and close the database before the app goes. */
function endWith(close: () => Promise<void>): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    close().then(
      () => app.exit(0),
      (fault: unknown) => {
        console.error(fault);
        app.exit(1);
      },
    );
  });
}
