import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Sensitivity, WorkingPoints } from '../../../renderer/api/types.ts';
import PredictiveCard from '../../../renderer/screens/settings/PredictiveCard.svelte';
import SensitivityChoice from '../../../renderer/screens/settings/SensitivityChoice.svelte';
import '../../../renderer/styles/base.css';

const limits = { regularBelow: 0.3, tremorFrom: 0.6 };
const byMedium = {
  high: { ...limits, specificity: 0.9, sensitivity: 0.95 },
  balanced: { ...limits, specificity: 0.95, sensitivity: 0.9 },
  specific: { ...limits, specificity: 0.996, sensitivity: 0.7 },
};
const points: WorkingPoints = {
  spiral: {
    recording: byMedium,
    scan: { ...byMedium, balanced: { ...limits, specificity: 0.95, sensitivity: 0.5 } },
  },
};

describe('sensitivity', () => {
  test.each([
    ['high', ['10', '95']],
    ['balanced', ['5', '90']],
    ['specific', ['fewer than 1', '70']],
  ] as const)('%s says of 100 regular writers how many it flags', async (value, wanted) => {
    const { container } = await render(SensitivityChoice, { value, onchoose: () => {}, points });
    expect(container.querySelector('tbody th')?.textContent).toBe('Spirals, by pen');
    const cells = [...container.querySelectorAll('tbody tr:first-child td')];
    expect(cells.map(({ textContent }) => textContent)).toEqual(wanted);
  });

  test('what was not measured is said to be so', async () => {
    const unmeasured = { ...byMedium, balanced: { ...limits, specificity: null, sensitivity: null } };
    const some: WorkingPoints = { spiral: { recording: unmeasured, scan: byMedium } };
    const { container } = await render(SensitivityChoice, {
      value: 'balanced',
      onchoose: () => {},
      points: some,
    });
    const cells = [...container.querySelectorAll('tbody tr:first-child td')];
    expect(cells.map(({ textContent }) => textContent)).toEqual(['not measured', 'not measured']);
    const worth = await render(PredictiveCard, { points: some, sensitivity: 'balanced' });
    // The first that was measured.
    expect(worth.container.textContent).toContain('Spirals, on paper');
    expect(worth.container.textContent).toContain('about 67 would really have one');
    const none: WorkingPoints = { spiral: { recording: unmeasured, scan: unmeasured } };
    const nothing = await render(PredictiveCard, { points: none, sensitivity: 'balanced' });
    expect(nothing.container.textContent).toContain('was not measured');
  });

  test('a model without working points is spoken of in words, without numbers', async () => {
    const chosen: Sensitivity[] = [];
    await render(SensitivityChoice, { value: 'balanced', onchoose: (value) => chosen.push(value) });
    await expect
      .element(page.getByText('The card of the model in use does not say', { exact: false }))
      .toBeVisible();
    expect(page.getByRole('table').elements()).toEqual([]);
    await page.getByRole('radio', { name: 'High' }).click();
    expect(chosen).toEqual(['high']);
  });
});

describe('what a verdict is worth', () => {
  test('follows the number of people with a tremor', async () => {
    const { container } = await render(PredictiveCard, { points, sensitivity: 'balanced' });
    // Of 1,000, 100 have one: 90 found, 45 flagged without, 855 spared, 10 missed.
    expect(container.textContent).toContain('Of 100 people flagged, about 67 would really have one.');
    expect(container.textContent).toContain('Of 100 people not flagged, about 99 would really have none.');
    const field = page.getByLabelText('Of 100 people I see,');
    await userEvent.fill(field, '50');
    // 500: 450 found, 25 flagged without.
    await expect.element(page.getByText('about 95 would really have one', { exact: false })).toBeVisible();
    await userEvent.fill(field, '100');
    await expect.element(page.getByText('nearly all would really have one', { exact: false })).toBeVisible();
    await expect.element(page.getByText('hardly any would really have none', { exact: false })).toBeVisible();
    await userEvent.fill(field, '150');
    await expect.element(page.getByText('Enter a number from 0 to 100.')).toBeVisible();
  });
});
