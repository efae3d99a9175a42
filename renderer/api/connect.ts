import { createORPCClient, type ClientLink, type ClientContext } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { Api } from '../../src/api/contract.ts';
import { HostLost } from './faults.ts';

type Link = ClientLink<ClientContext>;
/** `lost`: it is being tried again; `gone`: it is not, since the host has ended and only a new start brings it back. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'gone';

/** How long a call waits for a connection before it fails, so that no button hangs. */
const PATIENCE_MS = 3_000;
/** Waits before each new attempt. A host that answers none of them has ended: a new one knows this page's cookie no more. */
const RETRY_MS: readonly number[] = [250, 500, 1_000, 2_000, 5_000, 5_000];

/** The host, over whichever transport there is. One per window, alive as long as the window. */
export class Connection {
  readonly api: Api;
  #state: ConnectionState = 'connecting';
  #link: Promise<Link>;
  #resolve: (link: Link) => void = () => {};
  #listeners = new Set<(state: ConnectionState) => void>();

  constructor() {
    this.#link = new Promise((resolve) => (this.#resolve = resolve));
    this.api = createORPCClient<Api>({
      call: async (path, input, options) => (await this.#currentLink()).call(path, input, options),
    } satisfies Link);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Calls at once and at every change; returns the way to stop. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  opened(link: Link): void {
    this.#resolve(link);
    this.#change('open');
  }

  lost(): void {
    if (this.#state === 'open') this.#link = new Promise((resolve) => (this.#resolve = resolve));
    this.#change('lost');
  }

  /** No attempt follows: calls fail at once. */
  gone(): void {
    this.#change('gone');
  }

  #change(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  async #currentLink(): Promise<Link> {
    if (this.#state === 'gone') throw new HostLost();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new HostLost()), PATIENCE_MS);
    });
    try {
      return await Promise.race([this.#link, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Connects to the loopback server that served this page; when it goes away, again after each of `retryMs`, then no more. */
export function connectSocket(
  location: Pick<Location, 'protocol' | 'host'>,
  retryMs: readonly number[] = RETRY_MS,
): Connection {
  const connection = new Connection();
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`;
  let failures = 0;
  const open = () => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      failures = 0;
      connection.opened(new SocketLink({ websocket: socket }));
    });
    socket.addEventListener('close', () => {
      const waitMs = retryMs[failures++];
      if (waitMs === undefined) {
        connection.gone();
        return;
      }
      connection.lost();
      setTimeout(open, waitMs);
    });
  };
  open();
  return connection;
}

/** Connects over the port that Electron's preload posts as `{ type: 'steadypen-port' }`; a later port replaces it. */
export function connectPort(target: Window): Connection {
  const connection = new Connection();
  target.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (event.source !== target || port === undefined || !isPortMessage(event.data)) return;
    port.addEventListener('close', () => connection.lost());
    connection.opened(new PortLink({ port }));
    port.start();
  });
  return connection;
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'steadypen-port';
}

/** Electron serves the page over its own `app:` protocol and posts a port; everything else is the loopback server. */
export function connect(target: Window): Connection {
  return target.location.protocol === 'app:' ? connectPort(target) : connectSocket(target.location);
}
