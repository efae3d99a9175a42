import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { traverseContractProcedures } from '@orpc/server';
import { ORPCError, safe } from '@orpc/client';
import {
  contract,
  type Api,
  type Notice,
  type RunEvent,
  type ScreenEvent,
} from '../../../src/api/contract.ts';
import { RECORDING, temporaryFolder } from '../store/support.ts';
import { expectGone } from './support/processes.ts';
import { layOut, startApp, type RunningApp } from './support/running-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let places: ReturnType<typeof layOut>;
let app: RunningApp;
let api: Api;
const called = new Set<string>();

/** Notes which calls were made, so that the last test can say which were forgotten. */
function noting<T extends object>(target: T, path: readonly string[] = []): T {
  return new Proxy(target, {
    get: (inner, key) => {
      const value: unknown = Reflect.get(inner, key);
      const here = [...path, String(key)];
      return (typeof value === 'function' || typeof value === 'object') && value !== null && path.length < 2
        ? noting(value, here)
        : value;
    },
    apply: (inner, self, args) => {
      called.add(path.join('.'));
      return Reflect.apply(inner as unknown as (...given: unknown[]) => unknown, self, args);
    },
  });
}

async function start(): Promise<void> {
  app = await startApp(places);
  api = noting((await app.connect()).api);
}
async function restart(): Promise<void> {
  await app.close();
  await start();
}
beforeAll(async () => {
  folder = temporaryFolder();
  places = layOut(folder.path);
  await start();
});
afterAll(async () => {
  await app.close();
  folder.remove();
});

/** The `ErrorInfo` of the typed error REFUSED. */
async function refusal(call: Promise<unknown>): Promise<unknown> {
  const { error } = await safe(call);
  if (error instanceof ORPCError && error.defined && error.code === 'REFUSED') return error.data;
  throw new Error(`expected the typed error REFUSED, got ${String(error)}`);
}

const file = (name: string, bytes = 10) => ({
  file: new Blob([new Uint8Array(bytes).fill(7)], { type: 'image/png' }),
  name,
  task: null,
  participant: 'P-1',
});

async function screenFile(input: ReturnType<typeof file>): Promise<ScreenEvent[]> {
  const events: ScreenEvent[] = [];
  for await (const event of await api.screening.file(input)) events.push(event);
  return events;
}

const drawing = { recording: RECORDING, hand: 'left', participant: 'P-2', journal: null } as const;
const ALL = { offset: 0, limit: 100 };

describe('settings and participants', () => {
  test('settings have defaults, change one by one, and survive a restart', async () => {
    expect(await api.app.settings()).toEqual({
      theme: 'system',
      participant: null,
      hand: 'right',
      task: 'spiral-traced',
      sensitivity: 'balanced',
    });
    await api.app.changeSettings({ theme: 'dark' });
    expect(await api.app.changeSettings({ participant: 'P-7' })).toMatchObject({
      theme: 'dark',
      participant: 'P-7',
    });
    await restart();
    expect(await api.app.settings()).toMatchObject({ theme: 'dark', participant: 'P-7' });
  });

  test('a participant is added once', async () => {
    expect(await api.participants.create({ code: 'P-1' })).toEqual({ code: 'P-1' });
    expect(await refusal(api.participants.create({ code: 'P-1' }))).toMatchObject({
      code: 'bad-argument',
      subject: 'P-1',
    });
    expect(await api.participants.list()).toEqual([{ code: 'P-1', samples: 0 }]);
  });

  test('input of the wrong shape is refused before it reaches the store, and the field is named', async () => {
    const { error } = await safe(api.participants.create({ code: 'Jane Doe' }));
    expect(error).toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: ['code'] }] } });
    const { error: theme } = await safe(api.app.changeSettings({ theme: 'pink' as 'dark' }));
    expect(theme).toMatchObject({ code: 'BAD_REQUEST', data: { issues: [{ path: ['theme'] }] } });
  });

  test('doctor names every part, engine, the data folder and the database', async () => {
    const report = await api.app.doctor();
    const names = report.parts.map((part) => part.name);
    for (const name of [
      'electron',
      '@tensorflow/tfjs-node-gpu',
      'sharp',
      'svelte',
      'electron-builder',
      'node:sqlite',
    ]) {
      expect(names).toContain(name);
    }
    for (const part of [...report.parts, ...report.backends]) {
      expect(
        part.found === (part.remedy === null),
        `${part.name}: a remedy exactly where it is missing`,
      ).toBe(true);
    }
    expect(report).toMatchObject({
      version: '0.0.0-test',
      host: 'browser',
      database: { ok: true, samples: 0 },
    });
    expect(report.dataFolder).toMatchObject({ path: places.home, writable: true });
    expect(report.dataFolder.bytes).toBeGreaterThan(10_000);
  });
});

describe('screening', () => {
  test('a drawing is screened, stored with its pictures, and its journal is closed', async () => {
    const { sample, result } = await api.screening.recording(drawing);
    expect(sample).toMatchObject({
      kind: 'recording',
      hand: 'left',
      participant: 'P-2',
      verdict: 'tremor-like',
      label: null,
    });
    const [factory] = await api.models.list();
    expect(result).toMatchObject({ probability: 0.9, modelId: factory?.id });
    const detail = await api.samples.get({ id: sample.id });
    expect(detail).toMatchObject({ recording: RECORDING, width: 64, height: 48, originalName: null, result });
    const picture = await api.samples.picture({ id: sample.id, what: 'page' });
    expect([picture.type, await picture.text()]).toEqual(['image/webp', 'page']);
    expect(await app.host.store.journals.ids()).toEqual([]);
  });

  test('drawings and files are screened as sensitively as the settings say', async () => {
    await api.app.changeSettings({ sensitivity: 'high' });
    const { result } = await api.screening.recording(drawing);
    const events = await screenFile(file('a.png'));
    await api.app.changeSettings({ sensitivity: 'balanced' });
    const ofFile = events.flatMap((event) => (event.kind === 'sample' ? [event.result.sensitivity] : []));
    expect([result.sensitivity, ...ofFile]).toEqual(['high', 'high']);
    expect((await api.screening.recording(drawing)).result.sensitivity).toBe('balanced');
  });

  test('a drawing without a stroke is refused', async () => {
    const nothing = { ...drawing, recording: { ...RECORDING, strokes: [] } };
    expect(await refusal(api.screening.recording(nothing))).toMatchObject({ code: 'no-strokes' });
  });

  test('each page of a file is a sample, announced as it is read', async () => {
    const events = await screenFile(file('3 pages.pdf'));
    expect(events.map((event) => event.kind)).toEqual([
      'reading',
      'sample',
      'reading',
      'sample',
      'reading',
      'sample',
    ]);
    expect(events.flatMap((event) => (event.kind === 'sample' ? [event.sample.page] : []))).toEqual([
      1, 2, 3,
    ]);
  });

  test('20 MB come through whole', async () => {
    const before = await app.host.store.library.list(ALL);
    await screenFile(file('large.png', 20e6));
    const [sample] = (await app.host.store.library.list(ALL)).samples;
    expect((await app.host.store.library.list(ALL)).total).toBe(before.total + 1);
    const stored = await app.host.store.db
      .selectFrom('sample')
      .select('file_blob')
      .where('id', '=', sample?.id ?? '')
      .executeTakeFirstOrThrow();
    if (stored.file_blob === null) throw new Error('the file was not kept');
    const bytes = await app.host.store.blobs.get(stored.file_blob);
    expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([20e6, 7, 7]);
  });

  test('a file beyond the limit is refused by name, with the limit', async () => {
    const error = await refusal(screenFile(file('huge.tif', 65 * 1024 * 1024)));
    expect(error).toMatchObject({ code: 'too-large', subject: 'huge.tif' });
    expect(error).toMatchObject({ message: expect.stringContaining('64 MB is the most') });
  });

  test.each([
    { name: 'broken.png', code: 'damaged' },
    { name: 'crash.png', code: 'internal' },
  ])('$name is refused by name, keeps nothing, and the next file goes on', async ({ name, code }) => {
    const { total } = await api.samples.list(ALL);
    expect(await refusal(screenFile(file(name)))).toMatchObject({ code, subject: name });
    expect((await api.samples.list(ALL)).total).toBe(total);
    expect(await screenFile(file('next.png'))).toHaveLength(2);
  });

  test('aborting a file ends it; the next one is screened', async () => {
    const controller = new AbortController();
    const events = await api.screening.file(file('hang.pdf'), { signal: controller.signal });
    expect((await events.next()).value).toMatchObject({ kind: 'reading', page: 1 });
    controller.abort();
    await expect(events.next()).rejects.toBeDefined();
    expect(await screenFile(file('next.png'))).toHaveLength(2);
  });

  test('an example can be tried', async () => {
    const [example] = await api.screening.examples();
    expect(example).toEqual({ name: 'spiral.png', title: 'A spiral', task: 'spiral-traced' });
    const { sample } = await api.screening.example({ name: 'spiral.png', participant: null });
    expect(sample).toMatchObject({ task: 'spiral-traced', participant: null });
    expect(await refusal(api.screening.example({ name: '../secret.txt', participant: null }))).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('drawing in progress', () => {
  const page = {
    task: 'wave',
    hand: 'right',
    participant: 'P-3',
    unit: 'mm',
    mmPerUnit: 1,
    pointer: 'pen',
  } as const;
  const [stroke] = RECORDING.strokes;
  if (!stroke) throw new Error('the recording has no stroke');

  test('strokes drawn before a crash are a sample after the next start, and only once', async () => {
    const { id } = await api.capture.begin(page);
    await api.capture.append({ id, stroke });
    await api.capture.append({ id, stroke });
    await api.capture.retract({ id });
    await restart();
    const { samples } = await api.samples.list({ limit: 1 });
    expect(samples[0]?.id).toBe(id);
    expect(await app.host.recovery.settled).toBe(1);
    const found = await api.samples.get({ id });
    expect(found).toMatchObject({ task: 'wave', participant: 'P-3', verdict: 'tremor-like' });
    expect(found.recording).toEqual({ ...RECORDING, task: 'wave', strokes: [stroke] });
    await restart();
    expect(await app.host.recovery.settled).toBe(0);
  });

  test('an abandoned drawing does not come back; a finished one has one sample', async () => {
    const { id: abandoned } = await api.capture.begin(page);
    await api.capture.append({ id: abandoned, stroke });
    await api.capture.abandon({ id: abandoned });
    expect(await refusal(api.capture.append({ id: abandoned, stroke }))).toMatchObject({ code: 'not-found' });
    const { id } = await api.capture.begin(page);
    await api.capture.append({ id, stroke });
    const finished = { ...drawing, journal: id };
    expect((await api.screening.recording(finished)).sample.id).toBe(id);
    expect((await api.screening.recording(finished)).sample.id).toBe(id);
    await restart();
    expect(await app.host.recovery.settled).toBe(0);
  });
});

async function nextNotice(): Promise<Notice | undefined> {
  for await (const notice of await api.app.notices()) return notice;
  return undefined;
}

test('a file that the shell hands over is told of, and fetched once', async () => {
  const read: string[] = [];
  app.host.handedFiles.onRead((file) => read.push(file));
  app.host.handedFiles.add([`${folder.path}/secret.txt`, `${folder.path}/none.png`]);
  const notice = await nextNotice();
  if (notice?.kind !== 'files') throw new Error(`expected files, got ${notice?.kind}`);
  expect(notice.files.map(({ name }) => name)).toEqual(['secret.txt', 'none.png']);
  const [there, missing] = notice.files.map(({ id }) => id);
  expect(await (await api.app.handedFile({ id: there ?? '' })).text()).toBe('outside the served folder');
  expect(await refusal(api.app.handedFile({ id: there ?? '' }))).toMatchObject({ code: 'not-found' });
  expect(await refusal(api.app.handedFile({ id: missing ?? '' }))).toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/^There is no file .*none\.png\. Check/),
  });
  expect(read).toEqual([`${folder.path}/secret.txt`]);
});

describe('library', () => {
  test('label, undo, delete, restore', async () => {
    const { samples, total } = await api.samples.list({ limit: 2 });
    const ids = samples.map((sample) => sample.id);
    const { former } = await api.samples.label({ ids, label: 'regular' });
    expect(former).toEqual(ids.map((id) => ({ id, label: null })));
    expect(await api.samples.list({ label: 'regular' })).toMatchObject({
      matching: 2,
      total,
      disagreeing: 2,
    });
    expect((await api.samples.get({ id: ids[0] ?? '' })).labels).toMatchObject([
      { label: 'regular', by: 'user' },
    ]);
    await api.samples.delete({ ids });
    expect((await api.samples.list({})).total).toBe(total - 2);
    await api.samples.restore({ ids });
    expect(await api.samples.list({ disagree: true })).toMatchObject({ matching: 2, total });
  });

  test('an unknown sample is named', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    for (const call of [
      api.samples.get({ id }),
      api.samples.picture({ id, what: 'thumb' }),
      api.samples.delete({ ids: [id] }),
    ]) {
      expect(await refusal(call)).toMatchObject({ code: 'not-found', subject: id });
    }
  });
});

describe('training and models', () => {
  const request = {
    synthetic: 100,
    syntheticKinds: ['fonts' as const],
    ownSamples: true,
    penalty: 'l0' as const,
    targetSparsity: 0.9,
    epochs: 2,
  };
  async function watch(id: string): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of await api.training.watch({ id })) events.push(event);
    return events;
  }
  const kinds = (events: readonly RunEvent[]) => events.map((event) => event.kind);

  test('a run is watched to its end; its model is a candidate, then active, then rolled back', async () => {
    expect(await api.training.current()).toBeNull();
    expect(await api.training.data()).toMatchObject({ regular: 2, tremorLike: 0, dominant: null });
    const run = await api.training.start({ ...request, seed: 10 });
    const live = await watch(run.id);
    expect(kinds(live).filter((kind) => kind !== 'preparing' && kind !== 'measuring')).toEqual([
      'started',
      'epoch',
      'step',
      'epoch',
      'done',
    ]);
    const started = live.find((event) => event.kind === 'started');
    expect(started).toMatchObject({ trainCount: 2 });
    expect(started).toMatchObject({ backendDetail: expect.stringMatching(/^own: (person|file|sample):/) });
    const done = live.at(-1);
    if (done?.kind !== 'done') throw new Error('the run did not end well');
    expect(done.active).not.toBeNull();
    expect(await api.training.current()).toMatchObject({
      id: run.id,
      state: 'done',
      request: { seed: 10, a: 1 },
    });

    const states = async () =>
      (await api.models.list()).map((model) => `${model.name}: ${model.state}`).sort();
    expect(await states()).toEqual(['Factory: active', 'trained with seed 10: candidate']);
    await api.models.activate({ id: done.modelId });
    await restart();
    expect(await states()).toEqual(['Factory: factory', 'trained with seed 10: active']);
    const { result } = await api.screening.recording(drawing);
    expect(result.modelId).toBe(done.modelId);
    expect(await api.models.show({ id: done.modelId })).toMatchObject({
      seed: 10,
      parameters: 22_274,
      fcZeros: 0.25,
    });
    await api.models.rollback();
    expect(await states()).toEqual(['Factory: active', 'trained with seed 10: archived']);
    expect(await refusal(api.models.rollback())).toMatchObject({ code: 'bad-argument' });
    expect(await refusal(api.models.discard({ id: done.modelId }))).toMatchObject({ code: 'bad-argument' });
    // After a restart the run can still be looked at, its curve whole.
    expect(kinds(await watch(run.id))).toEqual(['started', 'epoch', 'epoch', 'done']);
  });

  test('one run at a time; a late watcher sees all of it; cancel ends it, and the active model stays', async () => {
    const [active] = (await api.models.list()).filter((model) => model.state === 'active');
    const run = await api.training.start({ ...request, seed: 2 });
    const early = watch(run.id);
    expect(await refusal(api.training.start({ ...request, seed: 11 }))).toMatchObject({ code: 'in-use' });
    const late = await (await app.connect()).api.training.watch({ id: run.id });
    expect((await late.next()).value).toMatchObject({ kind: 'preparing' });
    await api.training.cancel({ id: run.id });
    expect((await early).at(-1)).toMatchObject({ kind: 'failed', reason: 'cancelled' });
    let last: RunEvent | undefined;
    for await (const event of late) last = event;
    expect(last).toMatchObject({ kind: 'failed', reason: 'cancelled' });
    expect(await api.training.current()).toMatchObject({ id: run.id, state: 'failed' });
    expect((await api.models.list()).filter((model) => model.state === 'active')).toEqual([active]);
  });

  test.each([
    {
      at: 'a crash',
      seed: 1,
      want: { reason: 'fault', error: { message: expect.stringContaining('exit code 9') } },
    },
    {
      at: 'too little data',
      seed: 4,
      want: { reason: 'too-few-samples', error: { message: 'Label more samples.' } },
    },
  ])('$at is the last word of the run', async ({ seed, want }) => {
    const run = await api.training.start({ ...request, ownSamples: false, seed });
    expect((await watch(run.id)).at(-1)).toMatchObject({ kind: 'failed', ...want });
  });

  test('a candidate can be discarded', async () => {
    const run = await api.training.start({ ...request, ownSamples: false, seed: 12 });
    const done = (await watch(run.id)).at(-1);
    if (done?.kind !== 'done') throw new Error('the run did not end well');
    await api.models.discard({ id: done.modelId });
    expect(await api.models.show({ id: done.modelId })).toMatchObject({ state: 'archived' });
  });

  test('closing in the middle of a run ends its process, and the next start says so', async () => {
    const run = await api.training.start({ ...request, ownSamples: false, seed: 3 });
    const events = await api.training.watch({ id: run.id });
    expect((await events.next()).value).toMatchObject({ kind: 'started' });
    const trainer = app.ports.at(-1)?.pid;
    await restart();
    await expectGone(trainer);
    expect((await watch(run.id)).at(-1)).toMatchObject({ kind: 'failed', reason: 'app-ended' });
    expect(await nextNotice()).toMatchObject({ kind: 'training-cut-off', run: { id: run.id } });
  });

  test('an unknown run or model is named', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await refusal(watch(id))).toMatchObject({ code: 'not-found', subject: id });
    expect(await refusal(api.models.activate({ id: '0'.repeat(16) }))).toMatchObject({ code: 'not-found' });
  });
});

test('every call of the contract was made above', () => {
  const all: string[] = [];
  traverseContractProcedures({ router: contract, path: [] }, ({ path }) => all.push(path.join('.')));
  expect(all.filter((path) => !called.has(path))).toEqual([]);
});
