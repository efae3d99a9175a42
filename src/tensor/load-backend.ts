/**
 * Finds, loads and explains the engines that can train and screen: `cuda`, `webgpu`, `cpu`.
 *
 * `cpu` is tfjs-backend-wasm with our own kernels, `cuda` is the optional package tfjs-node-gpu, `webgpu` is not offered yet.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../base/errors.ts';
import { registerGradients } from './gradients.ts';
import { registerKernels } from './kernels/register-kernels.ts';
import { completeWasmBackend } from './kernels/complete-wasm-backend.ts';

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

export interface LoadedBackend {
  readonly name: BackendName;
  /** Library, version and how it computes, for reports. */
  readonly detail: string;
  /** Set when it works, but not as it should: a sentence for the user. */
  readonly warning?: string;
}

export interface LoadOptions {
  /** Folder that holds all .wasm files (what `npm run build:kernels` writes), for bundled programs. */
  readonly wasmFolder?: string;
}

const WASM_PACKAGE = '@tensorflow/tfjs-backend-wasm';
const CUDA_PACKAGE: string = '@tensorflow/tfjs-node-gpu';
const SIMD_FILE = 'tfjs-backend-wasm-simd.wasm';
const KERNEL_FILE = 'steadypen-kernels.wasm';
const require = createRequire(import.meta.url);

/**
 * Loads one backend and makes it tfjs's current one. `auto` takes cuda where it works, else cpu.
 *
 * @throws UserError `no-backend` that says what is missing.
 */
export async function loadBackend(
  name: 'auto' | BackendName,
  options: LoadOptions = {},
): Promise<LoadedBackend> {
  registerGradients();
  switch (name) {
    case 'auto':
      if (describeCuda().found) {
        try {
          return await loadCuda();
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const cpu = await loadCpu(options);
          return { ...cpu, detail: `${cpu.detail}; cuda did not start: ${error.message}` };
        }
      }
      return loadCpu(options);
    case 'cpu':
      return loadCpu(options);
    case 'cuda':
      return loadCuda();
    case 'webgpu': {
      const { detail, remedy } = describeWebgpu();
      throw new UserError('no-backend', `The backend webgpu cannot be used: ${detail} ${remedy}`, 'webgpu');
    }
  }
}

/** Says for every backend whether it can be expected to work here. Looks at files only: quick, loads nothing, never throws. */
export function describeBackends(options: LoadOptions = {}): Promise<readonly BackendDescription[]> {
  return Promise.resolve([
    safely('cuda', describeCuda),
    safely('webgpu', describeWebgpu),
    safely('cpu', () => describeCpu(options)),
  ]);
}

function safely(name: BackendName, describe: () => BackendDescription): BackendDescription {
  try {
    return describe();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, found: false, detail: `Looking for it failed: ${reason}`, remedy: 'Install again.' };
  }
}

/** tfjs takes the folder of its binaries once: later calls share the first outcome, a failed one may be repeated. */
let cpuStart: Promise<LoadedBackend> | null = null;

async function loadCpu(options: LoadOptions): Promise<LoadedBackend> {
  const folder = wasmFolderOf(options);
  if (folder === null) throw missing(describeCpu(options));
  cpuStart ??= startCpu(folder, options).catch((error: unknown) => {
    cpuStart = null;
    throw error;
  });
  const loaded = await cpuStart;
  await tf.setBackend('wasm');
  return loaded;
}

async function startCpu(folder: string, options: LoadOptions): Promise<LoadedBackend> {
  setWasmPaths(folder + path.sep);
  if (!(await tf.setBackend('wasm'))) {
    throw new UserError(
      'no-backend',
      `The backend cpu did not start from ${folder}. Install again with: npm ci`,
      'cpu',
    );
  }
  completeWasmBackend();
  const detail = `TensorFlow.js ${tf.version_core}, WebAssembly with SIMD`;
  const warning = await installKernels(options);
  return warning === null
    ? { name: 'cpu', detail: `${detail}, own kernels` }
    : { name: 'cpu', detail: `${detail}, without own kernels: slow`, warning };
}

/** @returns null, or a sentence that says why training will be slow. */
async function installKernels(options: LoadOptions): Promise<string | null> {
  const file = kernelFileOf(options);
  if (file === null) {
    return `The fast kernels were not built, so training is slow. Build them with: npm run build:kernels`;
  }
  try {
    const backend = tf.backend();
    if (!(backend instanceof BackendWasm))
      throw new Error('tfjs has another backend than the one loaded here');
    registerKernels(backend, await readFile(file));
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The fast kernels could not be used, so training is slow: ${reason}.`;
  }
}

/** Beside the other binaries where a folder was given; else in dist/kernels, seen from the sources or from a bundle. */
function kernelFileOf(options: LoadOptions): string | null {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const folders =
    options.wasmFolder === undefined
      ? ['../../dist/kernels', '../kernels', 'kernels'].map((folder) => path.join(here, folder))
      : [options.wasmFolder];
  return folders.map((folder) => path.join(folder, KERNEL_FILE)).find((file) => existsSync(file)) ?? null;
}

function describeCpu(options: LoadOptions): BackendDescription {
  const folder = wasmFolderOf(options);
  if (folder === null) {
    return {
      name: 'cpu',
      found: false,
      detail: `${SIMD_FILE} is not there${options.wasmFolder ? ` (looked in ${options.wasmFolder})` : ''}.`,
      remedy: 'Install again with: npm ci',
    };
  }
  return {
    name: 'cpu',
    found: true,
    detail: `TensorFlow.js ${tf.version_core}, WebAssembly with SIMD`,
    remedy: '',
  };
}

/** The folder that holds the SIMD binary, or null. */
function wasmFolderOf(options: LoadOptions): string | null {
  const entry = options.wasmFolder === undefined ? resolvePackage(WASM_PACKAGE) : null;
  const folder = options.wasmFolder ?? (entry === null ? null : path.dirname(entry));
  return folder !== null && existsSync(path.join(folder, SIMD_FILE)) ? path.resolve(folder) : null;
}

async function loadCuda(): Promise<LoadedBackend> {
  const description = describeCuda();
  if (!description.found) throw missing(description);
  restoreUtilFunctions();
  try {
    await import(CUDA_PACKAGE);
    if (!(await tf.setBackend('tensorflow'))) throw new Error('tfjs could not start it');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('no-backend', `The backend cuda did not start: ${reason}. Use cpu instead.`, 'cuda', {
      cause: error,
    });
  }
  const backend: object = tf.backend();
  if (!('isUsingGpuDevice' in backend) || backend.isUsingGpuDevice !== true) {
    throw new UserError(
      'no-backend',
      'The backend cuda found no usable GPU: check the NVIDIA driver, CUDA 11.2 and cuDNN 8.1, or use cpu instead.',
      'cuda',
    );
  }
  return { name: 'cuda', detail: `TensorFlow.js ${tf.version_core} on CUDA` };
}

/** tfjs-node calls two functions that Node 23 took out of node:util. */
function restoreUtilFunctions(): void {
  const target: Record<string, unknown> = util as unknown as Record<string, unknown>;
  target['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  target['isArray'] ??= Array.isArray;
}

function describeCuda(): BackendDescription {
  const not = (detail: string, remedy: string): BackendDescription => ({
    name: 'cuda',
    found: false,
    detail,
    remedy,
  });
  if (process.platform !== 'linux' && process.platform !== 'win32') {
    return not('CUDA needs Linux or Windows.', 'Use the backend cpu.');
  }
  if (process.arch !== 'x64')
    return not(`CUDA needs an x64 processor, not ${process.arch}.`, 'Use the backend cpu.');
  if (resolvePackage(CUDA_PACKAGE) === null) {
    return not(
      `The optional package ${CUDA_PACKAGE} is not installed (its native library could not be downloaded).`,
      `With a network connection: npm install ${CUDA_PACKAGE}@4.22.0. It also needs CUDA 11.2 and cuDNN 8.1.`,
    );
  }
  if (!hasNvidiaDriver()) return not('No NVIDIA driver was seen.', 'Install the NVIDIA driver for your GPU.');
  if (!hasCudaRuntime()) {
    return not('The CUDA 11 libraries were not seen.', 'Install CUDA 11.2 and cuDNN 8.1.');
  }
  return { name: 'cuda', found: true, detail: `${CUDA_PACKAGE}, NVIDIA driver and CUDA 11`, remedy: '' };
}

function hasNvidiaDriver(): boolean {
  return process.platform === 'win32'
    ? existsSync(path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvcuda.dll'))
    : existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl');
}

function hasCudaRuntime(): boolean {
  if (process.platform === 'win32') {
    const folders = (process.env['PATH'] ?? '').split(path.delimiter);
    return folders.some((folder) => folder !== '' && existsSync(path.join(folder, 'cudart64_110.dll')));
  }
  const folders = [
    ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':'),
    '/usr/local/cuda/lib64',
    '/usr/local/cuda-11/lib64',
    '/usr/local/cuda-11.2/lib64',
    '/usr/lib/x86_64-linux-gnu',
  ];
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, 'libcudart.so.11.0')));
}

function describeWebgpu(): BackendDescription {
  return {
    name: 'webgpu',
    found: false,
    detail: 'WebGPU is not part of this version.',
    remedy: 'Use the backend cpu.',
  };
}

function resolvePackage(name: string): string | null {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

function missing({ name, detail, remedy }: BackendDescription): UserError {
  return new UserError('no-backend', `The backend ${name} cannot be used: ${detail} ${remedy}`, name);
}
