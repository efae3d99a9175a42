import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { RunEvent } from '../../../renderer/api/types.ts';
import { TrainingState } from '../../../renderer/state/training.svelte.ts';
import { aModel, MemoryHost } from '../memory-host.ts';
import { openApp } from '../open-app.ts';
import { aDone, anEpoch, aStart } from './events.ts';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const curve = (name: RegExp) => page.getByRole('img', { name });
const candidate = () =>
  aModel({ id: '00000000000000bb', name: 'Second round', state: 'candidate', factory: false });

async function* stream(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}

/** A run that goes on until `finish` is called. */
function openRun(first: readonly RunEvent[]) {
  let finish = (_last: readonly RunEvent[]) => {};
  const ending = new Promise<readonly RunEvent[]>((resolve) => (finish = resolve));
  const events = async function* (): AsyncGenerator<RunEvent> {
    yield* first;
    yield* await ending;
  };
  return { events, finish: (last: readonly RunEvent[]) => finish(last) };
}

const RUNNING = {
  id: '00000000-0000-4000-8000-000000000001',
  startedAt: '2026-11-22T10:00:00.000Z',
  state: 'running',
  request: {
    synthetic: 8000,
    syntheticKinds: ['fonts'],
    ownSamples: false,
    penalty: 'l0',
    a: 1,
    targetSparsity: 0.9,
    epochs: 3,
    seed: 1,
    backend: 'auto',
  },
} as const;
const running = () => ({
  ...RUNNING,
  request: { ...RUNNING.request, syntheticKinds: [...RUNNING.request.syntheticKinds] },
});

const threeEpochs = [
  aStart(),
  anEpoch({ epoch: 1, accuracyU: 0.7 }),
  anEpoch({ epoch: 2, accuracyU: 0.85, fcZeros: 0.8 }),
  anEpoch({ epoch: 3, accuracyU: 0.931, accuracyW: 0.935, fcZeros: 0.9, gap: 0.006 }),
];

test('a run starts with the settings on show and draws its curves', async () => {
  const run = openRun(threeEpochs.slice(0, 3));
  const host = new MemoryHost({ models: [aModel()], events: run.events });
  await openApp(host.api, 'train');
  await page.getByRole('spinbutton', { name: 'Goal for zeros' }).fill('80');
  await button('Start training').click();

  await expect
    .element(curve(/^Curve of accuracy by epoch. After epoch 2: sparse network 85\.0/))
    .toBeVisible();
  await expect.element(page.getByText(/^Epoch 3 of 3/)).toBeVisible();
  expect(host.started).toMatchObject([
    { penalty: 'l0', targetSparsity: 0.8, synthetic: 8000, ownSamples: false },
  ]);
  await expect.element(button('Activate')).toBeDisabled();

  await button('Stop').click();
  await expect.poll(() => host.cancelled).toBe(1);
  run.finish([]);
});

test('a run that was cut off is not taken up beside one that runs', async () => {
  const run = openRun(threeEpochs.slice(0, 2));
  const host = new MemoryHost({ models: [aModel()], events: run.events, running: running() });
  const training = new TrainingState({ api: host.api, elapsedMs: () => performance.now() });
  await training.open();
  await expect.poll(() => training.view.epochs.length).toBe(1);
  await training.goOn(running().request);
  expect([host.started, training.running]).toEqual([[], true]);
  run.finish([aDone()]);
  await expect.poll(() => training.ended).toBe(true);
  await training.goOn(running().request);
  expect(host.started).toHaveLength(1);
});

test('a screen opened late draws the whole run from its first event', async () => {
  const host = new MemoryHost({
    models: [aModel(), candidate()],
    events: () => stream([...threeEpochs, aDone()]),
    running: running(),
  });
  await openApp(host.api, 'train');
  await expect.element(curve(/After epoch 3: sparse network 93\.1/)).toBeVisible();
  const path =
    curve(/^Curve of accuracy/)
      .element()
      .querySelector('path.main')
      ?.getAttribute('d') ?? '';
  expect(path.match(/[ML]/g)).toHaveLength(3);
  await expect.element(page.getByText('enough: below 0.010')).toBeVisible();
  await expect.element(page.getByText('Too early to call.')).toBeVisible();
});

test('the gap is that of the last epoch that trained both networks, not of fine-tuning', async () => {
  const host = new MemoryHost({
    models: [aModel(), candidate()],
    events: () =>
      stream([
        aStart(),
        anEpoch({ epoch: 1, gap: 0.2 }),
        anEpoch({ epoch: 2, gap: 0.149 }),
        anEpoch({ epoch: 3, gap: 0, phase: 'fine-tune' }),
        aDone(),
      ]),
    running: running(),
  });
  await openApp(host.api, 'train');
  await expect.element(curve(/^Curve of the gap .*: 0\.149 now, limit 0\.010/)).toBeVisible();
  await expect.element(page.getByText('has to fall below 0.010')).toBeVisible();
});

test('the candidate can be activated only once the run has ended', async () => {
  const run = openRun(threeEpochs);
  const host = new MemoryHost({ models: [aModel(), candidate()], events: run.events, running: running() });
  await openApp(host.api, 'train');
  await expect.element(curve(/After epoch 3/)).toBeVisible();
  await expect.element(button('Activate')).toBeDisabled();

  run.finish([aDone()]);
  await button('Activate').click();
  await expect.element(page.getByText('The candidate is now the active model.')).toBeVisible();
  expect(host.models.find(({ state }) => state === 'active')?.name).toBe('Second round');
});

test.each([
  { reason: 'non-finite-loss' as const, title: 'The learning went astray.', advice: /another seed/ },
  {
    reason: 'too-few-samples' as const,
    title: 'Too few samples to learn from.',
    advice: /Label more samples/,
  },
  { reason: 'cancelled' as const, title: 'Stopped.', advice: /active model goes on/ },
])('a run that ends with $reason says what happened and what to do', async ({ reason, title, advice }) => {
  const failed: RunEvent = {
    kind: 'failed',
    reason,
    error: { code: 'internal', message: 'The loss was NaN in step 3.' },
  };
  const host = new MemoryHost({
    models: [aModel()],
    events: () => stream([aStart(), failed]),
    running: running(),
  });
  await openApp(host.api, 'train');
  const alert = page.getByRole('alert');
  await expect.element(alert.getByText(title)).toBeVisible();
  await expect.element(alert.getByText(advice)).toBeVisible();
  await expect.element(button('Activate')).toBeDisabled();
  await button('Train again…').click();
  await expect.element(button('Start training')).toBeEnabled();
});

test('a run whose events end without a last word is called lost, and can be looked at again', async () => {
  const host = new MemoryHost({ models: [aModel()], events: () => stream([aStart()]), running: running() });
  await openApp(host.api, 'train');
  await expect.element(page.getByText('The run is out of sight.')).toBeVisible();
  await expect.element(button('Look again')).toBeEnabled();
});

test('notes of a run are one line above its curves, with the rest on request', async () => {
  const about = (name: string, gap: string) =>
    `${name}: The dense and the sparse network have not met: their weights still differ by ${gap} %. ` +
    'What can bring the sparse one closer: more epochs.';
  const [figures, writing] = [about('Figures', '3.2'), about('Writing', '4.1')];
  const warnings = [figures, writing].map((message) => ({ kind: 'warning', message }) as const);
  const host = new MemoryHost({
    models: [aModel()],
    running: running(),
    events: () => stream([...threeEpochs, ...warnings, aDone()]),
  });
  await openApp(host.api, 'train');
  const head = page
    .getByText('Figures: The dense and the sparse network have not met', { exact: false })
    .first();
  await expect.element(head).toBeVisible();
  await expect.element(page.getByText('and 1 more')).toBeVisible();
  expect(head.element().closest('details')!.getBoundingClientRect().height).toBeLessThan(60);
  await expect.element(page.getByText(writing)).not.toBeVisible();
  await head.click();
  await expect.element(page.getByText(writing)).toBeVisible();
  await expect.element(page.getByText(figures)).toBeVisible();
});

test('one person who makes up much of a class is named', async () => {
  const dominant = { participant: 'P-009', label: 'regular', share: 0.3 } as const;
  const host = new MemoryHost({
    models: [aModel()],
    data: { regular: 41, tremorLike: 37, people: 14, dominant },
  });
  await openApp(host.api, 'train');
  await expect.element(page.getByText(/One person is 30.% of the regular class/)).toBeVisible();
  await expect.element(page.getByRole('checkbox')).toBeChecked();
});

test('settings that cannot work keep the run from starting and say why', async () => {
  const host = new MemoryHost({ models: [aModel()] });
  await openApp(host.api, 'train');
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('0');
  await expect.element(page.getByText('Give a whole number from 1 to 500.')).toBeVisible();
  await expect.element(button('Start training')).toBeDisabled();
  await page.getByRole('spinbutton', { name: 'Epochs' }).fill('5');
  await page.getByRole('spinbutton', { name: 'Simulated pictures' }).fill('0');
  await expect.element(page.getByText(/nothing to learn from/)).toBeVisible();
});

test('a run of two networks shows the one that learns, and the other on request', async () => {
  const run = openRun([
    aStart({ networks: ['figures', 'writing'], epochs: 2, fcWeights: 32_768 }),
    anEpoch({ network: 'figures', epoch: 1, epochs: 2, accuracyU: 0.7 }),
  ]);
  const host = new MemoryHost({ models: [aModel()], events: run.events });
  await openApp(host.api, 'train');
  await button('Start training').click();
  await expect.element(page.getByText(/^Writing: epoch 1 of 1/)).toBeVisible();
  await expect.element(button('Writing')).toHaveAttribute('aria-pressed', 'true');
  await expect.element(curve(/^Curve of accuracy, empty until/)).toBeVisible();
  await button('Figures').click();
  await expect
    .element(curve(/^Curve of accuracy by epoch. After epoch 1: sparse network 70\.0/))
    .toBeVisible();
  await expect.element(page.getByText(/of 16,384 weights left/)).toBeVisible();
  run.finish([]);
});
