import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { startProgram } from './children.ts';
import { HandClock, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());
const clock = new HandClock();

test('a second copy is told which folder is in use and by which process; after kill -9 the folder is free', async () => {
  const first = startProgram('holder', [folder.path]);
  expect(await first.firstLine()).toBe('open');
  const refused = openStore(folder.path, { clock });
  await expect(refused).rejects.toMatchObject({ code: 'in-use', subject: folder.path });
  await expect(refused).rejects.toThrow(/process \d+, since 2\d{3}-/);
  const reader = await openStore(folder.path, { clock, access: 'read' });
  expect(await reader.participants.list()).toEqual([]);
  await reader.close();
  await first.kill();
  const second = await openStore(folder.path, { clock });
  await second.close();
});

test('a note left by a process whose number is alive again does not keep the folder', async () => {
  writeFileSync(
    path.join(folder.path, 'lock.json'),
    JSON.stringify({ pid: process.pid, startedAt: 'long ago' }),
  );
  const store = await openStore(folder.path, { clock });
  await store.close();
});

test('the same process may not open a folder twice at once, but again after closing', async () => {
  const store = await openStore(folder.path, { clock });
  await expect(openStore(folder.path, { clock })).rejects.toMatchObject({ code: 'in-use' });
  await store.close();
  await (await openStore(folder.path, { clock })).close();
});

test('reading a folder without data says so and makes nothing', async () => {
  const nowhere = path.join(folder.path, 'none');
  await expect(openStore(nowhere, { clock, access: 'read' })).rejects.toMatchObject({
    code: 'not-found',
    subject: nowhere,
  });
});
