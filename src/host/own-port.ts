import { isEngineAnswer } from './engine-door.ts';
import type { MemoryMessage } from './memory.ts';
import type { Port } from './port.ts';

/** The part of Electron's `process.parentPort` used here (https://www.electronjs.org/docs/latest/api/parent-port). */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

/**
 * The port of this process to the host that started it: `process.parentPort` under Electron's utilityProcess,
 * `process.send` under `child_process.fork`. When the host goes away the process ends.
 *
 * @throws Error where nobody started this process as a child.
 */
export function ownPort(): Port {
  // The host decides when its children end; Ctrl-C in a terminal reaches the whole group.
  process.on('SIGINT', () => undefined);
  const port = findPort();
  if (process.platform !== 'linux') tellMemory(port);
  return port;
}

function findPort(): Port {
  const parentPort = electronPort();
  if (parentPort) return fromParentPort(parentPort);
  if (process.send === undefined) {
    throw new Error('This program is started by Steadypen itself and has no use alone.');
  }
  return fromFork();
}

/** Where the host cannot look up our memory we tell it (src/host/memory.ts). */
function tellMemory(port: Port): void {
  setInterval(() => {
    const message: MemoryMessage = { kind: 'memory', rssBytes: process.memoryUsage.rss() };
    port.postMessage(message);
  }, 500).unref();
}

function electronPort(): ParentPort | null {
  const port: unknown = 'parentPort' in process ? process.parentPort : null;
  return isParentPort(port) ? port : null;
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}

function fromParentPort(port: ParentPort): Port {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) =>
      port.on('message', (event) => {
        if (!isEngineAnswer(event.data)) listener(event.data);
      }),
    onClose: () => undefined, // utilityProcess ends with its parent
    close: () => process.exit(0),
  };
}

function fromFork(): Port {
  process.on('disconnect', () => process.exit(0));
  return {
    postMessage: (message) => {
      process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', () => listener('the host went away')),
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}
