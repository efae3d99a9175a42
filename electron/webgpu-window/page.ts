/** The page of the hidden window: starts the worker, and hands it the port that the preload brings. */
import { ENGINE_CHANNEL } from './channel.ts';

/** The part of the page that is used here; the DOM library stays out of the types of this folder. */
declare const window: {
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void;
  close(): void;
};
interface PageMessage {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly unknown[];
}
declare class Worker {
  constructor(url: URL, options: { type: 'module' });
  postMessage(message: unknown, transfer: readonly unknown[]): void;
  addEventListener(type: 'message' | 'error', listener: () => void): void;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
/** The worker's `ready`: a port that comes before it waits. */
const ready = new Promise<void>((resolve) => worker.addEventListener('message', () => resolve()));
// A worker that cannot even start, or has fallen over, answers nobody: the main process tells so when the window is gone.
worker.addEventListener('error', () => window.close());

window.addEventListener('message', ({ source, data, ports }) => {
  if (source !== window || (data as { type?: unknown } | null)?.type !== ENGINE_CHANNEL) return;
  void ready.then(() => worker.postMessage(null, ports));
});
