import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { ScreenResultView } from '../../renderer/api/types.ts';
import { Screening } from '../../renderer/state/screening.svelte.ts';
import { fakeApi, fakeResult, fakeScan, screenedAs } from './fake-api.ts';
import { openApp } from './open-app.ts';

const RESULTS: Readonly<Record<string, ScreenResultView>> = {
  'shaky.svc': fakeResult('tremor-like'),
  'slow.svc': fakeResult('inconclusive'),
  'word.png': fakeScan('inconclusive', { task: 'words', inconclusive: 'one-place' }),
  'even.png': fakeScan('regular'),
  'leaf.png': fakeScan('not-screenable', { refusal: { reason: 'no-pen-line' } }),
};

test('each file of a batch says its verdict, and in few words what it rests on', async () => {
  const { api } = fakeApi({
    screening: {
      file: async function* ({ name }: { name: string }) {
        await Promise.resolve();
        yield { kind: 'sample' as const, ...screenedAs(RESULTS[name] ?? fakeScan('regular')) };
      } as never,
    },
  });
  const app = await openApp(api, 'screen');
  await app.keep(Screening).openFiles(Object.keys(RESULTS).map((name) => new File(['ink'], name)));
  await expect.element(page.getByRole('heading', { name: '5 files screened' })).toBeVisible();
  const said = Array.from(document.querySelectorAll('tbody tr'), (row) =>
    ['.name', '.verdict'].map((part) =>
      row
        .querySelector(part)
        ?.textContent.replace(/[\s\u00a0\u202f]+/g, ' ')
        .trim(),
    ),
  );
  expect(said).toEqual([
    ['shaky.svc', 'Tremor-like 96 % 5.1 times a second'],
    ['slow.svc', 'Inconclusive 41 % shaky, but no tremor by the pen’s clock'],
    ['word.png', 'Inconclusive 41 % one place only'],
    ['even.png', 'Regular 6 %'],
    ['leaf.png', 'Not screenable no pen line on a plain sheet'],
  ]);
});
