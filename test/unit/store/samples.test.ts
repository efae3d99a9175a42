import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SampleId } from '../../../src/base/ids.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { HandClock, nextSampleId, RECORDING, resultOf, sampleOf, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
let clock: HandClock;
let store: Store;
beforeEach(async () => {
  folder = temporaryFolder();
  clock = new HandClock();
  store = await openStore(folder.path, { clock });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const ALL = { offset: 0, limit: 100 };

test('a sample comes back as it was stored, also after a restart', async () => {
  const result = resultOf({ verdict: 'tremor-like', probability: 0.82, page: 2 });
  const sample = sampleOf({ participant: 'P-017', result });
  await store.samples.add(sample);
  await store.close();
  store = await openStore(folder.path, { clock });
  expect(await store.library.get(sample.id)).toEqual({
    id: sample.id,
    kind: 'recording',
    task: 'spiral-free',
    hand: 'right',
    participant: 'P-017',
    createdAt: '2026-01-02T03:04:05.000Z',
    label: null,
    verdict: 'tremor-like',
    reason: null,
    probability: 0.82,
    disagree: false,
    durationS: null,
    page: 2,
    result,
    labels: [],
    width: 640,
    height: 480,
    recording: RECORDING,
    originalName: null,
  });
  const picture = await store.library.picture(sample.id, 'ink');
  expect(new TextDecoder().decode(picture ?? undefined)).toBe(`ink of ${sample.id}`);
});

test('a sample of which nobody knows what was drawn is found by just that', async () => {
  const unknown = sampleOf({ result: resultOf({ task: null, taskFrom: 'unknown' }) });
  await store.samples.add(unknown);
  await store.samples.add(sampleOf());
  const { samples, matching } = await store.library.list({ ...ALL, task: 'unknown' });
  expect([matching, samples[0]?.id, samples[0]?.task]).toEqual([1, unknown.id, null]);
  expect((await store.library.list({ ...ALL, task: 'spiral-free' })).matching).toBe(1);
  await store.samples.label([unknown.id], 'regular', 'user');
  expect((await store.library.labelled()).map(({ task }) => task)).toEqual([null]);
});

test('the newest label counts, the history is kept, and the former label is returned for Undo', async () => {
  const { id } = sampleOf();
  await store.samples.add(sampleOf({ id }));
  expect(await store.samples.label([id], 'regular', 'user')).toEqual([{ id, label: null }]);
  clock.advance(1000);
  expect(await store.samples.label([id], 'tremor-like', 'user')).toEqual([{ id, label: 'regular' }]);
  expect(await store.samples.label([id], null, 'user')).toEqual([{ id, label: 'tremor-like' }]);
  const { label, labels } = await store.library.get(id);
  expect(label).toBeNull();
  expect(labels.map((entry) => [entry.label, entry.at])).toEqual([
    ['regular', '2026-01-02T03:04:05.000Z'],
    ['tremor-like', '2026-01-02T03:04:06.000Z'],
    [null, '2026-01-02T03:04:06.000Z'],
  ]);
});

test('every change leaves its audit row; one that fails leaves neither change nor row', async () => {
  const { id } = sampleOf();
  await store.samples.add(sampleOf({ id }));
  await store.samples.label([id], 'regular', 'user');
  await store.samples.delete([id]);
  await expect(store.samples.label([id, nextSampleId()], 'tremor-like', 'user')).rejects.toMatchObject({
    code: 'not-found',
  });
  const audit = await store.db.selectFrom('audit').select(['action', 'subject']).orderBy('id').execute();
  expect(audit.map((row) => `${row.action} ${row.subject}`)).toEqual([
    `add sample ${id}`,
    `label ${id}`,
    `delete ${id}`,
  ]);
  expect((await store.library.get(id)).labels).toHaveLength(1);
});

test('deleting moves to the bin, restoring brings back with label and result', async () => {
  const { id } = sampleOf();
  await store.samples.add(sampleOf({ id }));
  await store.samples.label([id], 'regular', 'user');
  await store.samples.delete([id]);
  expect(await store.library.list(ALL)).toMatchObject({ samples: [], total: 0 });
  expect(await store.library.labelled()).toEqual([]);
  await store.samples.restore([id]);
  expect((await store.library.list(ALL)).samples).toMatchObject([
    { id, label: 'regular', verdict: 'regular' },
  ]);
});

test('the list is newest first, filtered, counted and cut into pages', async () => {
  const add = async (participant: string | null, verdict: 'regular' | 'tremor-like' | 'inconclusive') => {
    const sample = sampleOf({ participant, result: resultOf({ verdict }) });
    await store.samples.add(sample);
    clock.advance(60_000);
    return sample.id;
  };
  const a = await add('P-1', 'regular');
  const b = await add('P-1', 'tremor-like');
  const c = await add('P-2', 'inconclusive');
  const d = await add(null, 'regular');
  await store.samples.label([a], 'tremor-like', 'user');
  await store.samples.label([b], 'tremor-like', 'user');
  await store.samples.label([c], 'regular', 'user');
  const ids = async (filter: object): Promise<SampleId[]> =>
    (await store.library.list({ ...ALL, ...filter })).samples.map((row) => row.id as SampleId);
  expect(await ids({})).toEqual([d, c, b, a]);
  expect(await ids({ participant: 'P-1' })).toEqual([b, a]);
  expect(await ids({ label: 'none' })).toEqual([d]);
  expect(await ids({ label: 'tremor-like' })).toEqual([b, a]);
  expect(await ids({ verdict: 'regular' })).toEqual([d, a]);
  expect(await ids({ disagree: true })).toEqual([a]);
  expect(await ids({ task: 'wave' })).toEqual([]);
  expect(await ids({ from: '2026-01-02T03:05:05.000Z', to: '2026-01-02T03:07:05.000Z' })).toEqual([c, b]);
  expect(await ids({ offset: 1, limit: 2 })).toEqual([c, b]);
  expect(await store.library.list({ ...ALL, participant: 'P-1', disagree: true })).toMatchObject({
    matching: 1,
    total: 4,
    people: 2,
    matchingPeople: 1,
    disagreeing: 1,
  });
  expect(await store.participants.list()).toEqual([
    { code: 'P-1', samples: 2 },
    { code: 'P-2', samples: 1 },
  ]);
});

test('samples of one sitting share a session, later ones get another', async () => {
  const add = () => store.samples.add(sampleOf({ participant: 'P-1' }));
  await add();
  clock.advance(10 * 60_000);
  await add();
  clock.advance(5 * 60 * 60_000);
  await add();
  const sessions = await store.db.selectFrom('session').select('started_at').orderBy('started_at').execute();
  expect(sessions.map((row) => row.started_at)).toEqual([
    '2026-01-02T03:04:05.000Z',
    '2026-01-02T08:14:05.000Z',
  ]);
});

test('one drawing cannot be stored twice', async () => {
  const sample = sampleOf();
  await store.samples.add(sample);
  await expect(store.samples.add(sample)).rejects.toThrow(/UNIQUE/);
  expect((await store.library.list(ALL)).total).toBe(1);
});

test('a participant code is taken once', async () => {
  await store.participants.create('P-9');
  await expect(store.participants.create('P-9')).rejects.toMatchObject({
    code: 'bad-argument',
    subject: 'P-9',
  });
});

test('settings change together and survive', async () => {
  await store.settings.change({ theme: 'dark', hand: 'left' });
  await store.settings.change({ theme: 'light' });
  expect(await store.settings.all()).toEqual({ theme: 'light', hand: 'left' });
});
