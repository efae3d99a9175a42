/** Says which engines can be expected to work on this machine, from files alone: quick, loads no library, never throws. */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWebgpu } from './webgpu/describe-webgpu.ts';

/** Fastest first. The same words as `BACKENDS` of src/model/training-types.ts, which stands above this folder. */
export type BackendName = 'cuda' | 'webgpu' | 'cpu';

export interface BackendDescription {
  readonly name: BackendName;
  /** True when everything it needs was seen on this machine; loading it may still fail. */
  readonly found: boolean;
  /** What was found, or the first thing that is missing. */
  readonly detail: string;
  /** What to install to have it; empty when found. */
  readonly remedy: string;
}

export interface BackendPlaces {
  /** Folder that holds all .wasm files (what `npm run build:kernels` writes), for bundled programs. */
  readonly wasmFolder?: string;
  /** Folder of the package tfjs-node, in place of an installed one. */
  readonly tfjsNodeFolder?: string;
}

/** Two packages around the same binding to TensorFlow's native library; neither comes with this app. */
export const CUDA_PACKAGE = '@tensorflow/tfjs-node-gpu';
export const TFJS_NODE_PACKAGE = '@tensorflow/tfjs-node';
const WASM_PACKAGE = '@tensorflow/tfjs-backend-wasm';
const SIMD_FILE = 'tfjs-backend-wasm-simd.wasm';
const KERNEL_FILE = 'steadypen-kernels.wasm';
const ENGINE_FILE = 'steadypen-engine.wasm';
/** Where `npm run build:kernels` writes, seen from the sources or from a bundle under dist. */
const BUILT_FOLDERS = ['../../dist/kernels', '../kernels', 'kernels'];
const require = createRequire(import.meta.url);

export const KERNELS_NOT_BUILT =
  'The fast kernels were not built, so training is slow. Build them with: npm run build:kernels';

/** All three, fastest first. */
export function describeBackends(places: BackendPlaces = {}): Promise<readonly BackendDescription[]> {
  return Promise.resolve([
    safely('cuda', describeCuda),
    safely('webgpu', describeWebgpu),
    safely('cpu', () => describeCpu(places)),
  ]);
}

function safely(name: BackendName, describe: () => BackendDescription): BackendDescription {
  try {
    return describe();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return missing(name, `Looking for it failed: ${reason}`, 'Install again with: npm ci');
  }
}

/**
 * Our own engine; where it is missing, tfjs on WebAssembly with our kernels; where those are missing, tfjs-node if it is there,
 * else WebAssembly alone.
 * The same order as loading.
 */
export function describeCpu(places: BackendPlaces): BackendDescription {
  const wasm = tfjsWasmFolder(places) !== null;
  const found = (detail: string): BackendDescription => ({ name: 'cpu', found: true, detail, remedy: '' });
  if (engineFile(places) !== null)
    return found('Own WebAssembly kernels with SIMD, on any number of threads.');
  if (wasm && kernelFile(places) !== null) return found('TensorFlow.js on WebAssembly, with fast kernels.');
  const native = describeTfjsNode(places.tfjsNodeFolder);
  if (native.found) {
    return found(
      `${native.detail.replace(/\.$/, '')}, since ${wasm ? 'our fast kernels were not built' : `${SIMD_FILE} is not there`}.`,
    );
  }
  if (wasm) {
    return found(
      'TensorFlow.js on WebAssembly, without the fast kernels (build them with: npm run build:kernels).',
    );
  }
  const where = places.wasmFolder === undefined ? '' : ` (looked in ${places.wasmFolder})`;
  return missing('cpu', `${SIMD_FILE} is not there${where}.`, 'Install again with: npm ci');
}

/** The machine that is asked about; a test asks about others. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** As `process.arch`. */
  readonly arch: string;
  /** As `process.versions`. */
  readonly versions?: { readonly electron?: string };
}

/**
 * What speaks against CUDA on a machine before anything is looked for, or null. Its binding is prebuilt for Linux x64
 * alone: everywhere else WebGPU is the way to the graphics card.
 */
export function cudaObstacle({
  platform,
  arch,
  versions,
}: Machine): Pick<BackendDescription, 'detail' | 'remedy'> | null {
  const remedy = 'Use the backend webgpu: it needs nothing but the driver of the graphics card.';
  if (versions?.electron !== undefined) return { detail: `The app comes without ${CUDA_PACKAGE}.`, remedy };
  if (platform === 'linux' && arch === 'x64') return null;
  const where = platform === 'linux' ? `Linux on ${arch}` : (SYSTEM_NAMES[platform] ?? platform);
  return { detail: `${CUDA_PACKAGE} is prebuilt for Linux x64 only, not for ${where}.`, remedy };
}

const SYSTEM_NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'Windows',
  darwin: 'macOS',
};

/** Found where package, driver and CUDA libraries are seen; whether the GPU works is only known once it is loaded. */
export function describeCuda(machine: Machine = process): BackendDescription {
  const obstacle = cudaObstacle(machine);
  if (obstacle !== null) return missing('cuda', obstacle.detail, obstacle.remedy);
  const cudaPackage = describeCudaPackage();
  if (!cudaPackage.found) return missing('cuda', cudaPackage.detail, cudaPackage.remedy);
  if (!hasNvidiaDriver()) {
    return missing('cuda', 'No NVIDIA driver was seen.', 'Install the NVIDIA driver for your GPU.');
  }
  if (!hasCudaRuntime()) {
    return missing(
      'cuda',
      'The CUDA 11 libraries were not seen.',
      'Install CUDA 11.2 and cuDNN 8 (docs/gpu.md).',
    );
  }
  return { name: 'cuda', found: true, detail: `${CUDA_PACKAGE}, NVIDIA driver and CUDA 11.`, remedy: '' };
}

/**
 * The optional package with its native library, which is downloaded apart from it: the one without the other is useless.
 *
 * @param folder Of the package; null where it is not installed.
 */
export function describeCudaPackage(
  folder: string | null = packageFolder(CUDA_PACKAGE),
): Omit<BackendDescription, 'name'> {
  return describeNativePackage(CUDA_PACKAGE, folder, ' It also needs CUDA 11.2 and cuDNN 8 (docs/gpu.md).');
}

/** The same library without CUDA, for the processor. @param folder As above. */
export function describeTfjsNode(
  folder: string | null = packageFolder(TFJS_NODE_PACKAGE),
): Omit<BackendDescription, 'name'> {
  return describeNativePackage(TFJS_NODE_PACKAGE, folder, '');
}

function describeNativePackage(
  name: string,
  folder: string | null,
  needs: string,
): Omit<BackendDescription, 'name'> {
  if (folder === null) {
    return {
      found: false,
      detail: `The optional package ${name} is not installed.`,
      remedy: `With a network connection: npm install --no-save ${name}@4.22.0.${needs}`,
    };
  }
  // Where node-pre-gyp puts it, one folder for each version of Node-API.
  const library = path.join(folder, 'lib');
  const versions = existsSync(library) ? readdirSync(library) : [];
  if (versions.some((version) => existsSync(path.join(library, version, 'tfjs_binding.node')))) {
    return { found: true, detail: `${name} with its native library.`, remedy: '' };
  }
  return {
    found: false,
    detail: `The package ${name} is installed, but not its native library, which is downloaded apart.`,
    remedy: `With a network connection: npm rebuild ${name}.${needs}`,
  };
}

function packageFolder(name: string): string | null {
  const manifest = resolvePackage(`${name}/package.json`);
  return manifest === null ? null : path.dirname(manifest);
}

/** The folder of tfjs's SIMD binary, or null. */
export function tfjsWasmFolder({ wasmFolder }: BackendPlaces): string | null {
  const entry = resolvePackage(WASM_PACKAGE);
  const folders =
    wasmFolder === undefined
      ? [...(entry === null ? [] : [path.dirname(entry)]), ...builtFolders()]
      : [wasmFolder];
  const folder = folders.find((candidate) => existsSync(path.join(candidate, SIMD_FILE)));
  return folder === undefined ? null : path.resolve(folder);
}

/** The file of our kernels for tfjs, or null. */
export function kernelFile(places: BackendPlaces): string | null {
  return builtFile(KERNEL_FILE, places);
}

/** The file of our kernels for an engine of their own, or null. */
export function engineFile(places: BackendPlaces): string | null {
  return builtFile(ENGINE_FILE, places);
}

function builtFile(name: string, { wasmFolder }: BackendPlaces): string | null {
  const folders = wasmFolder === undefined ? builtFolders() : [wasmFolder];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

function builtFolders(): string[] {
  const here = path.dirname(fileURLToPath(import.meta.url));
  return BUILT_FOLDERS.map((folder) => path.join(here, folder));
}

function hasNvidiaDriver(): boolean {
  return existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl');
}

function hasCudaRuntime(): boolean {
  const folders = [
    ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':'),
    '/usr/local/cuda/lib64',
    '/usr/local/cuda-11/lib64',
    '/usr/local/cuda-11.2/lib64',
    '/usr/lib/x86_64-linux-gnu',
  ];
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, 'libcudart.so.11.0')));
}

function resolvePackage(name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

function missing(name: BackendName, detail: string, remedy: string): BackendDescription {
  return { name, found: false, detail, remedy };
}
