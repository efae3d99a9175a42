import { once } from 'node:events';
import { request } from 'node:http';
import { symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startLoopbackServer } from '../../../src/host/loopback-server.ts';
import { temporaryFolder } from '../store/support.ts';
import { layOut, startApp, type RunningApp } from './support/running-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let app: RunningApp;
beforeAll(async () => {
  folder = temporaryFolder();
  const places = layOut(folder.path);
  symlinkSync(path.join(folder.path, 'secret.txt'), path.join(places.renderer, 'link.txt'));
  app = await startApp(places);
});
afterAll(async () => {
  await app.close();
  folder.remove();
});

/** A raw request: `fetch` would tidy paths and set Host by itself. */
function get(url: string, headers: Record<string, string> = {}) {
  const { port, host } = new URL(app.server.origin);
  return new Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: url, headers: { host, ...headers } };
      const sent = request(options, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
      });
      sent.on('error', reject);
      sent.end();
    },
  );
}

/** What the server answers to an upgrade: 101 when it lets the socket in. */
function upgrade(headers: Record<string, string>, url = '/rpc'): Promise<number> {
  const { host, origin } = new URL(app.server.origin);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${host}${url}`, {
      headers: { origin, cookie: app.cookie, ...headers },
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (sent, response) => {
      sent.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

test('the start URL sets a cookie that scripts and other sites cannot use, works once, and is never kept', async () => {
  const fresh = new URL(app.server.newUrl());
  const first = await get(fresh.pathname + fresh.search);
  expect(first.status).toBe(303);
  expect(first.headers).toMatchObject({ location: '/', 'cache-control': 'no-store' });
  expect(String(first.headers['set-cookie'])).toMatch(
    /^steadypen_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
  expect((await get(fresh.pathname + fresh.search)).status).toBe(403);
  expect((await get('/start?token=')).status).toBe(403);
  expect((await get('/start')).status).toBe(403);
});

test('a prefetch of the start URL does not use it up', async () => {
  const fresh = new URL(app.server.newUrl());
  expect((await get(fresh.pathname + fresh.search, { 'sec-purpose': 'prefetch' })).status).toBe(403);
  expect((await get(fresh.pathname + fresh.search, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await get(fresh.pathname + fresh.search)).status).toBe(303);
});

test('with the cookie the page is served, under a policy that lets nothing else in', async () => {
  const page = await get('/', { cookie: app.cookie });
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Steadypen</title>' });
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  });
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https:|\*/);
  expect(await get('/assets/app.js', { cookie: app.cookie })).toMatchObject({
    status: 200,
    body: 'export {};',
  });
});

const foreign = [
  { at: 'no cookie', headers: { cookie: '' }, want: 403 },
  { at: 'a wrong cookie', headers: { cookie: `steadypen_1=${'x'.repeat(43)}` }, want: 403 },
  { at: 'a foreign Host', headers: { host: 'evil.example' }, want: 421 },
  { at: 'localhost as Host', headers: { host: 'localhost:1' }, want: 421 },
  { at: 'a foreign Origin', headers: { origin: 'http://evil.example' }, want: 403 },
  { at: 'Origin null', headers: { origin: 'null' }, want: 403 },
  { at: 'another site', headers: { 'sec-fetch-site': 'cross-site' }, want: 403 },
  { at: 'another port of this machine', headers: { 'sec-fetch-site': 'same-site' }, want: 403 },
];

test.each(foreign)('$at: the page is refused with $want', async ({ headers, want }) => {
  expect((await get('/', { cookie: app.cookie, ...headers })).status).toBe(want);
});

test.each(foreign)('$at: the socket is refused with $want', async ({ headers, want }) => {
  expect(await upgrade(headers)).toBe(want);
});

test('the socket is let in from our own page only, and at its own path', async () => {
  expect(await upgrade({})).toBe(101);
  expect(await upgrade({}, '/other')).toBe(404);
});

test('a peer that resets its connection after a refused upgrade ends only that connection', async () => {
  const faults: unknown[] = [];
  const remember = (fault: unknown) => void faults.push(fault);
  process.on('uncaughtException', remember);
  try {
    for (let i = 0; i < 5; i++) {
      const peer = connect(Number(new URL(app.server.origin).port), '127.0.0.1');
      await once(peer, 'connect');
      peer.write('GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      peer.resetAndDestroy();
      await once(peer, 'close');
    }
    expect((await get('/', { cookie: app.cookie })).status).toBe(200);
    expect(await upgrade({})).toBe(101);
  } finally {
    process.off('uncaughtException', remember);
  }
  expect(faults).toEqual([]);
});

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/link.txt',
  '/%00',
  '/%zz',
  '//etc/passwd',
  '/assets',
])('%s leads nowhere', async (url) => {
  const answer = await get(url, { cookie: app.cookie });
  expect(answer.status).toBe(404);
  expect(answer.body).not.toContain('outside');
});

test('a port that another program listens on is named, with what to do', async () => {
  const port = Number(new URL(app.server.origin).port);
  const second = startLoopbackServer({ router: app.host.router, rendererFolder: folder.path, port });
  await expect(second).rejects.toMatchObject({
    code: 'in-use',
    message: `Port ${port} is in use by another program. Choose another, or leave it out and the system chooses one.`,
  });
});

test('only GET is answered', async () => {
  const answer = await fetch(`${app.server.origin}/`, {
    method: 'POST',
    headers: { cookie: app.cookie },
    body: 'x',
  });
  expect(answer.status).toBe(404);
});
