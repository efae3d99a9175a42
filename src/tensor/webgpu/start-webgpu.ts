/** Starts tfjs on a GPU through WebGPU, whoever provides it: a browser's worker, or Dawn in Node (load-webgpu.ts). */
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../base/errors.ts';
import { registerGradients } from '../gradients.ts';
import { registerGpuConvReluPool } from './conv-relu-pool-kernels.ts';
import { guardDevice, type Guard, type GuardedDevice } from './device-guard.ts';
import { orderMatMul } from './order-matmul.ts';

export interface WebgpuStart {
  readonly name: 'webgpu';
  readonly detail: string;
  readonly warning?: string;
  /** Every computation has to go through it. */
  readonly guard: Guard;
  /** Where everything runs; for tests that take it away. */
  readonly device: GPUDevice;
}

/** What WebGPU tells of an adapter (https://www.w3.org/TR/webgpu/#gpuadapterinfo); all may be empty. */
interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

/** Programs that pretend to be a graphics processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/i;

let current: { readonly started: WebgpuStart; readonly guarded: GuardedDevice } | null = null;

/**
 * Makes `webgpu` tfjs's current backend, with our gradients and kernels. A second call shares the device of the first,
 * unless that was lost.
 *
 * @param gpu `navigator.gpu`, null where there is none. It has to be there as such too, since tfjs looks for it.
 * @param remedy What to install where no adapter is found: a sentence.
 * @throws UserError `no-backend` where no adapter is found or it gives no device.
 */
export async function startWebgpu(gpu: GPU | null, remedy: string): Promise<WebgpuStart> {
  if (current === null || current.guarded.isLost()) current = await start(gpu, remedy);
  await tf.setBackend('webgpu');
  return current.started;
}

async function start(gpu: GPU | null, remedy: string): Promise<NonNullable<typeof current>> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  // Dawn in Node gives undefined where the standard says null.
  if (!adapter) {
    throw new UserError('no-backend', `The backend webgpu found no graphics processor. ${remedy}`, 'webgpu');
  }
  const device = await requestDevice(adapter);
  const guarded = guardDevice(device);
  const info = infoOf(adapter);
  // tfjs registers a factory of its own on import, which asks for features that not every device gives.
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, info as GPUAdapterInfo), 3);
  registerGradients();
  registerGpuConvReluPool();
  orderMatMul();
  if (!(await tf.setBackend('webgpu'))) {
    throw new UserError('no-backend', 'tfjs could not start the backend webgpu. Use cpu instead.', 'webgpu');
  }
  const software = info.isFallbackAdapter === true || SOFTWARE.test(Object.values(namesOf(info)).join(' '));
  const adapterName = describe(info);
  const started: WebgpuStart = {
    name: 'webgpu',
    detail: `TensorFlow.js ${tf.version_core}, WebGPU on ${adapterName}${software ? ' (software)' : ''}`,
    ...(software ? { warning: slow(adapterName) } : {}),
    guard: guarded.guard,
    device,
  };
  return { started, guarded };
}

/** The largest buffers that the adapter allows: the standard's default of 128 MB is one batch of large pictures. */
async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { limits } = adapter;
  try {
    return await adapter.requestDevice({
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'no-backend',
      `The backend webgpu got no device from the graphics driver: ${reason}. Update the driver, or use cpu instead.`,
      'webgpu',
      { cause: error },
    );
  }
}

function infoOf(adapter: GPUAdapter): AdapterInfo {
  const given: unknown = 'info' in adapter ? adapter.info : null;
  const empty = { vendor: '', architecture: '', device: '', description: '' };
  return typeof given === 'object' && given !== null && 'vendor' in given ? (given as AdapterInfo) : empty;
}

/** Getters of a prototype in browsers, so that they are read one by one. */
function namesOf({ vendor, architecture, device, description }: AdapterInfo): Record<string, string> {
  return { vendor, architecture, device, description };
}

/** The best name there is: a full description, or who made what. */
function describe(info: AdapterInfo): string {
  if (info.description !== '') return info.description;
  return [info.vendor, info.architecture].filter((word) => word !== '').join(' ') || 'an unnamed device';
}

function slow(adapterName: string): string {
  return `WebGPU runs on ${adapterName}, a program that stands in for a graphics processor: slower than the engine cpu.`;
}
