import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { MAX_UPLOAD_BYTES } from '../api/schemas.ts';
import { UserError } from '../base/errors.ts';
import { refuseRequest, type Gate } from './loopback-gate.ts';
import type { HostRouter } from './router.ts';
import { securityHeaders, serveFile } from './static-files.ts';

export interface LoopbackOptions {
  readonly router: HostRouter;
  /** Folder of the built screens (`dist/renderer`). */
  readonly rendererFolder: string;
  /** 0 lets the system choose. */
  readonly port?: number;
}

export interface LoopbackServer {
  /** Works once: it trades its token for a cookie. */
  readonly url: string;
  readonly origin: string;
  /** Another such URL, e.g. for a second browser. */
  newUrl(): string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Room above the largest file (src/api), so that one somewhat too large is refused by name; beyond this the socket is
 * closed before the message is in memory, and the page connects again.
 */
const MAX_MESSAGE_BYTES = 1.5 * MAX_UPLOAD_BYTES;

/**
 * Serves the app to browsers on this machine only: 127.0.0.1, a one-time start URL that is traded for an HttpOnly,
 * SameSite=Strict cookie, and checks of Host, Origin and Sec-Fetch-Site on every request and on the upgrade to /rpc.
 *
 * @throws UserError `in-use` or `no-access` where the port cannot be had.
 */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const tokens = new Set<string>();
  const secret = randomBytes(32).toString('base64url');
  const app = new Hono();
  const server = await listen(app, options.port ?? 0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const host = `127.0.0.1:${address.port}`;
  const origin = `http://${host}`;
  // Cookies know no ports: the name keeps two copies of the app apart.
  const cookieName = `steadypen_${address.port}`;
  const gate: Gate = { host, origin, isKnown: (cookies) => hasSecret(cookies, cookieName, secret) };

  app.use(async (c, next) => {
    const refusal = refuseRequest(gate, (name) => c.req.header(name), { start: c.req.path === '/start' });
    if (refusal) return c.text(refusal.message, refusal.status, securityHeaders(origin));
    return next();
  });
  app.get('/start', (c) => {
    const token = c.req.query('token') ?? '';
    const prefetch = (c.req.header('sec-purpose') ?? '').includes('prefetch');
    if (prefetch || !tokens.delete(token)) {
      const message = 'This address was used already or is not ours. Start Steadypen again for a new one.';
      return c.text(message, 403, securityHeaders(origin));
    }
    return c.body(null, 303, {
      ...securityHeaders(origin),
      location: '/',
      'set-cookie': `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    });
  });
  app.get('/*', (c) => serveFile(options.rendererFolder, c.req.path, securityHeaders(origin)));

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const handler = new RPCHandler(options.router);
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Node takes its own listener off with the upgrade: a peer that resets must not end the app.
    stream.on('error', () => stream.destroy());
    const header = (name: string) => firstOf(request.headers[name]);
    const refusal =
      refuseRequest(gate, header, { originNeeded: true }) ??
      (request.url === '/rpc' ? null : { status: 404 as const, message: 'Not found' });
    if (refusal) {
      stream.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.binaryType = 'arraybuffer';
      socket.on('error', () => socket.terminate());
      void handler.upgrade(socket);
    });
  });

  const newUrl = () => {
    const token = randomBytes(32).toString('base64url');
    tokens.add(token);
    return `${origin}/start?token=${token}`;
  };
  return {
    url: newUrl(),
    origin,
    newUrl,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(app: Hono, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, () => {
      if (isPlainServer(server)) resolve(server);
      else reject(new Error('expected a plain HTTP server'));
    });
    server.once('error', (fault) => reject(explainListenFault(fault, port)));
  });
}

/** Says what to do about a port that cannot be had; anything else comes back as it is. */
function explainListenFault(fault: Error, port: number): Error {
  const code = 'code' in fault ? fault.code : undefined;
  const remedy = 'Choose another, or leave it out and the system chooses one.';
  if (code === 'EADDRINUSE') {
    const message = `Port ${port} is in use by another program. ${remedy}`;
    return new UserError('in-use', message, String(port), { cause: fault });
  }
  if (code === 'EACCES') {
    const message = `Steadypen may not listen on port ${port}. ${remedy}`;
    return new UserError('no-access', message, String(port), { cause: fault });
  }
  return fault;
}

function isPlainServer(server: ServerType): server is Server {
  return 'closeAllConnections' in server;
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function hasSecret(cookies: string, name: string, secret: string): boolean {
  const wanted = Buffer.from(secret);
  return cookies.split(';').some((part) => {
    const [key, value] = part.trim().split('=', 2);
    const given = Buffer.from(value ?? '');
    return key === name && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
