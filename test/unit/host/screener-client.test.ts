import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { ScreenerClient, type ScreenProgress } from '../../../src/host/screener-client.ts';
import { RECORDING } from '../store/support.ts';
import { expectGone } from './support/processes.ts';
import { scriptedSpawn } from './support/running-app.ts';

const clients: ScreenerClient[] = [];
function startClient(limits: { timeoutMs?: number; memoryBytes?: number } = {}) {
  const { spawn, ports } = scriptedSpawn();
  const client = new ScreenerClient({ spawn, ...limits });
  client.useModel('0123456789abcdef', new Uint8Array([1]));
  clients.push(client);
  return { client, ports };
}
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

async function screen(client: ScreenerClient, name: string, signal?: AbortSignal): Promise<string[]> {
  const said: string[] = [];
  const options = { task: null, signal };
  for await (const reply of client.screen({ kind: 'bytes', bytes: new Uint8Array(3), name }, options))
    said.push(wordFor(reply));
  return said;
}

function wordFor(reply: ScreenProgress): string {
  return reply.kind === 'page'
    ? `${reply.result.verdict} by ${reply.result.modelId}`
    : `reading ${reply.page}/${reply.pages}`;
}

const PAGE = 'tremor-like by 0123456789abcdef';

test('pages come one by one, requests in the order asked, with the model that is in use', async () => {
  const { client, ports } = startClient();
  const finished: string[] = [];
  const ask = (name: string) => screen(client, name).finally(() => finished.push(name));
  const [three, one] = await Promise.all([ask('3 pages.pdf'), ask('one.png')]);
  expect(three).toEqual(['reading 1/3', PAGE, 'reading 2/3', PAGE, 'reading 3/3', PAGE]);
  expect(one).toEqual(['reading 1/1', PAGE]);
  expect(finished).toEqual(['3 pages.pdf', 'one.png']);
  client.useModel('fedcba9876543210', new Uint8Array([2]));
  expect(await screen(client, 'two.png')).toEqual(['reading 1/1', 'tremor-like by fedcba9876543210']);
  expect(ports).toHaveLength(1);
});

test('a file that crashes the process becomes an error that names it; the rest goes on in a new one', async () => {
  const { client, ports } = startClient();
  const outcomes = await Promise.allSettled([
    screen(client, 'a.png'),
    screen(client, 'crash.png'),
    screen(client, 'broken.png'),
    screen(client, 'b.png'),
  ]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'internal', subject: 'crash.png' } },
    { status: 'rejected', reason: { code: 'damaged', subject: 'broken.png' } },
    { status: 'fulfilled', value: ['reading 1/1', PAGE] },
  ]);
  await expect(screen(client, 'crash 2.png')).rejects.toThrow(/crash 2\.png .*exit code 7.*last words/s);
  expect(ports).toHaveLength(2);
});

test('after an engine has failed the next file gets a new process', async () => {
  const { client, ports } = startClient();
  await expect(screen(client, 'engine.png')).rejects.toMatchObject({ code: 'engine-failed' });
  await expectGone(ports[0]?.pid);
  expect(await screen(client, 'b.png')).toEqual(['reading 1/1', PAGE]);
  expect(ports).toHaveLength(2);
});

test('a file that takes too long is left out, and the process is gone', async () => {
  const { client, ports } = startClient({ timeoutMs: 1500 });
  await expect(screen(client, 'deaf.png')).rejects.toMatchObject({ code: 'timed-out', subject: 'deaf.png' });
  await expectGone(ports[0]?.pid);
  expect(await screen(client, 'b.png')).toEqual(['reading 1/1', PAGE]);
});

test.runIf(process.platform === 'linux')(
  'a file that eats memory is left out before it takes the machine',
  async () => {
    const { client, ports } = startClient({ memoryBytes: 400e6 });
    await expect(screen(client, 'eat.png')).rejects.toMatchObject({
      code: 'out-of-memory',
      subject: 'eat.png',
    });
    await expectGone(ports[0]?.pid);
    expect(await screen(client, 'b.png')).toEqual(['reading 1/1', PAGE]);
  },
);

test('cancelling ends a file that listens, in the same process', async () => {
  const { client, ports } = startClient();
  await client.warmUp();
  const controller = new AbortController();
  const hanging = screen(client, 'hang.png', controller.signal);
  setTimeout(() => controller.abort(), 300);
  await expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
  expect(await screen(client, 'b.png')).toEqual(['reading 1/1', PAGE]);
  expect(ports).toHaveLength(1);
});

test('cancelling kills a process that does not listen, and what waits its turn is not started', async () => {
  const { client, ports } = startClient();
  await client.warmUp();
  const controller = new AbortController();
  const deaf = screen(client, 'deaf.png', controller.signal);
  const waiting = screen(client, 'crash.png', controller.signal);
  setTimeout(() => controller.abort(), 100);
  await expect(deaf).rejects.toMatchObject({ code: 'cancelled' });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  await expectGone(ports[0]?.pid);
  expect(ports).toHaveLength(1);
});

test('leaving the loop early cancels the rest of a file', async () => {
  const { client } = startClient();
  for await (const reply of client.screen({ kind: 'path', path: '/x', name: 'hang.pdf' }, { task: null })) {
    expect(reply.kind).toBe('reading');
    break;
  }
  expect(await screen(client, 'b.png')).toEqual(['reading 1/1', PAGE]);
});

test('close kills the process within a second and refuses what waits', async () => {
  const { client, ports } = startClient();
  await client.warmUp();
  const deaf = screen(client, 'deaf.png');
  const waiting = screen(client, 'b.png');
  await wait(100);
  const outcomes = Promise.allSettled([deaf, waiting]);
  client.close();
  expect(await outcomes).toMatchObject([
    { reason: { code: 'cancelled' } },
    { reason: { code: 'cancelled' } },
  ]);
  await expectGone(ports[0]?.pid);
});

test('patches of several samples are joined; one that crashes the process is left out', async () => {
  const { client } = startClient();
  const labelled = (name: string, subject: string, tremorLike: boolean) => () =>
    Promise.resolve({
      input:
        name === 'drawing'
          ? ({ kind: 'recording', recording: RECORDING } as const)
          : ({ kind: 'bytes', bytes: new Uint8Array(1), name } as const),
      page: 1,
      task: 'wave' as const,
      tremorLike,
      subject,
    });
  const progress: number[] = [];
  const inputs = [
    labelled('drawing', 'a', true),
    labelled('crash.png', 'b', true),
    labelled('c.png', 'c', false),
  ];
  const { patches, skipped } = await client.patches(inputs, { onProgress: (done) => progress.push(done) });
  expect(patches).toMatchObject({ count: 2, subjects: ['a', 'c'], groups: ['spiral', 'spiral'] });
  expect([...patches.labels]).toEqual([1, 0]);
  expect(patches.pixels).toHaveLength(2 * 128 * 128);
  expect(skipped).toMatchObject([{ index: 1, error: { message: expect.stringContaining('crash.png') } }]);
  expect(progress).toEqual([1, 2, 3]);
});
