/**
 * `npm start`: installs and builds what is missing, then opens the app in Electron, or in the default browser, or
 * prints the address where there is no display. Runs on any Node ≥ 20.20 before anything is installed.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { electronObstacle, obtainElectron } from './setup/electron.mjs';
import { installPackages } from './setup/install.mjs';
import { requireNode24, root } from './setup/node24.mjs';
import { isStopping, runToEnd, stopOnSignals } from './setup/run.mjs';

const say = (line) => console.error(`steadypen: ${line}`);
stopOnSignals();

try {
  await main();
} catch (error) {
  if (!isStopping()) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}

async function main() {
  const options = readOptions();
  if (options === null) return;
  await installPackages(say);
  const choice = await chooseWindow(options);
  if ('refusal' in choice) throw new Error(choice.refusal);
  const build = await runToEnd(requireNode24(), [
    path.join(root, 'scripts/build.mjs'),
    ...(choice.kind === 'electron' ? ['--electron'] : []),
  ]);
  if (build !== 0) throw new Error('building failed; its message is above');
  say(choice.why);
  const home = options.home === undefined ? [] : ['--home', options.home];
  if (choice.kind === 'electron') {
    process.exitCode = await runToEnd(choice.binary, [root, ...home]);
    return;
  }
  const open = choice.kind === 'browser' ? ['--open'] : [];
  process.exitCode = await runToEnd(
    requireNode24(),
    [path.join(root, 'bin/steadypen.js'), 'serve', ...open, ...home],
    // The channel tells the server when this process is gone, however it went.
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
}

function readOptions() {
  const usage =
    'Usage: npm start -- [--browser | --electron] [--home DIR]\n' +
    '  --browser   open in the default browser\n' +
    '  --electron  open in Electron, or say why not\n' +
    '  --home DIR  keep the data in DIR';
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean' },
        electron: { type: 'boolean' },
        home: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(usage);
      return null;
    }
    if (values.browser && values.electron) throw new Error('--browser and --electron exclude each other.');
    return values;
  } catch (error) {
    say(`${error.message}\n${usage}`);
    process.exitCode = 2;
    return null;
  }
}

/** Decides where the app opens, and says why. */
async function chooseWindow(options) {
  const machine = { platform: process.platform, env: process.env, uid: process.getuid?.() };
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const inBrowser = (why) => {
    if (hasDisplay) return { kind: 'browser', why: `Opening in the default browser, since ${why}.` };
    if (process.env.BROWSER) {
      return { kind: 'browser', why: `Opening with ${process.env.BROWSER}, since BROWSER names it.` };
    }
    return {
      kind: 'address',
      why: 'Serving on this machine only, since there is no display: open the address below in a browser here. It works once.',
    };
  };
  if (options.browser) return inBrowser('--browser asks for it');
  const obstacle = electronObstacle(machine);
  const electron =
    obstacle === null
      ? await obtainElectron(say, { retry: options.electron === true })
      : { reason: obstacle };
  if ('binary' in electron) {
    return {
      kind: 'electron',
      binary: electron.binary,
      why: `Opening in Electron, since ${options.electron ? '--electron asks for it' : 'its binary is there'}.`,
    };
  }
  if (options.electron) {
    return {
      refusal: `The app cannot open in Electron: ${electron.reason}. Start it with \`npm start -- --browser\` instead.`,
    };
  }
  return inBrowser(obstacle === null ? `Electron cannot be used (${electron.reason})` : electron.reason);
}
