/** Everything that changes how fast an engine is: rates that were measured under another identity say nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { hashOf } from '../store/blobs.ts';
import { engineFile, kernelFile, type BackendDescription } from '../tensor/describe-backends.ts';
import { installedVersion } from './doctor-parts.ts';

const PACKAGES = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgpu',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  'webgpu',
];
/** These choose the GPU or its driver. */
const VARIABLES = ['CUDA_VISIBLE_DEVICES', 'VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'LD_LIBRARY_PATH'];

/**
 * @param version Of the app.
 * @param backends As described now.
 * @returns A hash: equal where app, libraries, kernels, processor, GPU, system and the backends found are.
 */
export function engineIdentity(version: string, backends: readonly BackendDescription[]): string {
  const kernels = engineFile({}) ?? kernelFile({});
  const parts = {
    version,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    packages: PACKAGES.map(installedVersion),
    kernels: kernels === null ? null : hashOf(readFileSync(kernels)),
    processor: [os.cpus()[0]?.model ?? null, os.availableParallelism()],
    system: [process.platform, os.release(), process.arch],
    gpus: [...graphicsCards(), nvidiaDriver()],
    variables: VARIABLES.map((name) => process.env[name] ?? null),
    found: backends.filter(({ found }) => found).map(({ name, detail }) => [name, detail]),
  };
  return hashOf(Buffer.from(JSON.stringify(parts)));
}

/** Vendor and device numbers of the graphics cards that Linux knows; elsewhere the backends' own words must do. */
function graphicsCards(): string[] {
  const folder = '/sys/class/drm';
  try {
    const cards = readdirSync(folder).filter((name) => /^card\d+$/.test(name));
    return cards
      .map((card) =>
        ['vendor', 'device'].map((file) => read(path.join(folder, card, 'device', file))).join(':'),
      )
      .sort();
  } catch {
    return [];
  }
}

function nvidiaDriver(): string | null {
  return read('/proc/driver/nvidia/version');
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
