import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { words } from '../../../renderer/words/words.ts';
import { MemoryHost, someSamples } from '../memory-host.ts';
import { openApp } from '../open-app.ts';

const tiles = () => page.getByRole('option');
const undo = () => page.getByRole('button', { name: 'Undo' });

async function openLibrary(count: number) {
  const host = new MemoryHost({ samples: someSamples(count) });
  const ids = host.samples.map(({ id }) => id);
  const app = await openApp(host.api, 'library');
  await expect.element(tiles().first()).toBeInTheDocument();
  return { host, ids, app };
}

const focusFirst = () => {
  const [first] = tiles().elements();
  if (first instanceof HTMLElement) first.focus();
};

test('2 labels the sample that the arrows reached, and Undo takes the label back', async () => {
  const { host, ids } = await openLibrary(6);
  focusFirst();
  await userEvent.keyboard('{ArrowRight}2');
  await expect.poll(() => host.label(ids[1] ?? '')).toBe('tremor-like');
  expect(host.label(ids[0] ?? '')).toBeNull();
  await expect.element(page.getByText('Wave of P-017 labelled tremor-like')).toBeVisible();

  await undo().click();
  await expect.poll(() => host.label(ids[1] ?? '')).toBeNull();
});

test('Shift and arrows select a row; 1 labels all of it; Undo brings back each former label', async () => {
  const { host, ids } = await openLibrary(6);
  host.samples = host.samples.map((sample, i) =>
    i === 1 ? { ...sample, label: 'tremor-like' as const } : sample,
  );
  focusFirst();
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}1');
  await expect
    .poll(() => ids.slice(0, 4).map((id) => host.label(id)))
    .toEqual(['regular', 'regular', 'regular', null]);

  await undo().first().click();
  await expect
    .poll(() => ids.slice(0, 4).map((id) => host.label(id)))
    .toEqual([null, 'tremor-like', null, null]);
});

test('Space opens the tile that has the focus, however the focus came there', async () => {
  const { ids } = await openLibrary(6);
  focusFirst();
  const fourth = tiles().elements()[3];
  if (fourth instanceof HTMLElement) fourth.focus();
  await userEvent.keyboard(' ');
  await expect.poll(() => window.location.hash).toBe(`#/library/${ids[3]}`);
});

test('a click with Shift selects from the tile before it, though the focus moves first', async () => {
  await openLibrary(6);
  focusFirst();
  await userEvent.keyboard('{ArrowRight}');
  await tiles()
    .nth(3)
    .click({ modifiers: ['Shift'] });
  await expect
    .poll(() =>
      tiles()
        .elements()
        .map((tile) => tile.getAttribute('aria-selected') === 'true'),
    )
    .toEqual([false, true, true, true, false, false]);
});

test('Delete moves to the bin, keeps the place, and Undo brings back', async () => {
  const { host, ids } = await openLibrary(4);
  focusFirst();
  await userEvent.keyboard('{ArrowRight}{Delete}');
  await expect.poll(() => tiles().elements().length).toBe(3);
  expect(host.binned.map(({ id }) => id)).toEqual([ids[1]]);
  await expect.poll(() => document.activeElement?.getAttribute('data-index')).toBe('1');

  await undo().first().click();
  await expect.poll(() => tiles().elements().length).toBe(4);
});

test('a held key labels and deletes once', async () => {
  const { host } = await openLibrary(4);
  focusFirst();
  const held = new KeyboardEvent('keydown', { key: 'Delete', repeat: true, bubbles: true });
  document.activeElement?.dispatchEvent(held);
  await userEvent.keyboard('{ArrowRight}');
  expect(host.binned).toEqual([]);
});

test('filters narrow, say how many are left, and are cleared together', async () => {
  await openLibrary(9);
  await expect.element(page.getByText('9 samples · 2 people')).toBeVisible();
  await page.getByRole('combobox', { name: 'Verdict: Any' }).click();
  await page.getByRole('option', { name: 'Regular', exact: true }).click();
  await expect.element(page.getByText(/^3 of 9 samples/)).toBeVisible();
  await expect.poll(() => tiles().elements().length).toBe(3);

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.element(page.getByText('9 samples · 2 people')).toBeVisible();
});

test('samples of an unknown task can be found', async () => {
  const { host } = await openLibrary(5);
  host.samples = host.samples.map((sample, i) => (i < 2 ? { ...sample, task: null } : sample));
  await page.getByRole('combobox', { name: 'Task: All' }).click();
  await page.getByRole('option', { name: words.common.unknownTask, exact: true }).click();
  await expect.element(page.getByText(/^2 of 5 samples/)).toBeVisible();
  await expect.poll(() => tiles().elements().length).toBe(2);
});

test('labelling inside the filter "no label" leaves the keyboard on the next sample', async () => {
  const { host, ids, app } = await openLibrary(5);
  void app;
  await page.getByRole('combobox', { name: 'Label: Any' }).click();
  await page.getByRole('option', { name: 'No label', exact: true }).click();
  await expect.poll(() => tiles().elements().length).toBe(5);
  focusFirst();
  await userEvent.keyboard('1');
  await expect.poll(() => tiles().elements().length).toBe(4);
  await userEvent.keyboard('2');
  await expect
    .poll(() => [host.label(ids[0] ?? ''), host.label(ids[1] ?? '')])
    .toEqual(['regular', 'tremor-like']);
});

test('more than a page is loaded when the end comes near', async () => {
  await openLibrary(230);
  expect(tiles().elements().length).toBe(200);
  await userEvent.keyboard('{Tab}');
  focusFirst();
  await userEvent.keyboard('{End}');
  await expect.poll(() => tiles().elements().length).toBe(230);
});

test('an empty library says what goes here and where to begin', async () => {
  await openApp(new MemoryHost().api, 'library');
  await expect.element(page.getByText('No drawings yet')).toBeVisible();
  await page.getByRole('button', { name: 'Start drawing' }).click();
  expect(window.location.hash).toBe('#/screen');
});
