import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Api } from '../../../../src/api/contract.ts';
import { createHost, type RunningHost } from '../../../../src/host/host.ts';
import { startLoopbackServer, type LoopbackServer } from '../../../../src/host/loopback-server.ts';
import { nodeClock } from '../../../../src/host/node-clock.ts';
import type { Port, SpawnChild } from '../../../../src/host/port.ts';
import { forkProgram } from '../../../../src/host/spawn-node.ts';
import { untrainedModelFile } from './tiny-model.ts';

/** Children that behave as their input says (test/unit/host/programs), and the ports handed out. */
export function scriptedSpawn(): { readonly spawn: SpawnChild; readonly ports: Port[] } {
  const ports: Port[] = [];
  const spawn: SpawnChild = (program) => {
    const port = forkProgram(fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url)));
    ports.push(port);
    return port;
  };
  return { spawn, ports };
}

/** Lays out what the app needs below a folder: assets with an untrained factory model, and a page to serve. */
export function layOut(folder: string) {
  const [home, assets, renderer] = ['home', 'assets', 'renderer'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(path.join(assets, 'models'), { recursive: true });
  mkdirSync(path.join(assets, 'examples'), { recursive: true });
  mkdirSync(path.join(renderer, 'assets'), { recursive: true });
  writeFileSync(path.join(assets, 'models', 'factory.spm'), untrainedModelFile('Factory', 1));
  const examples = [{ name: 'spiral.png', title: 'A spiral', task: 'spiral-traced' }];
  writeFileSync(path.join(assets, 'examples', 'examples.json'), JSON.stringify(examples));
  writeFileSync(path.join(assets, 'examples', 'spiral.png'), 'not really a picture');
  writeFileSync(path.join(renderer, 'index.html'), '<!doctype html><title>Steadypen</title>');
  writeFileSync(path.join(renderer, 'assets', 'app.js'), 'export {};');
  writeFileSync(path.join(folder, 'secret.txt'), 'outside the served folder');
  return { home, assets, renderer };
}

export interface RunningApp {
  readonly host: RunningHost;
  readonly server: LoopbackServer;
  readonly cookie: string;
  readonly ports: readonly Port[];
  /** A client over a WebSocket of its own. */
  connect(): Promise<{ readonly api: Api; close(): void }>;
  close(): Promise<void>;
}

/** The real host and loopback server on a folder laid out by `layOut`, with scripted children unless told otherwise. */
export async function startApp(folder: ReturnType<typeof layOut>, spawn?: SpawnChild): Promise<RunningApp> {
  const scripted = scriptedSpawn();
  const host = await createHost({
    home: folder.home,
    hostKind: 'browser',
    spawn: spawn ?? scripted.spawn,
    clock: nodeClock,
    version: '0.0.0-test',
    assetsFolder: folder.assets,
  });
  const server = await startLoopbackServer({ router: host.router, rendererFolder: folder.renderer });
  const start = await fetch(server.url, { redirect: 'manual' });
  const cookie = (start.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const sockets: WebSocket[] = [];
  return {
    host,
    server,
    cookie,
    ports: scripted.ports,
    connect: async () => {
      const url = `${server.origin.replace('http', 'ws')}/rpc`;
      const socket = new WebSocket(url, { headers: { cookie, origin: server.origin } });
      sockets.push(socket);
      await once(socket, 'open');
      const api: Api = createORPCClient(new RPCLink({ websocket: socket }));
      return { api, close: () => socket.close() };
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      await server.close();
      await host.close();
    },
  };
}
