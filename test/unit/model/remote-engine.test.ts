import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { Rng } from '../../../src/base/rng.ts';
import { enginePortOf, type EventPort } from '../../../src/model/engine-port.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { initialParameters } from '../../../src/model/parameters.ts';
import { connectEngine } from '../../../src/model/remote-engine.ts';
import { serveEngine } from '../../../src/model/serve-engine.ts';
import type { Engine, Network } from '../../../src/tensor/engine.ts';
import { TINY, tinyPatches } from './tiny.ts';

const here = await openEngine('cpu');
const flat = initialParameters(TINY, new Rng('remote'));
const set = tinyPatches(5, 'remote');
const images = Float32Array.from(set.pixels, (value) => value / 255);

function portOf(port: MessagePort) {
  return enginePortOf(port as unknown as EventPort);
}

/** Both ends in this process: every message is cloned as between processes. */
function channel(start: () => Promise<Engine>) {
  const { port1, port2 } = new MessageChannel();
  serveEngine(start, portOf(port1));
  return { near: portOf(port2), far: port1 };
}

/** An engine whose networks answer when the test wants. */
function slowEngine() {
  const answers: (() => void)[] = [];
  const log: string[] = [];
  const network: Network = {
    lossAndGradient: () =>
      new Promise((resolve) => answers.push(() => resolve({ loss: 1, gradient: new Float32Array(1) }))),
    cellContributions: () =>
      Promise.reject(
        new UserError('out-of-memory', 'The graphics processor has too little memory.', 'webgpu'),
      ),
    close: () => void log.push('network closed'),
  };
  const engine: Engine = {
    backend: 'webgpu',
    detail: 'slow',
    threads: 1,
    warning: 'It is slow.',
    open: () => Promise.resolve(network),
    close: () => void log.push('engine closed'),
  };
  return { engine, answers, log };
}

test('computes what the engine over there computes, and leaves the caller its arrays', async () => {
  const { near } = channel(() => Promise.resolve(here));
  const remote = await connectEngine(near);
  expect(remote).toMatchObject({ backend: 'cpu', detail: here.detail, threads: here.threads });
  const [there, local] = [await remote.open(TINY), await here.open(TINY)];
  const wanted = await local.lossAndGradient(flat, images, set.labels);
  expect(await there.lossAndGradient(flat, images, set.labels)).toEqual(wanted);
  expect(await there.cellContributions(flat, images, 5)).toEqual(
    await local.cellContributions(flat, images, 5),
  );
  expect([flat.length, images.length, set.labels.length]).toEqual([wanted.gradient.length, 5 * 256, 5]);
  there.close();
  there.close();
  remote.close();
});

test('a fault keeps its code, message and subject on the way', async () => {
  const { near } = channel(() => Promise.resolve(slowEngine().engine));
  const remote = await connectEngine(near);
  expect(remote.warning).toBe('It is slow.');
  const network = await remote.open(TINY);
  const fault = await network.cellContributions(flat, images, 5).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(UserError);
  expect(fault).toMatchObject({
    code: 'out-of-memory',
    message: 'The graphics processor has too little memory.',
    subject: 'webgpu',
  });
  remote.close();
});

test('an engine that does not start says why; the next one that connects may have more luck', async () => {
  let starts = 0;
  const { near } = channel(() => {
    starts++;
    if (starts > 1) return Promise.resolve(here);
    return Promise.reject(
      new UserError('no-backend', 'The backend webgpu found no graphics processor.', 'webgpu'),
    );
  });
  await expect(connectEngine(near)).rejects.toMatchObject({ code: 'no-backend', subject: 'webgpu' });
  const remote = await connectEngine(near);
  expect(remote.backend).toBe('cpu');
  remote.close();
});

test('when the other end goes away, waiting calls and later ones fail', async () => {
  const { engine } = slowEngine();
  const { near, far } = channel(() => Promise.resolve(engine));
  const network = await (await connectEngine(near)).open(TINY);
  const waiting = network.lossAndGradient(flat, images, set.labels);
  far.close();
  await expect(waiting).rejects.toMatchObject({ code: 'engine-failed' });
  await expect(network.lossAndGradient(flat, images, set.labels)).rejects.toMatchObject({
    code: 'engine-failed',
  });
});

test('a port that refuses a message fails the call instead of letting it wait', async () => {
  const engine = connectEngine({
    postMessage: () => {
      throw new Error('the process has ended (exit code 9)');
    },
    onMessage: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  });
  await expect(engine).rejects.toThrow('exit code 9');
});

test('requests are answered one after the other', async () => {
  const { engine, answers } = slowEngine();
  const { near } = channel(() => Promise.resolve(engine));
  const remote = await connectEngine(near);
  const network = await remote.open(TINY);
  const order: string[] = [];
  const first = network.lossAndGradient(flat, images, set.labels).then(() => order.push('gradient'));
  const second = network.cellContributions(flat, images, 5).catch(() => order.push('cells'));
  await expect.poll(() => answers.length).toBe(1);
  expect(order).toEqual([]);
  answers[0]?.();
  await Promise.all([first, second]);
  expect(order).toEqual(['gradient', 'cells']);
  remote.close();
});

test('what was open over there is closed when the one who asked goes away', async () => {
  const { engine, log } = slowEngine();
  const { near } = channel(() => Promise.resolve(engine));
  const remote = await connectEngine(near);
  await remote.open(TINY);
  await (await remote.open(TINY)).cellContributions(flat, images, 5).catch(() => undefined);
  remote.close();
  await expect.poll(() => log).toEqual(['network closed', 'network closed', 'engine closed']);
});
