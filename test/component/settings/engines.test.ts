import { expect, test } from 'vitest';
import { page, type Locator } from 'vitest/browser';
import type { BackendRates, DoctorReport } from '../../../renderer/api/types.ts';
import { reportText } from '../../../renderer/state/settings.svelte.ts';
import { MemoryHost } from '../memory-host.ts';
import { openApp } from '../open-app.ts';

const AT = '2026-11-25T10:00:00.000Z';
const REPORT: DoctorReport = {
  version: '1.0.0',
  host: 'browser',
  parts: [],
  backends: [
    { name: 'cuda', found: true, detail: 'NVIDIA driver and CUDA 11.', remedy: null },
    { name: 'webgpu', found: false, detail: 'No adapter answers.', remedy: 'Install a driver.' },
    { name: 'cpu', found: true, detail: 'With fast kernels.', remedy: null },
  ],
  rates: [],
  dataFolder: { path: '/home', exists: true, writable: true, bytes: 1, detail: 'ready' },
  database: { exists: true, ok: true, detail: 'in order', samples: 0 },
};
const CPU: BackendRates = {
  backend: 'cpu',
  measuredAt: AT,
  rates: [
    { threads: 1, imagesPerSecond: 1832.4 },
    { threads: 2, imagesPerSecond: 3400 },
  ],
  unusable: null,
};
const CRASHED: BackendRates = { backend: 'cuda', measuredAt: AT, rates: [], unusable: 'It ended: SIGSEGV.' };

const open = (rates: readonly BackendRates[]) =>
  openApp(new MemoryHost({ report: { ...REPORT, rates: [...rates] } }).api, 'settings/engines');
const row = (name: string) => page.getByRole('row', { name, exact: false });
const told = (locator: Locator) => locator.element().textContent.trim();
const text = (part: string) => page.getByText(part, { exact: false });

test('the engines that were measured stand fastest first, with the one that training takes', async () => {
  await open([CPU, CRASHED]);
  await expect.poll(() => told(row('Processor, 2 threads'))).toBe('Processor, 2 threads3,400Fastest');
  expect(told(row('Processor, 1 thread'))).toBe('Processor, 1 thread1,832');
  const names = row('Processor')
    .elements()
    .map((element) => element.querySelector('th')?.textContent);
  expect(names).toEqual(['Processor, 2 threads', 'Processor, 1 thread']);
  await expect.element(text('Measured on 25 Nov 2026')).toBeVisible();
});

test('what was found and cannot be used says so, and what does the computing instead', async () => {
  await open([CPU, CRASHED]);
  const cuda = page.getByRole('listitem').filter({ hasText: 'CUDA' });
  await expect.poll(() => told(cuda)).toMatch(/It ended: SIGSEGV\.\s+Cannot be used/);
  await expect.element(text('screening and training run on the processor.')).toBeVisible();
});

test('a faster card is named for training, and screening stays on the processor', async () => {
  await open([CPU, { ...CRASHED, unusable: null, rates: [{ threads: 1, imagesPerSecond: 9000 }] }]);
  await expect.poll(() => told(row('Graphics card, CUDA'))).toBe('Graphics card, CUDA9,000Fastest');
  const where = 'screening runs on the processor, training on: graphics card, cuda.';
  await expect.element(text(where)).toBeVisible();
});

test('before anything was measured it says when it will be', async () => {
  await open([]);
  await expect.element(text('How fast they are is measured when')).toBeVisible();
});

test('the report for IT has the figures', () => {
  const lines = reportText({ ...REPORT, rates: [CRASHED, CPU] }).split('\n');
  expect(lines).toContain(`[measured] cuda: It ended: SIGSEGV.; ${AT}`);
  expect(lines).toContain(`[measured] cpu: 1832.4 images/s (threads: 1), 3400 images/s (threads: 2); ${AT}`);
});
