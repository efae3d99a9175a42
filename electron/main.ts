/** Electron's main process: life cycle and wiring. What it wires stands in src/host and works without Electron. */
import { app, dialog, protocol, utilityProcess, type UtilityProcess } from 'electron';
import { toErrorInfo } from '../src/base/errors.ts';
import { createHost, type RunningHost } from '../src/host/host.ts';
import { nodeClock } from '../src/host/node-clock.ts';
import type { ProgramName } from '../src/host/port.ts';
import { securityHeaders, serveFile } from '../src/host/static-files.ts';
import { dataFolder } from '../src/store/home.ts';
import { appFolders } from './app-folders.ts';
import { logOutput, startLog, type AppLog } from './app-log.ts';
import { serveCalls } from './calls.ts';
import { parseCommandLine, wordsToRestart, type Started } from './command-line.ts';
import { moveEarlierData, placeChromium } from './data-places.ts';
import { askAboutFault, askToLeaveTraining, restart } from './dialogs.ts';
import { EarlyFiles } from './early-files.ts';
import { handleFaults } from './faults.ts';
import { forbidNetwork, hardenContents } from './hardening.ts';
import { Leaving } from './leaving.ts';
import { APP_HOST, APP_ORIGIN, APP_SCHEME, ENGINE_HOST, engineHeaders } from './navigation.ts';
import { Shell } from './shell.ts';
import { spawnUtility } from './spawn-utility.ts';
import { allowWebgpu, openWebgpuWindow } from './webgpu-window/open.ts';
import { WORDS } from './words.ts';

/** As in electron-builder.config.mjs: Windows groups windows, and shows notices, by it. */
const APP_ID = 'org.steadypen.app';
/** The host ends within 2 s; whatever holds it up longer must not keep the app alive. */
const LONGEST_END_MS = 10_000;

const started: Started = { appPath: process.defaultApp ? app.getAppPath() : null, cwd: process.cwd() };
const given = parseCommandLine(process.argv, started);
const home = dataFolder(process.env, process.platform, given.home);
const folders = appFolders(app.getAppPath());
const early = new EarlyFiles(app);

forbidNetwork();
allowWebgpu();
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);
if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
// No await at the top level: Electron becomes ready only after this file has run to its end.
run().catch((fault: unknown) => {
  console.error(fault);
  dialog.showErrorBox(WORDS.cannotStart, toErrorInfo(fault).message);
  app.exit(1);
});

async function run(): Promise<void> {
  if (await moveEarlierData(given.home)) {
    app.relaunch();
    app.exit(0);
    return;
  }
  // Beside the data, so that the lock below is one per data folder.
  placeChromium(home, given.home);
  if (app.requestSingleInstanceLock({ files: given.files })) await start(startLog(home));
  else app.quit();
}

async function start(log: AppLog): Promise<void> {
  let host: RunningHost | null = null;
  const leaving = new Leaving({
    isBusy: () => host?.training.running ?? false,
    ask: askToLeaveTraining,
    quit: () => app.quit(),
  });
  const quit = (): void => {
    leaving.allow();
    app.quit();
  };
  const startAgain = (): void => {
    leaving.allow();
    restart(wordsToRestart(process.argv, started));
  };
  handleFaults(process, {
    ask: (what, canGoOn) => askAboutFault(what, canGoOn, log.openFolder),
    restart: startAgain,
    quit,
  });
  await app.whenReady();
  // Not earlier: Chromium sets handlers of its own on the way, which would quit as a user does, with a question.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  host = await createHost({
    home,
    hostKind: 'electron',
    spawn: spawnUtility(forkProgram, () => openWebgpuWindow(folders.enginePreload)),
    clock: nodeClock,
    version: app.getVersion(),
    assetsFolder: folders.assets,
  });
  endWith(host);
  hardenContents();
  protocol.handle(APP_SCHEME, ({ url }) => {
    const { host: name, pathname } = new URL(url);
    if (name === APP_HOST) return serveFile(folders.renderer, pathname, securityHeaders(APP_ORIGIN));
    if (name === ENGINE_HOST) return serveFile(folders.engine, pathname, engineHeaders());
    return new Response('Not found', { status: 404 });
  });
  serveCalls(host.router);
  const shell = new Shell({ host, log, leaving, preload: folders.preload, restart: startAgain, quit });
  await shell.start([...early.take(), ...given.files]);
}

function forkProgram(program: ProgramName): UtilityProcess {
  const name = `Steadypen ${program}`;
  const child = utilityProcess.fork(folders.programs[program], [], { serviceName: name, stdio: 'pipe' });
  logOutput(child, name);
  return child;
}

/** Lets the host end its processes and close the database before the app goes. */
function endWith(host: RunningHost): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    setTimeout(() => app.exit(1), LONGEST_END_MS);
    host.close().then(
      () => app.exit(0),
      (fault: unknown) => {
        console.error(fault);
        app.exit(1);
      },
    );
  });
}
