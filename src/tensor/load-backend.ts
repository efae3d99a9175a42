/**
 * Loads the engines that can train and screen: `cuda`, `webgpu`, `cpu`.
 *
 * `cpu` is tfjs-backend-wasm with our own kernels (where those are missing, the optional package tfjs-node), `cuda` is the
 * optional package tfjs-node-gpu, `webgpu` is tfjs-backend-webgpu on the optional package webgpu.
 * tfjs itself is imported on loading only, so that describing costs nothing.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import {
  CUDA_PACKAGE,
  describeCpu,
  describeCuda,
  describeTfjsNode,
  kernelFile,
  KERNELS_NOT_BUILT,
  TFJS_NODE_PACKAGE,
  tfjsWasmFolder,
  type BackendDescription,
  type BackendName,
  type BackendPlaces,
} from './describe-backends.ts';
import type { LoadedBackend } from './loaded-backend.ts';

export { describeBackends } from './describe-backends.ts';
export type { BackendDescription, BackendName, BackendPlaces } from './describe-backends.ts';
export type { LoadedBackend } from './loaded-backend.ts';

/**
 * Loads one backend, makes it tfjs's current one and registers the gradients of our networks. May be called again.
 *
 * @throws UserError `no-backend` that says what is missing.
 */
export async function loadBackend(name: BackendName, places: BackendPlaces = {}): Promise<LoadedBackend> {
  const { registerGradients } = await import('./gradients.ts');
  registerGradients();
  switch (name) {
    case 'cpu':
      return loadCpu(places);
    case 'cuda':
      return loadCuda();
    case 'webgpu':
      return (await import('./webgpu/load-webgpu.ts')).loadWebgpu();
  }
}

/** tfjs takes the folder of its binaries once: later calls share the first outcome, a failed one may be repeated. */
let cpuStart: Promise<LoadedBackend> | null = null;

async function loadCpu(places: BackendPlaces): Promise<LoadedBackend> {
  const native = describeTfjsNode(places.tfjsNodeFolder).found;
  if (native && tfjsWasmFolder(places) === null) return loadNativeCpu(places);
  const wasm = await loadWasm(places);
  if (!native || wasm.warning === undefined) return wasm;
  try {
    return await loadNativeCpu(places);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...(await loadWasm(places)), warning: `${wasm.warning} ${error.message}` };
  }
}

async function loadNativeCpu(places: BackendPlaces): Promise<LoadedBackend> {
  const { loadTfjsNode } = await import('./load-tfjs-node.ts');
  const { tensorflow } = await loadTfjsNode(places.tfjsNodeFolder ?? TFJS_NODE_PACKAGE, 'cpu');
  const tf = await import('@tensorflow/tfjs-core');
  return {
    name: 'cpu',
    detail: `TensorFlow.js ${tf.version_core}, TensorFlow ${tensorflow} on the processor`,
  };
}

async function loadWasm(places: BackendPlaces): Promise<LoadedBackend> {
  const folder = tfjsWasmFolder(places);
  if (folder === null) throw refusal(describeCpu(places));
  cpuStart ??= startCpu(folder, places).catch((error: unknown) => {
    cpuStart = null;
    throw error;
  });
  const loaded = await cpuStart;
  const tf = await import('@tensorflow/tfjs-core');
  await tf.setBackend('wasm');
  return loaded;
}

async function startCpu(folder: string, places: BackendPlaces): Promise<LoadedBackend> {
  const tf = await import('@tensorflow/tfjs-core');
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const { completeWasmBackend } = await import('./kernels/complete-wasm-backend.ts');
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
  const warning = await installKernels(places);
  return warning === null
    ? { name: 'cpu', detail: `${detail}, own kernels` }
    : { name: 'cpu', detail: `${detail}, without own kernels: slow`, warning };
}

/** @returns null, or a sentence that says why training will be slow. */
async function installKernels(places: BackendPlaces): Promise<string | null> {
  const file = kernelFile(places);
  if (file === null) return KERNELS_NOT_BUILT;
  try {
    const tf = await import('@tensorflow/tfjs-core');
    const { BackendWasm } = await import('@tensorflow/tfjs-backend-wasm');
    const { registerKernels } = await import('./kernels/register-kernels.ts');
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

async function loadCuda(): Promise<LoadedBackend> {
  const description = describeCuda();
  if (!description.found) throw refusal(description);
  const { loadTfjsNode } = await import('./load-tfjs-node.ts');
  const { tensorflow, usesGpu } = await loadTfjsNode(CUDA_PACKAGE, 'cuda');
  if (!usesGpu) {
    throw new UserError(
      'no-backend',
      'The backend cuda found no usable GPU: check the NVIDIA driver, CUDA 11.2 and cuDNN 8, or use cpu instead.',
      'cuda',
    );
  }
  const tf = await import('@tensorflow/tfjs-core');
  return { name: 'cuda', detail: `TensorFlow.js ${tf.version_core}, TensorFlow ${tensorflow} on CUDA` };
}

function refusal({ name, detail, remedy }: BackendDescription): UserError {
  return new UserError('no-backend', `The backend ${name} cannot be used: ${detail} ${remedy}`, name);
}
