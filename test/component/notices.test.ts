import { beforeEach, expect, test } from 'vitest';
import { toast } from 'svelte-sonner';
import { page } from 'vitest/browser';
import type { Notice, RunSummary, ScreenEvent } from '../../renderer/api/types.ts';
import { fakeApi, fakeScreened } from './fake-api.ts';
import { MemoryHost } from './memory-host.ts';
import { openApp } from './open-app.ts';

const RUN: RunSummary = {
  id: '00000000-0000-4000-8000-00000000000a',
  request: {
    synthetic: 600,
    syntheticKinds: ['spiral'],
    ownSamples: false,
    penalty: 'l0',
    a: 1,
    targetSparsity: 0.9,
    epochs: 4,
    seed: 7,
    backend: 'auto',
  },
  startedAt: '2026-11-22T10:00:00.000Z',
  state: 'failed',
  resumable: true,
};

/** Only three are shown at a time: those of the test before make way. */
beforeEach(() => void toast.dismiss());

async function* each<T>(...list: T[]): AsyncGenerator<T, void, void> {
  for (const one of list) yield await Promise.resolve(one);
}

test('a training that was cut off can go on from the notice, with the settings that it had', async () => {
  const host = new MemoryHost({
    notices: [{ kind: 'training-cut-off', run: RUN }],
    events: () => each({ kind: 'preparing' as const, done: 1, total: 2 }),
  });
  await openApp(host.api, 'library');
  await page.getByRole('button', { name: 'Continue training' }).click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Train' })).toBeVisible();
  await expect.poll(() => host.started).toEqual([RUN.request]);
});

test('without a checkpoint it is offered to start again', async () => {
  const host = new MemoryHost({
    notices: [{ kind: 'training-cut-off', run: { ...RUN, resumable: false } }],
  });
  await openApp(host.api, 'library');
  await expect.element(page.getByRole('button', { name: 'Start it again' })).toBeVisible();
});

test('the Train screen offers to go on with a run that the end of the app cut off', async () => {
  const error = { code: 'cancelled', message: 'Steadypen ended while this model was training.' } as const;
  const host = new MemoryHost({
    running: RUN,
    events: () => each({ kind: 'failed' as const, reason: 'app-ended' as const, error }),
  });
  await openApp(host.api, 'train');
  await expect.element(page.getByText('The training was cut off.')).toBeVisible();
  // A notice of the test before may still be on its way out.
  await page.getByRole('alert').getByRole('button', { name: 'Continue training' }).click();
  await expect.poll(() => host.started).toEqual([RUN.request]);
});

test('a run that was stopped on purpose is not offered again', async () => {
  const error = { code: 'cancelled', message: 'Training was stopped.' } as const;
  const host = new MemoryHost({
    running: { ...RUN, resumable: false },
    events: () => each({ kind: 'failed' as const, reason: 'cancelled' as const, error }),
  });
  await openApp(host.api, 'train');
  await expect.element(page.getByText('Stopped.', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Continue training' })).not.toBeInTheDocument();
});

function apiWith(notices: readonly Notice[]) {
  return fakeApi({
    app: {
      notices: () => Promise.resolve(each(...notices)) as never,
      handedFile: ({ id }: { id: string }) =>
        id === 'missing'
          ? Promise.reject(new Error('none.png is not there'))
          : Promise.resolve(new Blob(['ink'])),
    } as never,
    screening: {
      file: ({ name }: { name: string }) =>
        Promise.resolve(
          each<ScreenEvent>({
            kind: 'sample',
            ...fakeScreened(name === 'a.png' ? 'regular' : 'tremor-like'),
          }),
        ) as never,
    } as never,
  });
}

test('a drawing that came back is shown on the Screen, in place of the greeting', async () => {
  const { api } = apiWith([{ kind: 'recovered', ...fakeScreened('regular') }]);
  await openApp(api, 'screen');
  await expect.element(page.getByText('Recovered drawing')).toBeVisible();
  await expect.element(page.getByRole('heading', { level: 2, name: 'Regular' })).toBeVisible();
});

test('files that are handed over are screened; one that cannot be read is told of', async () => {
  const files = ['a.png', 'none.png', 'b.png'].map((name) => ({
    id: name === 'none.png' ? 'missing' : name,
    name,
  }));
  const { api } = apiWith([{ kind: 'files', files }]);
  await openApp(api, 'library');
  await expect.element(page.getByRole('row', { name: /a\.png.*Regular/ })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /b\.png.*Tremor-like/ })).toBeVisible();
  await expect.element(page.getByText(/none\.png is not there/)).toBeVisible();
});

test('files that are opened together and handed over one by one are all screened, in one list', async () => {
  const names = ['a.png', 'b.png', 'c.png'];
  const { api } = apiWith(names.map((name) => ({ kind: 'files', files: [{ id: name, name }] })));
  await openApp(api, 'library');
  await expect.element(page.getByRole('heading', { name: '3 files screened' })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /a\.png.*Regular/ })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /b\.png.*Tremor-like/ })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /c\.png.*Tremor-like/ })).toBeVisible();
});

test('the menu goes to a screen', async () => {
  const { api } = apiWith([{ kind: 'go', screen: 'settings' }]);
  await openApp(api, 'screen');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});
