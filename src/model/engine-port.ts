/**
 * The least that the MessagePorts of browsers, Electron and Node have in common; what goes through is cloned.
 *
 * Arrays are not transferred: a caller's pictures must stay its own, Electron's ports take none along, and a gradient of
 * 135 KB, of the app's network, is cloned in microseconds.
 */
export interface EnginePort {
  /** @throws Error where the other end is known to be gone. */
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other end went away; never because of `close`. */
  onClose(listener: (reason: string) => void): void;
  /** Safe to call twice. */
  close(): void;
}

/** A MessagePort as browsers, workers and Node have it. */
export interface EventPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** Starts the port as soon as someone listens, so that no message is lost. */
export function enginePortOf(port: EventPort): EnginePort {
  let closed = false;
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.addEventListener('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) =>
      port.addEventListener('close', () => {
        if (!closed) listener('the other end was closed');
      }),
    close: () => {
      closed = true;
      port.close();
    },
  };
}
