/**
 * `steadypen` for people who installed the app: the same commands, in Electron's main process without a window, since the
 * fuses keep it from running as Node. Child programs are utility processes, as in the app.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { app, utilityProcess } from 'electron';
import { UserError } from '../src/base/errors.ts';
import { EXIT } from '../src/cli/command.ts';
import { main } from '../src/cli/main.ts';
import { startProgramsBy } from '../src/host/spawn-node.ts';
import { cacheFolder } from '../src/store/home.ts';
import { appFolders } from './app-folders.ts';
import { forbidNetwork } from './hardening.ts';
import { spawnUtility } from './spawn-utility.ts';

/** They start programs of a clone, or measure it. */
const OF_A_CLONE = new Set(['bench', 'reproduce']);

/** @param words Command, options and files, as they would follow `steadypen`. Ends the process with the command's exit code. */
export function runCommand(words: readonly string[]): void {
  const folders = appFolders(app.getAppPath());
  // Apart from a running app's: nothing is locked by a command, and no data folder is made.
  const chromium = path.join(cacheFolder(process.env, process.platform, tmpdir()), 'command-line');
  mkdirSync(chromium, { recursive: true });
  app.setPath('userData', chromium);
  forbidNetwork();
  // No window, no picture: the processor computes, and no display is needed.
  app.disableHardwareAcceleration();
  app.dock?.hide();
  startProgramsBy(
    spawnUtility(
      (program) =>
        utilityProcess.fork(folders.programs[program], [], { serviceName: `Steadypen ${program}` }),
      refuseWebgpu,
    ),
  );
  run(words).then(
    (code) => app.exit(code),
    (fault: unknown) => {
      console.error(fault);
      app.exit(1);
    },
  );
}

/** @returns The command's exit code, once all that it said is on its way. */
async function run(words: readonly string[]): Promise<number> {
  await app.whenReady();
  const [name = ''] = words;
  if (OF_A_CLONE.has(name)) {
    process.stderr.write(
      `steadypen: \`${name}\` needs a clone of Steadypen: the installed app does without it.\n`,
    );
    return EXIT.usage;
  }
  await main(words);
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((written) => stream.write('', () => written()));
  }
  return Number(process.exitCode ?? 0);
}

function refuseWebgpu(): Promise<never> {
  return Promise.reject(
    new UserError(
      'no-backend',
      'The installed command line computes on the processor: train in the app, or from a clone, to use webgpu.',
      'webgpu',
    ),
  );
}
