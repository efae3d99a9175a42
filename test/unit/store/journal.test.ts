import { appendFileSync, promises as fs, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journals, type JournalFileSystem } from '../../../src/store/journal.ts';
import { nextSampleId, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
let journals: Journals;
beforeEach(() => {
  folder = temporaryFolder();
  journals = new Journals(folder.path);
});
afterEach(() => folder.remove());

const fileOf = (id: string) => path.join(folder.path, 'journal', `${id}.jsonl`);

test('strokes come back in the order they were drawn, those taken back left out', async () => {
  const id = nextSampleId();
  await journals.begin(id, { task: 'wave' });
  const sent = [
    journals.append(id, 'first'),
    journals.append(id, 'slip'),
    journals.retract(id),
    journals.append(id, 'third'),
  ];
  await Promise.all(sent);
  expect(await journals.ids()).toEqual([id]);
  expect(await new Journals(folder.path).read(id)).toEqual({
    id,
    header: { task: 'wave' },
    strokes: ['first', 'third'],
  });
});

test('a torn last line is dropped and spoils nothing that follows', async () => {
  const id = nextSampleId();
  await journals.begin(id, { task: 'wave' });
  await journals.append(id, { long: 'x'.repeat(50) });
  truncateSync(fileOf(id), readFileSync(fileOf(id)).length - 20);
  expect(await journals.read(id)).toMatchObject({ strokes: [] });
  await journals.append(id, 'after');
  expect(await journals.read(id)).toMatchObject({ header: { task: 'wave' }, strokes: ['after'] });
});

test('a journal without a whole header is no drawing', async () => {
  const id = nextSampleId();
  await journals.begin(id, {});
  writeFileSync(fileOf(id), '\n{"schemaVersion":1,"hea');
  expect(await journals.read(id)).toBeNull();
  await journals.setAside(id);
  expect(await journals.ids()).toEqual([]);
  expect(readFileSync(`${fileOf(id)}.unusable`, 'utf8')).toContain('hea');
});

test('closing removes it; drawing on into a closed one is refused', async () => {
  const id = nextSampleId();
  await journals.begin(id, {});
  void journals.append(id, 'pending');
  await journals.close(id);
  await journals.close(id);
  expect(await journals.ids()).toEqual([]);
  await expect(journals.append(id, 'late')).rejects.toMatchObject({ code: 'not-found' });
});

test('an id that is a path is refused', async () => {
  const evil = '../../../../etc/passwd' as ReturnType<typeof nextSampleId>;
  await expect(journals.begin(evil, {})).rejects.toMatchObject({ code: 'bad-argument' });
});

test('a line is on disk when append returns', async () => {
  const id = nextSampleId();
  await journals.begin(id, {});
  await journals.append(id, 'kept');
  appendFileSync(fileOf(id), '{"torn');
  expect(await journals.read(id)).toMatchObject({ strokes: ['kept'] });
});

/** A disk that takes at most `most` bytes at once, and `room` in all. */
function narrowDisk(most: number, room: number): JournalFileSystem {
  let left = room;
  return {
    ...fs,
    open: async (...args) => {
      const handle = await fs.open(...args);
      const write = handle.write.bind(handle);
      handle.write = ((bytes: Uint8Array, offset: number, length: number, position: number) => {
        const taken = Math.min(most, left, length);
        left -= taken;
        return write(bytes, offset, taken, position);
      }) as typeof handle.write;
      return handle;
    },
  };
}

test('a line that the disk takes in parts is whole', async () => {
  const id = nextSampleId();
  const narrow = new Journals(folder.path, narrowDisk(7, 10_000));
  await narrow.begin(id, { task: 'wave' });
  await narrow.append(id, { name: 'Grüße, in more bytes than letters' });
  expect(await journals.read(id)).toEqual({
    id,
    header: { task: 'wave' },
    strokes: [{ name: 'Grüße, in more bytes than letters' }],
  });
});

test('a stroke that no longer fits is refused, and those before it are kept', async () => {
  const id = nextSampleId();
  const narrow = new Journals(folder.path, narrowDisk(10_000, 200));
  await narrow.begin(id, { task: 'wave' });
  await narrow.append(id, 'first');
  await expect(narrow.append(id, 'x'.repeat(200))).rejects.toMatchObject({ code: 'disk-full' });
  expect(await journals.read(id)).toMatchObject({ strokes: ['first'] });
});

test('begin makes the names of the file and of the folder last, not only the content', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows has no such step');
  const synced: string[] = [];
  const watched: JournalFileSystem = {
    ...fs,
    open: async (...args) => {
      const handle = await fs.open(...args);
      const sync = handle.sync.bind(handle);
      handle.sync = () => {
        synced.push(String(args[0]));
        return sync();
      };
      return handle;
    },
  };
  const id = nextSampleId();
  await new Journals(folder.path, watched).begin(id, {});
  expect(synced).toEqual([fileOf(id), path.join(folder.path, 'journal'), folder.path]);
});
