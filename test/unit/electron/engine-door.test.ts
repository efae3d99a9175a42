import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';
import { expect, test } from 'vitest';
import { openEnginesFor, type EngineSeeker, type EngineWindow } from '../../../electron/engine-door.ts';
import { UserError } from '../../../src/base/errors.ts';
import { Rng } from '../../../src/base/rng.ts';
import { requestEnginePort, type DoorPort, type MainPort } from '../../../src/host/engine-door.ts';
import { enginePortOf, type EventPort } from '../../../src/model/engine-port.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { initialParameters } from '../../../src/model/parameters.ts';
import { connectEngine } from '../../../src/model/remote-engine.ts';
import { serveEngine } from '../../../src/model/serve-engine.ts';
import { TINY } from '../model/tiny.ts';

/** Behaves as Electron documents its MessagePortMain: events carry `data`, and nothing comes before `start`. */
class FakeMainPort extends EventEmitter implements MainPort {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
  }
  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data }));
    this.#port.on('close', () => this.emit('close'));
  }
  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }
  close(): void {
    this.#port.close();
  }
}

/** A utility process as its host sees it and, in `door`, as it sees itself. */
function fakeChild() {
  const host = new EventEmitter();
  const inside = new EventEmitter();
  const seeker: EngineSeeker = {
    on: (event: string, listener: (message: unknown) => void) => host.on(event, listener),
    postMessage: (data, ports = []) => void inside.emit('message', { data: structuredClone(data), ports }),
  };
  const door: DoorPort = {
    on: (event, listener) => inside.on(event, listener),
    postMessage: (message) => void queueMicrotask(() => host.emit('message', structuredClone(message))),
  };
  return { seeker, door, exit: () => host.emit('exit', 0) };
}

/** A window whose worker has the engine cpu. */
function fakeWindow() {
  const { port1, port2 } = new MessageChannel();
  serveEngine(() => openEngine('cpu'), enginePortOf(port2 as unknown as EventPort));
  const gone: ((reason: string) => void)[] = [];
  let closed = 0;
  const window: EngineWindow = {
    port: new FakeMainPort(port1) as unknown as MessagePortMain,
    onGone: (listener) => void gone.push(listener),
    close: () => void closed++,
  };
  return {
    window,
    closed: () => closed,
    end: (reason: string) => gone.forEach((listener) => listener(reason)),
  };
}

const flat = initialParameters(TINY, new Rng(1));
const one = [flat, new Float32Array(256), Uint8Array.of(1)] as const;

test('a child that asks computes through the window, which closes when the child ends', async () => {
  const { seeker, door, exit } = fakeChild();
  const { window, closed } = fakeWindow();
  openEnginesFor(seeker, () => Promise.resolve(window));
  const engine = await connectEngine(await requestEnginePort(door));
  const wanted = await (await (await openEngine('cpu')).open(TINY)).lossAndGradient(...one);
  expect(await (await engine.open(TINY)).lossAndGradient(...one)).toEqual(wanted);
  expect(closed()).toBe(0);
  exit();
  expect(closed()).toBe(1);
});

test('openEngine takes that way where it is offered', async () => {
  const { seeker, door } = fakeChild();
  openEnginesFor(seeker, () => Promise.resolve(fakeWindow().window));
  const engine = await openEngine('webgpu', { remoteWebgpu: () => requestEnginePort(door) });
  expect(engine.backend).toBe('cpu'); // what this window's worker has
  engine.close();
});

test('a window that does not open is told as such', async () => {
  const { seeker, door } = fakeChild();
  openEnginesFor(seeker, () =>
    Promise.reject(new UserError('engine-failed', 'The window for WebGPU did not open.', 'webgpu')),
  );
  const fault = await requestEnginePort(door).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(UserError);
  expect(fault).toMatchObject({ code: 'engine-failed', message: 'The window for WebGPU did not open.' });
});

test('a window that ends fails the calls of the child', async () => {
  const { seeker, door } = fakeChild();
  const { window, end } = fakeWindow();
  openEnginesFor(seeker, () => Promise.resolve(window));
  const network = await (await connectEngine(await requestEnginePort(door))).open(TINY);
  const running = network.lossAndGradient(...one);
  end('its window ended: crashed');
  await expect(running).rejects.toMatchObject({ code: 'engine-failed' });
  await expect(network.lossAndGradient(...one)).rejects.toThrow('its window ended: crashed');
});

test('a window that opens after its child has ended is closed at once', async () => {
  const { seeker, door, exit } = fakeChild();
  const { window, closed } = fakeWindow();
  const opening = Promise.withResolvers<EngineWindow>();
  openEnginesFor(seeker, () => opening.promise);
  void requestEnginePort(door);
  await Promise.resolve();
  exit();
  opening.resolve(window);
  await expect.poll(closed).toBe(1);
});

test('a child that asks again gets a new window in place of the old one', async () => {
  const { seeker, door } = fakeChild();
  const windows = [fakeWindow(), fakeWindow()];
  let opened = 0;
  openEnginesFor(seeker, () => Promise.resolve(windows[opened++]!.window));
  await requestEnginePort(door);
  await requestEnginePort(door);
  expect(windows.map(({ closed }) => closed())).toEqual([1, 0]);
});
