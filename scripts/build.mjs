/**
 * Builds what is older than its sources: our WebAssembly kernels, the screens (dist/renderer), and with `--electron`
 * Electron's main process, preloads and child programs (dist/electron) with the page that computes (dist/engine). `--force`
 * builds all of them anew.
 * In a clone the command line and the loopback host need only the first two: Node 24 runs the TypeScript as it is.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { continueUnderNode24, projectEnvironment, root } from './setup/node24.mjs';
import { hashSources, isFresh, writeStamp } from './setup/stamp.mjs';

const { values: options } = parseArgs({
  options: {
    electron: { type: 'boolean', default: false },
    force: { type: 'boolean', default: false },
  },
});
await continueUnderNode24(import.meta.url);

const kernelScript = 'scripts/build-kernels.mjs';
await buildPart(
  'kernels',
  ['src/tensor/kernels', kernelScript, 'package-lock.json'],
  ['steadypen-kernels.wasm', 'steadypen-engine.wasm'].map((name) => `dist/kernels/${name}`),
  () => {
    const { status } = spawnSync(process.execPath, [path.join(root, kernelScript)], {
      cwd: root,
      env: projectEnvironment(),
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) throw new Error(`${kernelScript} failed`);
  },
);

await buildPart(
  'renderer',
  ['renderer', 'src/api', 'src/base/words.ts', 'vite.config.ts', 'package-lock.json'],
  ['dist/renderer/index.html'],
  async () => {
    const { buildRenderer } = await import('./setup/bundle.mjs');
    await buildRenderer();
  },
);

if (options.electron) {
  await buildPart(
    'electron',
    ['electron', 'src', 'scripts/setup/bundle.mjs', 'package-lock.json'],
    [
      ...[
        ...['main.js', 'preload.cjs', 'engine-preload.cjs', 'screener.js', 'trainer.js'],
        ...['network-bench.js', 'cpu-helper.js', 'data-thread.js'],
      ].map((name) => `dist/electron/${name}`),
      'dist/engine/index.html',
    ],
    async () => {
      const { buildElectron, buildEngineWindow } = await import('./setup/bundle.mjs');
      await buildElectron();
      await buildEngineWindow();
    },
  );
}

async function buildPart(name, sources, outputs, build) {
  const stamp = path.join(root, 'dist/.stamps', name);
  const hash = hashSources(root, sources);
  const files = outputs.map((output) => path.join(root, output));
  if (!options.force && isFresh(stamp, hash, files)) return;
  const started = Date.now();
  await build();
  writeStamp(stamp, hash);
  console.error(`Built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}
