import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHECKPOINT_FILE, KeptCheckpoint } from '../../../src/store/kept-checkpoint.ts';
import { temporaryFolder } from './support.ts';
import { tinyDisk } from './tiny-disk.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const bytes = (count: number, value: number) => new Uint8Array(count).fill(value);

test('the newest is kept, alone, until it is removed', async () => {
  const kept = new KeptCheckpoint(folder.path);
  expect(await kept.read()).toBeNull();
  await kept.keep(bytes(10, 1));
  await kept.keep(bytes(20, 2));
  expect(await kept.read()).toEqual(bytes(20, 2));
  expect(readdirSync(folder.path)).toEqual([CHECKPOINT_FILE]);
  await kept.remove();
  expect(readdirSync(folder.path)).toEqual([]);
  await kept.remove();
});

test('what a killed process left half written goes, other files stay', async () => {
  const kept = new KeptCheckpoint(folder.path);
  await kept.keep(bytes(10, 1));
  const others = ['checkpoint.spc.bak', 'model.spm', 'x.checkpoint.spc.0b0f5d4e-7c5c-4d51-9f0e-2f7d1f4f2a11'];
  for (const name of [...others, 'checkpoint.spc.0b0f5d4e-7c5c-4d51-9f0e-2f7d1f4f2a11']) {
    writeFileSync(path.join(folder.path, name), 'half');
  }
  await kept.sweep();
  expect(readdirSync(folder.path).sort()).toEqual([CHECKPOINT_FILE, ...others].sort());
  expect(await kept.read()).toEqual(bytes(10, 1));
});

test('on a full disk the checkpoint before stays whole, and the next one is kept when there is room', async (context) => {
  const disk = tinyDisk(folder.path);
  if (!disk) return context.skip('needs the right to mount a small disk');
  try {
    const kept = new KeptCheckpoint(disk.path);
    await kept.keep(bytes(400_000, 1));
    const rubbish = path.join(disk.path, 'rubbish');
    writeFileSync(rubbish, bytes(400_000, 9));
    await expect(kept.keep(bytes(400_000, 2))).rejects.toMatchObject({
      code: 'disk-full',
      subject: kept.file,
    });
    expect(await kept.read()).toEqual(bytes(400_000, 1));
    expect(readdirSync(disk.path).sort()).toEqual([CHECKPOINT_FILE, 'rubbish']);
    writeFileSync(rubbish, '');
    await kept.keep(bytes(400_000, 3));
    expect(await kept.read()).toEqual(bytes(400_000, 3));
  } finally {
    disk.remove();
  }
});

test('a place that is no file is named', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows answers otherwise');
  const kept = new KeptCheckpoint(folder.path);
  mkdirSync(kept.file);
  await expect(kept.keep(bytes(10, 1))).rejects.toThrow(CHECKPOINT_FILE);
  await expect(kept.read()).rejects.toThrow(/EISDIR/);
});
