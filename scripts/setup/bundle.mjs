/** Bundles with Vite: the screens by vite.config.ts, and Electron's programs, each from its own entry. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { root } from './node24.mjs';

/**
 * Not bundled: sharp brings a native library, tfjs-node-gpu is optional, and Electron provides itself. WebGPU runs in a page
 * of its own there, never in these programs.
 */
const EXTERNAL = ['electron', 'sharp', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-backend-webgpu'];

/** @returns {Promise<void>} dist/renderer, and the names of the packages in it in dist/.packages/renderer.json. */
export async function buildRenderer() {
  process.chdir(root);
  await build({
    configFile: path.join(root, 'vite.config.ts'),
    logLevel: 'warn',
    plugins: [listPackages('renderer')],
  });
}

/**
 * dist/electron: main and the child programs as modules two folders deep, like the sources in src/<folder>, so that a
 * path such as `../../assets` means the same in both; the preloads as CommonJS, since the sandbox takes nothing else.
 */
export async function buildElectron() {
  process.chdir(root);
  await bundle('electron', {
    input: {
      main: 'electron/entry.ts',
      screener: 'src/host/screener-program.ts',
      trainer: 'src/host/trainer-program.ts',
      'cpu-helper': 'src/tensor/cpu/cpu-helper-program.ts',
      'network-bench': 'src/host/network-bench-program.ts',
      'data-thread': 'src/host/data-thread-program.ts',
    },
    output: {
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      // tfjs's WebAssembly loader expects to be a CommonJS module.
      banner: 'const __dirname = import.meta.dirname, __filename = import.meta.filename;',
    },
    emptyOutDir: true,
  });
  for (const [name, input] of [
    ['preload', 'electron/preload.ts'],
    ['engine-preload', 'electron/webgpu-window/preload.ts'],
  ]) {
    // One at a time: what two entries share would become a file of its own, which the sandbox does not load.
    await bundle(name, {
      input: { [name]: input },
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
      emptyOutDir: false,
    });
  }
}

/** dist/engine: the page of the hidden window, and its worker that computes with WebGPU. */
export async function buildEngineWindow() {
  process.chdir(root);
  await build({
    configFile: false,
    root: path.join(root, 'electron/webgpu-window'),
    base: './',
    logLevel: 'warn',
    publicDir: false,
    plugins: [listPackages('engine')],
    worker: { format: 'es', plugins: () => [listPackages('engine-worker')] },
    build: {
      outDir: path.join(root, 'dist/engine'),
      emptyOutDir: true,
      target: 'es2024',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // Nobody waits for it to come over a network.
      chunkSizeWarningLimit: 2000,
    },
  });
}

async function bundle(name, { input, output, emptyOutDir }) {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [listPackages(name)],
    ssr: { noExternal: true, external: EXTERNAL, target: 'node' },
    build: {
      ssr: true,
      outDir: 'dist/electron',
      emptyOutDir,
      target: 'node24',
      minify: false,
      rollupOptions: { input, output, external: [...EXTERNAL, /^node:/] },
    },
  });
}

/** Writes down which packages ended up in a bundle: THIRD-PARTY-NOTICES is made from these. */
function listPackages(name) {
  const folders = new Set();
  return {
    name: 'steadypen-list-packages',
    generateBundle(_options, files) {
      for (const file of Object.values(files)) {
        const sources =
          file.type === 'chunk'
            ? Object.keys(file.modules)
            : (file.originalFileNames ?? []).map((f) => path.resolve(root, f));
        for (const source of sources) {
          const folder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(source.split(path.sep).join('/'));
          if (folder) folders.add(path.relative(root, folder[1].replace(/^\0/, '')));
        }
      }
      const out = path.join(root, 'dist/.packages');
      mkdirSync(out, { recursive: true });
      writeFileSync(path.join(out, `${name}.json`), JSON.stringify([...folders].sort(), null, 2));
    },
  };
}
