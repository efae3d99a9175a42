/** The worker of Electron's hidden window, which also tells a test about its memory, and loses its device when told to. Runs in Chromium. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import '../../../electron/webgpu-window/worker.ts';

/** Beside the port, which is the engine's alone. */
const channel = new BroadcastChannel('steadypen-worker-test');
channel.onmessage = (event) => {
  const { data } = event as { data: unknown };
  if (data === 'lose the device') (tf.backend() as WebGPUBackend).device.destroy();
  if (data !== 'tell') return;
  const { numTensors, numBytesInGPU } = tf.memory() as { numTensors: number; numBytesInGPU?: number };
  channel.postMessage({ numTensors, numBytesInGPU });
};
