import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { aModel, MemoryHost } from '../memory-host.ts';
import { openApp } from '../open-app.ts';

const button = (name: string) => page.getByRole('button', { name, exact: true });
const stateOf = (host: MemoryHost, name: string) => host.models.find((model) => model.name === name)?.state;

const host = () =>
  new MemoryHost({
    models: [
      aModel(),
      aModel({ id: '00000000000000bb', name: 'Second round', state: 'candidate', factory: false }),
    ],
  });

test('a candidate is activated, and Undo brings the former model back', async () => {
  const models = host();
  await openApp(models.api, 'models');
  await button('Activate Second round').click();
  await expect.element(page.getByText('Second round now gives the verdicts')).toBeVisible();
  expect(stateOf(models, 'Second round')).toBe('active');

  await button('Undo').click();
  await expect.poll(() => stateOf(models, 'Factory')).toBe('active');
});

test('Roll back returns to the model before', async () => {
  const models = host();
  await openApp(models.api, 'models');
  await button('Activate Second round').click();
  await button('Roll back from Second round to the model before').click();
  await expect.poll(() => stateOf(models, 'Factory')).toBe('active');
});

test('a discarded candidate is archived and stays in the list', async () => {
  const models = host();
  await openApp(models.api, 'models');
  await button('Discard Second round').click();
  await expect.poll(() => stateOf(models, 'Second round')).toBe('archived');
  await expect.element(page.getByText('Second round', { exact: true })).toBeVisible();
});

test('a refusal is shown in the words of the host', async () => {
  const models = new MemoryHost({
    models: [aModel({ id: '00000000000000cc', name: 'Only', factory: false })],
  });
  await openApp(models.api, 'models');
  await button('Roll back from Only to the model before').click();
  await expect.element(page.getByRole('alert').getByText('No other model was active before.')).toBeVisible();
});
