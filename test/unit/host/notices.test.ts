import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../../src/api/contract.ts';
import { HandedFiles } from '../../../src/host/handed-files.ts';
import { asSampleId } from '../../../src/host/ids.ts';
import { Notices } from '../../../src/host/notices.ts';
import { RECORDING, temporaryFolder } from '../store/support.ts';
import { layOut, startApp, type RunningApp } from './support/running-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('a notice waits for a window, reaches one, and only once', async () => {
  const notices = new Notices();
  notices.add({ kind: 'page-crashed' });
  const [first, second] = [new AbortController(), new AbortController()];
  const heard: string[] = [];
  const listen = async (who: string, { signal }: AbortController): Promise<void> => {
    for await (const { kind } of notices.listen(signal)) heard.push(`${who} ${kind}`);
  };
  const one = listen('first', first);
  await new Promise((resolve) => setImmediate(resolve));
  notices.add({ kind: 'graphics-crashed' });
  await new Promise((resolve) => setImmediate(resolve));
  first.abort();
  await one; // ends although nothing was said
  const two = listen('second', second);
  notices.add({ kind: 'go', screen: 'train' });
  await new Promise((resolve) => setImmediate(resolve));
  second.abort();
  await two;
  expect(heard).toEqual(['first page-crashed', 'first graphics-crashed', 'second go']);
});

test.each([
  {
    at: 'a folder',
    make: (file: string) => mkdirSync(file),
    code: 'not-an-image',
    says: 'scan.png is a folder, not a picture. Choose files in it.',
  },
  {
    at: 'a file beyond the limit',
    make: (file: string) => {
      writeFileSync(file, '');
      truncateSync(file, 65 * 1024 * 1024);
    },
    code: 'too-large',
    says: 'scan.png has 65 MB; the limit is 64 MB.',
  },
  { at: 'nothing', make: () => undefined, code: 'not-found', says: 'scan.png. Check the path.' },
])('$at that is handed over is refused by name', async ({ make, code, says }) => {
  const notices = new Notices();
  const files = new HandedFiles(notices);
  const file = path.join(folder.path, 'scan.png');
  make(file);
  const read: string[] = [];
  files.onRead((one) => read.push(one));
  files.add([file]);
  const { value } = await notices.listen().next();
  const id = value?.kind === 'files' ? (value.files[0]?.id ?? '') : '';
  await expect(files.take(id)).rejects.toMatchObject({ code, subject: file });
  files.add([file]);
  const again = (await notices.listen().next()).value;
  const nextId = again?.kind === 'files' ? (again.files[0]?.id ?? '') : '';
  await expect(files.take(nextId)).rejects.toThrow(says);
  expect(read).toEqual([]);
});

async function nextNotice(app: RunningApp): Promise<Notice> {
  const { api, close } = await app.connect();
  let heard: Notice | null = null;
  for await (const notice of await api.app.notices()) {
    heard = notice;
    break;
  }
  close();
  if (heard === null) throw new Error('the host said nothing');
  return heard;
}

const PAGE = {
  task: 'wave',
  hand: 'left',
  participant: null,
  unit: 'mm',
  mmPerUnit: 1,
  pointer: 'pen',
} as const;

test('a drawing that a crash of the app cut off is told of at the next start', async () => {
  const places = layOut(folder.path);
  const app = await startApp(places);
  const id = asSampleId(crypto.randomUUID());
  await app.host.store.journals.begin(id, PAGE);
  for (const stroke of RECORDING.strokes) await app.host.store.journals.append(id, stroke);
  await app.close();
  const next = await startApp(places);
  try {
    expect(await nextNotice(next)).toMatchObject({
      kind: 'recovered',
      sample: { id, task: 'wave', hand: 'left' },
      result: { verdict: 'tremor-like' },
    });
  } finally {
    await next.close();
  }
});

test('a drawing whose page crashed comes back at once, also while it was being screened', async () => {
  const app = await startApp(layOut(folder.path));
  try {
    const { journals } = app.host.store;
    const id = asSampleId(crypto.randomUUID());
    await journals.begin(id, PAGE);
    for (const stroke of RECORDING.strokes) await journals.append(id, stroke);
    const drawing = {
      recording: { ...RECORDING, task: 'wave' as const },
      hand: 'left',
      participant: null,
    } as const;
    const screened = app.host.screening.recording({ ...drawing, journal: id });
    await app.host.recovery.start();
    expect(await app.host.recovery.settled).toBe(1);
    expect((await screened).sample.id).toBe(id);
    const { api, close } = await app.connect();
    expect((await api.samples.list({})).total).toBe(1);
    close();
    expect(await journals.ids()).toEqual([]);
    expect(await nextNotice(app)).toMatchObject({ kind: 'recovered', sample: { id } });
  } finally {
    await app.close();
  }
});
