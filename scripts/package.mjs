/**
 * `npm run package`: packs the app for this platform in release/ and checks it. With Electron's binary where it is there;
 * otherwise against a stand-in, which shows what would be packed but does not start.
 * `npm run installers`: makes this platform's installers of it, signed as the environment says, with SHA256SUMS.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findElectron } from './setup/electron.mjs';
import { installPackages } from './setup/install.mjs';
import { continueUnderNode24, requireNode24, root } from './setup/node24.mjs';
import { runToEnd, stopOnSignals } from './setup/run.mjs';
import { makeStubElectron } from './setup/stub-electron.mjs';

const say = (line) => console.error(`steadypen: ${line}`);
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    installers: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
await installPackages(say);
await continueUnderNode24(import.meta.url);
stopOnSignals();
process.chdir(root);
try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
// The builder leaves timers behind when a target fails.
process.exit();

async function main() {
  const out = path.resolve(values.out ?? 'release');
  const { shipPublicKey, updateKey } = await import('./package/update-key.mjs');
  const key = updateKey(process.env);
  const { default: config } = await import('../electron-builder.config.mjs');
  const built = await runToEnd(requireNode24(), [path.join(root, 'scripts/build.mjs'), '--electron']);
  if (built !== 0) throw new Error('building failed; its message is above');
  const { ICON_SOURCE, makeIcons } = await import('./package/icons.mjs');
  await makeIcons(ICON_SOURCE, 'build/icons');
  shipPublicKey('build/shipped', key);
  const binary = findElectron();
  if (values.installers && binary === null) {
    throw new Error(
      "Installers need Electron's binary: run `npx electron --version` once where github.com can be reached, or set ELECTRON_OVERRIDE_DIST_PATH.",
    );
  }
  const settings = {
    ...config,
    ...electronDist(binary),
    directories: { ...config.directories, output: out },
  };
  const { Arch, Platform, build } = await import('electron-builder');
  const platform = Platform.current();
  const universal = process.platform === 'darwin' && values.installers ? [Arch.universal] : [];
  const { copyOf, makeInstallers } = await import('./package/installers.mjs');
  await build({
    targets: platform.createTarget('dir', ...universal),
    publish: 'never',
    config: copyOf(settings),
  });
  say(`packed in ${out}${binary === null ? ' (with a stand-in for Electron)' : ''}.`);
  if (!values.installers) return;
  const { signingFromEnvironment } = await import('./package/signing.mjs');
  say(`the installers are ${signingFromEnvironment(process.env).said[process.platform]}.`);
  const made = await makeInstallers({
    out,
    only: values.only ?? null,
    settings,
    key,
    version: version(),
    say,
  });
  if (!made) process.exitCode = 1;
}

/**
 * A folder with Electron for this very machine. A universal app needs the other processor's too, which the builder then fetches
 * itself.
 */
function electronDist(binary) {
  if (binary === null) {
    const stub = path.join(root, 'build/stub-electron');
    say(
      "Electron's binary is missing: packing against a stand-in. The result shows its content but does not start.",
    );
    makeStubElectron(stub);
    return { electronDist: stub };
  }
  const given = Boolean(process.env.ELECTRON_OVERRIDE_DIST_PATH);
  if (process.platform === 'darwin' && values.installers && !given) return {};
  return { electronDist: path.dirname(binary) };
}

function version() {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;
}
