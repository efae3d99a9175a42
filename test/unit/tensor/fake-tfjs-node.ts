import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const NATIVE_FILE = 'lib/napi-v8/tfjs_binding.node';

/** Loads its native file as tfjs-node does, and nothing else. */
export const LOADS_NATIVE_FILE = `require('./${NATIVE_FILE}');`;

/**
 * A package folder like tfjs-node's, with a main file and a native file of our own.
 * @param main JavaScript of its main file. @param native null leaves the native file out.
 * @returns The folder, for the caller to remove.
 */
export function makePackage(main: string, native: Uint8Array | null): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'steadypen-tfjs-node-'));
  writeFileSync(path.join(folder, 'package.json'), '{"name":"@tensorflow/tfjs-node","main":"index.js"}');
  writeFileSync(path.join(folder, 'index.js'), main);
  mkdirSync(path.dirname(path.join(folder, NATIVE_FILE)), { recursive: true });
  if (native !== null) writeFileSync(path.join(folder, NATIVE_FILE), native);
  return folder;
}

/**
 * Main file that registers tfjs's own plain JavaScript kernels as the backend "tensorflow", as tfjs-node registers its native
 * ones: they compute rightly, slowly.
 * @param change Further JavaScript that may spoil it; sees `tf` and `backend`.
 */
export function registersPlainKernels(change = ''): string {
  return `
    const tf = require(${JSON.stringify(require.resolve('@tensorflow/tfjs-core'))});
    const { MathBackendCPU } = require(${JSON.stringify(require.resolve('@tensorflow/tfjs-backend-cpu'))});
    const { isNullOrUndefined, isArray } = require('util');
    if (!isNullOrUndefined(null) || !isArray([])) throw new Error('util lacks functions');
    const backend = new MathBackendCPU();
    backend.binding = { TF_Version: '2.9.1' };
    backend.isUsingGpuDevice = false;
    tf.registerBackend('tensorflow', () => backend);
    if (tf.getKernelsForBackend('tensorflow').length === 0) tf.copyRegisteredKernels('cpu', 'tensorflow');
    ${change}`;
}
