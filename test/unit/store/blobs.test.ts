import { promises as fs, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BlobHash } from '../../../src/base/ids.ts';
import { Blobs, type BlobFileSystem } from '../../../src/store/blobs.ts';
import { temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** FIPS 180-2, appendix B.1. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' as BlobHash;
const abc = new TextEncoder().encode('abc');

function filesBelow(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

test('a blob is named by the SHA-256 of its content, kept once, and read back', async () => {
  const blobs = new Blobs(folder.path);
  expect(await blobs.put(abc)).toBe(ABC);
  expect(await blobs.put(abc)).toBe(ABC);
  expect(filesBelow(folder.path)).toEqual([ABC]);
  expect(readFileSync(path.join(folder.path, 'blobs', 'ba', ABC), 'utf8')).toBe('abc');
  expect(await blobs.get(ABC)).toEqual(abc);
});

test('a blob changed on disk is refused, a missing one named', async () => {
  const blobs = new Blobs(folder.path);
  await blobs.put(abc);
  writeFileSync(blobs.pathOf(ABC), 'abd');
  await expect(blobs.get(ABC)).rejects.toMatchObject({ code: 'damaged', subject: blobs.pathOf(ABC) });
  const other = 'f'.repeat(64) as BlobHash;
  await expect(blobs.get(other)).rejects.toMatchObject({ code: 'not-found', subject: blobs.pathOf(other) });
});

test.each([
  { at: 'cut short', spoilt: 'ab' },
  { at: 'of the same length', spoilt: 'abd' },
])('a damaged file ($at) is healed when the same content is stored again', async ({ spoilt }) => {
  const blobs = new Blobs(folder.path);
  await blobs.put(abc);
  writeFileSync(blobs.pathOf(ABC), spoilt);
  expect(await blobs.put(abc)).toBe(ABC);
  expect(readFileSync(blobs.pathOf(ABC), 'utf8')).toBe('abc');
  expect(filesBelow(folder.path)).toEqual([ABC]);
});

test.each([
  { step: 'writing', code: 'ENOSPC', want: 'disk-full' },
  { step: 'fsync', code: 'ENOSPC', want: 'disk-full' },
  { step: 'rename', code: 'EROFS', want: 'read-only' },
])('$code while $step leaves nothing behind', async ({ step, code, want }) => {
  const fault = Object.assign(new Error(code), { code });
  const failing: BlobFileSystem = {
    ...fs,
    rename: (from, to) => (step === 'rename' ? Promise.reject(fault) : fs.rename(from, to)),
    open: async (...args) => {
      const handle = await fs.open(...args);
      if (args[1] === 'wx' && step === 'writing') handle.writeFile = () => Promise.reject(fault);
      if (args[1] === 'wx' && step === 'fsync') handle.sync = () => Promise.reject(fault);
      return handle;
    },
  };
  await expect(new Blobs(folder.path, failing).put(abc)).rejects.toMatchObject({ code: want });
  expect(filesBelow(folder.path)).toEqual([]);
  expect(await new Blobs(folder.path).put(abc)).toBe(ABC);
});

test('what comes in can be looked at, then kept or forgotten; a crash in between leaves nothing for long', async () => {
  const blobs = new Blobs(folder.path);
  async function* inParts() {
    await Promise.resolve();
    yield new TextEncoder().encode('a');
    yield new TextEncoder().encode('bc');
  }
  const kept = await blobs.receive(inParts());
  expect(readFileSync(kept.path, 'utf8')).toBe('abc');
  expect(await kept.keep()).toBe(ABC);
  await kept.discard();
  expect(await blobs.get(ABC)).toEqual(abc);
  await (await blobs.receive(inParts())).discard();
  expect(filesBelow(folder.path)).toEqual([ABC]);
  await blobs.receive(inParts());
  expect(filesBelow(folder.path)).toHaveLength(2);
  await blobs.sweep();
  expect(filesBelow(folder.path)).toEqual([ABC]);
});
