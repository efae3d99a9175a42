/** Entry of the worker that trains with Chromium's WebGPU. Says `ready`, then serves the first port it is given. */
import { enginePortOf, type EventPort } from '../../src/model/engine-port.ts';
import { serveEngine } from '../../src/model/serve-engine.ts';
import { tfjsEngine } from '../../src/model/tfjs-network.ts';
import { startWebgpu } from '../../src/tensor/webgpu/start-webgpu.ts';

/** The part of a worker's global scope that is used here; the DOM library stays out of the types of this folder. */
declare const self: {
  readonly navigator: { readonly gpu?: GPU };
  postMessage(message: unknown): void;
  addEventListener(
    type: 'message',
    listener: (event: { readonly ports: readonly EventPort[] }) => void,
    options: { once: true },
  ): void;
};

self.addEventListener(
  'message',
  ({ ports: [port] }) => {
    if (port !== undefined) serveEngine(startEngine, enginePortOf(port));
  },
  { once: true },
);
self.postMessage('ready');

async function startEngine() {
  return tfjsEngine(
    await startWebgpu(self.navigator.gpu ?? null, 'Update the graphics driver, or use cpu instead.'),
  );
}
