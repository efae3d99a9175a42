import { describe, expect, test } from 'vitest';
import { ORPCError } from '@orpc/client';
import type { Api, ScreenEvent } from '../../renderer/api/types.ts';
import { Batch } from '../../renderer/state/batch.svelte.ts';
import { fakeApi, fakeScreened } from './fake-api.ts';

type Input = Parameters<Api['screening']['file']>[0];

function batchOf(
  files: readonly (string | File)[],
  file: (input: Input, signal: AbortSignal) => AsyncGenerator<ScreenEvent>,
) {
  const { api } = fakeApi({
    screening: {
      file: ((input: Input, options?: { signal?: AbortSignal }) =>
        Promise.resolve(
          file(input, options?.signal ?? new AbortController().signal),
        )) as unknown as Api['screening']['file'],
    },
  });
  let now = 0;
  return new Batch(
    api.screening,
    files.map((file) => (typeof file === 'string' ? new File(['ink'], file) : file)),
    'P-017',
    () => (now += 500),
  );
}

describe('a batch of files', () => {
  test('a fault takes its own row and the rest goes on', async () => {
    const batch = batchOf(['a.png', 'locked.pdf', 'b.svc'], async function* ({ name }) {
      await Promise.resolve();
      if (name === 'locked.pdf') {
        throw new ORPCError('REFUSED', {
          data: { code: 'no-access', message: 'locked.pdf has a password. Save a copy without it.' },
        });
      }
      yield { kind: 'sample', ...fakeScreened('regular', { kind: 'scan' }) };
    });
    await batch.run();
    expect(batch.rows.map(({ name, state }) => [name, state])).toEqual([
      ['a.png', 'done'],
      ['locked.pdf', 'fault'],
      ['b.svc', 'done'],
    ]);
    const [, row] = batch.rows;
    expect(row?.state === 'fault' && row.fault).toEqual({
      kind: 'refused',
      info: { code: 'no-access', message: 'locked.pdf has a password. Save a copy without it.' },
    });
    expect([batch.filesDone, batch.faults, batch.state]).toEqual([3, 1, 'done']);
  });

  test('a file that waits is shown as what its name says', () => {
    const names = ['a.GIF', 'b.csv', 'c.pdf', 'd.xyz'];
    const batch = batchOf(names, async function* () {});
    expect(batch.rows.map(({ kind }) => kind)).toEqual(['scan', 'recording', 'pdf', 'unknown']);
  });

  test('each page of a file gets a row, in order', async () => {
    const batch = batchOf(['visit.tif', 'z.png'], async function* ({ name }) {
      await Promise.resolve();
      if (name === 'z.png') {
        yield { kind: 'sample', ...fakeScreened('regular', { kind: 'scan' }) };
        return;
      }
      for (const page of [1, 2, 3]) {
        yield { kind: 'reading', page, pages: 3 };
        yield { kind: 'sample', ...fakeScreened('tremor-like', { kind: 'scan', page }) };
      }
    });
    await batch.run();
    expect(batch.rows.map(({ name, page, pages, state }) => [name, page, pages, state])).toEqual([
      ['visit.tif', 1, 3, 'done'],
      ['visit.tif', 2, 3, 'done'],
      ['visit.tif', 3, 3, 'done'],
      ['z.png', null, null, 'done'],
    ]);
    expect(new Set(batch.rows.map(({ key }) => key)).size).toBe(4);
  });

  test('files that come while it runs are screened after the others', async () => {
    const batch = batchOf(['a.png'], async function* ({ name }) {
      await Promise.resolve();
      if (name === 'a.png') batch.add([new File(['ink'], 'b.png')]);
      yield { kind: 'sample', ...fakeScreened('regular', { kind: 'scan' }) };
    });
    await batch.run();
    expect(batch.rows.map(({ key, name, state }) => [key, name, state])).toEqual([
      ['0', 'a.png', 'done'],
      ['1', 'b.png', 'done'],
    ]);
    expect([batch.count, batch.filesDone, batch.fraction, batch.state]).toEqual([2, 2, 1, 'done']);
  });

  test('Cancel stops the file in hand, keeps what is ready and starts no other', async () => {
    const started: string[] = [];
    let aborted = false;
    const batch = batchOf(['1.png', '2.png', '3.png'], async function* ({ name }, signal) {
      started.push(name);
      if (name === '2.png') {
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new DOMException('stopped', 'AbortError'));
          });
        });
      }
      yield { kind: 'sample', ...fakeScreened('regular', { kind: 'scan' }) };
    });
    const running = batch.run();
    await expect.poll(() => started).toEqual(['1.png', '2.png']);
    batch.cancel();
    await running;
    expect(aborted).toBe(true);
    expect(started).toEqual(['1.png', '2.png']);
    expect(batch.rows.map(({ state }) => state)).toEqual(['done', 'skipped', 'skipped']);
    expect(batch.state).toBe('cancelled');
    expect(batch.screened.length).toBe(1);
  });
});

describe('naming the task of a file', () => {
  test('screens the same file again, and the new result takes the row', async () => {
    const tasks: unknown[] = [];
    const batch = batchOf(['a.png'], async function* ({ task }) {
      await Promise.resolve();
      tasks.push(task);
      yield {
        kind: 'sample',
        ...fakeScreened(task === null ? 'tremor-like' : 'regular', { kind: 'scan', task: task ?? 'page' }),
      };
    });
    await batch.run();
    const [row] = batch.rows;
    expect(row && batch.canRetask(row)).toBe(true);
    const again = await batch.retask('0', 'wave');
    expect(tasks).toEqual([null, 'wave']);
    expect(batch.rows.map((now) => now.state === 'done' && [now.sample.id, now.result.task])).toEqual([
      [again?.sample.id, 'wave'],
    ]);
  });
});

describe('a file over 64 MB', () => {
  /** A file that says it is so large, without the bytes. */
  const fileOf = (name: string, size: number) =>
    Object.defineProperty(new File(['ink'], name), 'size', { value: size });

  test('is refused before it is sent, and the rest goes on', async () => {
    const sent: string[] = [];
    const batch = batchOf(
      [fileOf('plan.tif', 64 * 1024 * 1024 + 1), fileOf('full.tif', 64 * 1024 * 1024)],
      async function* ({ name }) {
        await Promise.resolve();
        sent.push(name);
        yield { kind: 'sample', ...fakeScreened('regular', { kind: 'scan' }) };
      },
    );
    await batch.run();
    expect(sent).toEqual(['full.tif']);
    expect(batch.rows.map(({ name, state }) => [name, state])).toEqual([
      ['plan.tif', 'fault'],
      ['full.tif', 'done'],
    ]);
    const [row] = batch.rows;
    expect(row?.state === 'fault' && row.fault).toEqual({
      kind: 'refused',
      info: {
        code: 'too-large',
        subject: 'plan.tif',
        message:
          'plan.tif has 65\u00a0MB; the most that can be screened is 64\u00a0MB. Save it with fewer pages or a lower resolution.',
      },
    });
    expect([batch.filesDone, batch.faults]).toEqual([2, 1]);
  });
});
