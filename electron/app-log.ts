import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { app, crashReporter, shell, type UtilityProcess } from 'electron';
import { LineLimit } from './line-limit.ts';
import { LogFile } from './log-file.ts';

/** Dumps hold parts of the memory of a process that crashed: few are kept, and none is ever sent. */
const DUMPS_KEPT = 5;

export interface AppLog {
  readonly folder: string;
  /** Shows the folder in the system's file manager. */
  openFolder(): Promise<void>;
}

/**
 * Before the app is ready: what the main process prints goes into the log as well, and a process that crashes leaves a dump.
 * @param home The data folder: `logs` and `crashes` lie in it.
 */
export function startLog(home: string): AppLog {
  const log = new LogFile(path.join(home, 'logs'));
  const levels = { log: 'info', info: 'info', warn: 'warning', error: 'error' } as const;
  for (const name of ['log', 'info', 'warn', 'error'] as const) {
    const print = console[name].bind(console);
    console[name] = (...said: unknown[]) => {
      print(...said);
      log.write(levels[name], format(...said));
    };
  }
  const dumps = path.join(home, 'crashes');
  app.setPath('crashDumps', dumps);
  crashReporter.start({ uploadToServer: false });
  dropOldDumps(dumps);
  log.write(
    'info',
    `Steadypen ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
  );
  return {
    folder: log.folder,
    openFolder: async () => {
      const fault = await shell.openPath(log.folder);
      if (fault !== '') console.warn(`The folder of the logs did not open: ${fault}`);
    },
  };
}

/** What a child process prints goes where the main process prints. @param child Started with `stdio: 'pipe'`. */
export function logOutput(child: UtilityProcess, name: string): void {
  for (const stream of [child.stdout, child.stderr]) {
    const limit = new LineLimit((line) => console.warn(`${name}: ${line}`));
    stream?.on('data', (text: unknown) => limit.add(String(text)));
  }
}

function dropOldDumps(folder: string): void {
  try {
    const dumps = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.dmp'))
      .map((name) => path.join(folder, name))
      .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    for (const old of dumps.slice(DUMPS_KEPT)) rmSync(old, { force: true });
  } catch {
    // None yet, or one that was taken away meanwhile.
  }
}
