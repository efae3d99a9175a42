import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { SampleDetail, ScreenResultView } from '../../../renderer/api/types.ts';
import SampleEvidence from '../../../renderer/screens/library/SampleEvidence.svelte';
import '../../../renderer/styles/base.css';
import { fakeResult, fakeScan, screenedAs } from '../fake-api.ts';

async function evidenceOf(result: ScreenResultView): Promise<string> {
  const detail: SampleDetail = {
    ...screenedAs(result).sample,
    result,
    labels: [],
    width: 400,
    height: 400,
    recording: null,
    originalName: 'visit.svc',
  };
  const { container } = await render(SampleEvidence, { detail });
  return container.textContent.replace(/[\s\u00a0\u202f]+/g, ' ');
}

test('a recording shows both witnesses, the peak among the frequencies, and the figures', async () => {
  const text = await evidenceOf(fakeResult('tremor-like'));
  expect(text).toContain('The line wavers 5.1 times a second, by about 1.2 mm.');
  expect(text).toContain('The picture 88 %');
  expect(text).toContain('The pen’s clock clear 5.1 Hz, 1.2 mm, 81 % of the time');
  expect(text).toContain('Both say the same.');
  expect(text).toContain('How often it wavers');
  expect(text).toContain('Mean speed');
});

test('a peak that the clock calls none is not drawn among the frequencies', async () => {
  const clock = { ...fakeResult('regular').clock, peakHz: 6.2 } as ScreenResultView['clock'];
  const text = await evidenceOf(fakeResult('regular', { clock }));
  expect(text).toContain('The pen’s clock none');
  expect(text).not.toContain('How often it wavers');
});

test('a scan that was refused says why, what to do, and what was done to the page', async () => {
  const text = await evidenceOf(
    fakeScan('not-screenable', { refusal: { reason: 'no-pen-line' }, warnings: [{ code: 'inverted' }] }),
  );
  expect(text).toContain('This does not look like a pen line on a plain sheet.');
  expect(text).toContain('Scan a drawing in dark ink on one light sheet');
  expect(text).toContain('Light on dark: judged as its negative.');
  expect(text).not.toContain('The picture');
  expect(text).toContain('A scan holds no time');
});
