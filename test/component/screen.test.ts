import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../renderer/styles/base.css';
import AppView from '../../renderer/App.svelte';
import type { Verdict } from '../../renderer/api/types.ts';
import { App } from '../../renderer/state/app.svelte.ts';
import { Screening } from '../../renderer/state/screening.svelte.ts';
import { fakeApi, fakeScreened, spiralStroke, type Calls } from './fake-api.ts';

let calls: Calls;

async function openScreen(verdict: Verdict = 'tremor-like'): Promise<Screening> {
  const fake = fakeApi({}, verdict);
  calls = fake.calls;
  const app = new App({ api: fake.api, onState: (listener) => (listener('open'), () => {}) }, window);
  await render(AppView, { app });
  return app.keep(Screening);
}

function drawSpiral(screening: Screening): void {
  screening.penDown('pen');
  screening.penMoved(spiralStroke(5).samples);
  screening.penUp(true);
}

const named = (name: string) => calls.filter((call) => call.name === name);

beforeEach(async () => {
  window.location.hash = '';
  await page.viewport(1280, 800);
});

describe('Screen', () => {
  test.each([
    ['tremor-like', 'Tremor-like'],
    ['regular', 'Regular'],
    ['inconclusive', 'Inconclusive'],
    ['not-screenable', 'Not screenable'],
  ] as const)('a drawing is screened and its verdict shown: %s', async (verdict, word) => {
    const screening = await openScreen(verdict);
    drawSpiral(screening);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.element(page.getByRole('heading', { name: word, level: 2 })).toBeVisible();
    await expect.element(page.getByText('Screening aid, not a diagnosis.').first()).toBeVisible();
    const [call] = named('screening.recording');
    const input = call?.input as { recording: { strokes: { samples: unknown[] }[] }; journal: string | null };
    expect(input.recording.strokes[0]?.samples.length).toBe(2574);
    expect(input.journal).not.toBeNull();
  });

  test('real pointer events on the drawing area become strokes in the journal', async () => {
    const screening = await openScreen();
    const area = page.getByTestId('ink-area').element();
    const { left, top } = area.getBoundingClientRect();
    const send = (type: string, x: number, y: number) =>
      area.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          pointerId: 1,
          pointerType: 'pen',
          button: type === 'pointerdown' ? 0 : -1,
          clientX: left + x,
          clientY: top + y,
          pressure: 0.5,
        }),
      );
    send('pointerdown', 100, 100);
    send('pointermove', 140.5, 120.25);
    send('pointerup', 140.5, 120.25);
    expect(screening.drawing.sampleCount).toBe(2);
    await expect.poll(() => named('capture.append').length).toBe(1);
  });

  test('the scale bar, the figures and the printed page say that the size is assumed', async () => {
    const screening = await openScreen();
    await expect.element(page.getByText('10\u00a0mm, assumed')).toBeVisible();
    drawSpiral(screening);
    await screening.finish();
    await page.getByText('Why', { exact: true }).click();
    const notes = () => page.getByText(/^Lengths assume a screen of 96 pixels an inch/).elements();
    await expect.poll(() => notes().length).toBe(2);
    expect(notes().some((note) => note.closest('.report') !== null)).toBe(true);
    await screening.examples.open({ name: 'b', title: 'Steady wave', task: 'wave' });
    await expect.poll(() => notes().length).toBe(0);
  });

  test('the result comes by itself after a pause, and drawing on puts it off', async () => {
    const screening = await openScreen();
    drawSpiral(screening);
    expect(screening.phase).toBe('waiting');
    screening.penDown('pen');
    expect(screening.phase).toBe('idle');
    screening.penMoved(spiralStroke(0).samples.slice(0, 3));
    screening.penUp(true);
    await expect.poll(() => screening.shown, { timeout: 4_000 }).not.toBeNull();
    expect(named('screening.recording').length).toBe(1);
  });

  test('drawing on after a result replaces it, once the new one is stored', async () => {
    const screening = await openScreen();
    drawSpiral(screening);
    await screening.finish();
    const first = screening.shown?.sample.id;
    drawSpiral(screening);
    expect(screening.shown).toBeNull();
    expect(named('samples.delete')).toEqual([]);
    await screening.finish();
    expect(named('samples.delete').map(({ input }) => input)).toEqual([{ ids: [first] }]);
    expect(screening.session.list.length).toBe(1);
  });

  test('Save applies the chosen label, clears the page, and Undo takes the label back', async () => {
    const screening = await openScreen();
    drawSpiral(screening);
    await screening.finish();
    const id = screening.shown?.sample.id;
    await page.getByRole('button', { name: 'Regular', exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByText('Saved, labelled regular')).toBeVisible();
    expect(screening.drawing.isEmpty).toBe(true);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect
      .poll(() => named('samples.label').map(({ input }) => input))
      .toEqual([
        { ids: [id], label: 'regular' },
        { ids: [id], label: null },
      ]);
  });

  test('Draw again bins the drawing, and Undo in the toast brings it back with its result', async () => {
    const screening = await openScreen();
    drawSpiral(screening);
    await screening.finish();
    const id = screening.shown?.sample.id;
    await page.getByRole('button', { name: 'Draw again' }).click();
    await expect.element(page.getByText('Drawing moved to the bin')).toBeVisible();
    expect(screening.drawing.isEmpty).toBe(true);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect.poll(() => screening.shown?.sample.id).toBe(id);
    expect(named('samples.restore').map(({ input }) => input)).toEqual([{ ids: [id] }]);
    expect(screening.drawing.strokes.length).toBe(1);
  });

  test('undo and redo work from the keyboard, and an undone stroke leaves the journal', async () => {
    const screening = await openScreen();
    drawSpiral(screening);
    drawSpiral(screening);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(screening.drawing.strokes.length).toBe(1);
    await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}');
    expect(screening.drawing.strokes.length).toBe(2);
    await userEvent.keyboard('{Control>}z{/Control}');
    drawSpiral(screening);
    await expect.poll(() => named('capture.abandon').length).toBe(1);
    expect(named('capture.begin').length).toBe(2);
    expect(named('capture.append').length).toBe(4);
  });

  test('a screening that fails keeps the drawing, and the next attempt closes the same journal', async () => {
    const journals: (string | null)[] = [];
    const fake = fakeApi();
    const app = new App(
      {
        api: {
          ...fake.api,
          screening: {
            ...fake.api.screening,
            recording: (async (input: { journal: string | null }) => {
              journals.push(input.journal);
              await Promise.resolve();
              if (journals.length === 1) throw new Error('the disk is full');
              return fakeScreened('regular');
            }) as unknown as typeof fake.api.screening.recording,
          },
        },
        onState: (listener) => (listener('open'), () => {}),
      },
      window,
    );
    await render(AppView, { app });
    const screening = app.keep(Screening);
    drawSpiral(screening);
    await expect(screening.finish()).rejects.toThrow('the disk is full');
    expect(screening.drawing.strokes.length).toBe(1);
    expect(screening.canFinish).toBe(true);
    await screening.finish();
    expect(screening.shown?.result.verdict).toBe('regular');
    expect(journals[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(journals[1]).toBe(journals[0]);
  });

  test('looking at an example leaves a begun drawing alone', async () => {
    const screening = await openScreen();
    drawSpiral(screening);
    await screening.examples.open({ name: 'b', title: 'Steady wave', task: 'wave' });
    await page.getByRole('button', { name: 'Close' }).click();
    expect(screening.shown).toBeNull();
    expect(screening.drawing.strokes.length).toBe(1);
    expect(named('capture.abandon')).toEqual([]);
    expect(screening.canFinish).toBe(true);
  });
});
