/**
 * How a program under Electron comes to an engine on WebGPU: it asks the main process, which opens a hidden window and
 * answers with one end of a channel to the worker there (electron/engine-door.ts). In plain Node nobody asks.
 */
import { fromErrorInfo, UserError, type ErrorInfo } from '../base/errors.ts';
import type { EnginePort } from '../model/engine-port.ts';
import { openEngine, type EngineOptions } from '../model/open-engine.ts';

/** From the child. */
export interface EngineWanted {
  readonly kind: 'engine-wanted';
}

/** To the child; `engine-here` brings a port along. `engine-gone` may follow at any time after that. */
export type EngineAnswer =
  | { readonly kind: 'engine-here' }
  | { readonly kind: 'engine-refused'; readonly error: ErrorInfo }
  | { readonly kind: 'engine-gone'; readonly reason: string };

/** The part of Electron's MessagePortMain used here (https://www.electronjs.org/docs/latest/api/message-port-main). */
export interface MainPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The part of Electron's `process.parentPort` used here. */
export interface DoorPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly MainPort[] }) => void,
  ): unknown;
}

export function isEngineWanted(message: unknown): message is EngineWanted {
  return kindOf(message) === 'engine-wanted';
}

export function isEngineAnswer(message: unknown): message is EngineAnswer {
  return ['engine-here', 'engine-refused', 'engine-gone'].includes(kindOf(message));
}

function kindOf(message: unknown): string {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return '';
  return typeof message.kind === 'string' ? message.kind : '';
}

/**
 * Asks for the way to an engine on WebGPU. Asking again ends the one before.
 * @throws UserError as the main process says why there is none.
 */
export function requestEnginePort(door: DoorPort): Promise<EnginePort> {
  return new Promise((resolve, reject) => {
    const gone: ((reason: string) => void)[] = [];
    door.on('message', ({ data, ports: [port] }) => {
      if (!isEngineAnswer(data)) return;
      switch (data.kind) {
        case 'engine-here':
          if (port !== undefined) resolve(enginePortOfMain(port, gone));
          else reject(new UserError('engine-failed', 'The engine webgpu came without its port.', 'webgpu'));
          return;
        case 'engine-refused':
          reject(fromErrorInfo(data.error));
          return;
        case 'engine-gone':
          for (const listener of gone) listener(data.reason);
      }
    });
    const wanted: EngineWanted = { kind: 'engine-wanted' };
    door.postMessage(wanted);
  });
}

/** @param gone Whoever is added here is told what the main process knows of the other end. */
function enginePortOfMain(port: MainPort, gone: ((reason: string) => void)[]): EnginePort {
  let closed = false;
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => {
      const tell = (reason: string): void => {
        if (!closed) listener(reason);
      };
      gone.push(tell);
      port.on('close', () => tell('its window was closed'));
    },
    close: () => {
      closed = true;
      port.close();
    },
  };
}

/** As `openEngine`, in whichever process of ours: under Electron `webgpu` is computed in a hidden window. */
export function openEngineHere(
  name: Parameters<typeof openEngine>[0],
  options: EngineOptions = {},
): ReturnType<typeof openEngine> {
  const door = findDoor();
  if (door === null) return openEngine(name, options);
  return openEngine(name, { ...options, remoteWebgpu: () => requestEnginePort(door) });
}

function findDoor(): DoorPort | null {
  if (!('parentPort' in process)) return null;
  const port: unknown = process.parentPort;
  return typeof port === 'object' && port !== null ? (port as DoorPort) : null;
}
