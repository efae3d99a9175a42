import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journals } from '../../../src/store/journal.ts';
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
