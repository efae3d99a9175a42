/**
 * `npm run package`: builds the unpacked app for this platform in release/. With Electron's binary where it is there;
 * otherwise against a stand-in, which shows what would be packed but does not start.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findElectron } from './setup/electron.mjs';
import { installPackages } from './setup/install.mjs';
import { continueUnderNode24, requireNode24, root } from './setup/node24.mjs';
import { runToEnd, stopOnSignals } from './setup/run.mjs';
import { makeStubElectron } from './setup/stub-electron.mjs';

const say = (line) => console.error(`steadypen: ${line}`);
const { values } = parseArgs({ options: { out: { type: 'string' } } });
await installPackages(say);
await continueUnderNode24(import.meta.url);
stopOnSignals();

if ((await runToEnd(requireNode24(), [path.join(root, 'scripts/build.mjs'), '--electron'])) !== 0) {
  process.exit(1);
}
process.chdir(root);
const binary = findElectron();
const dist = binary === null ? path.join(root, 'build/stub-electron') : path.dirname(binary);
if (binary === null) {
  say(
    "Electron's binary is missing: packing against a stand-in. The result shows its content but does not start.",
  );
  makeStubElectron(dist);
}
const { build, Platform } = await import('electron-builder');
const { default: config } = await import('../electron-builder.config.mjs');
await build({
  targets: Platform.current().createTarget('dir'),
  publish: 'never',
  config: {
    ...config,
    electronDist: dist,
    directories: { output: values.out === undefined ? 'release' : path.resolve(values.out) },
  },
});
say(`packed in ${values.out ?? 'release'}${binary === null ? ' (with a stand-in for Electron)' : ''}.`);
