/** The real screens over invented answers, to look at while no host runs: `vite test/component/dev`. Never shipped. */
import '../../../renderer/styles/base.css';
import { mount } from 'svelte';
import AppView from '../../../renderer/App.svelte';
import type { Verdict } from '../../../renderer/api/types.ts';
import { App } from '../../../renderer/state/app.svelte.ts';
import { Screening } from '../../../renderer/state/screening.svelte.ts';
import { fakeApi, fakeScreened, inkPicture, screenedAs, spiralStroke, STATES } from '../fake-api.ts';

const query = new URLSearchParams(location.search);
const verdict = (query.get('verdict') ?? 'tremor-like') as Verdict;
/** A state of the result card by its name: what every screening answers then. */
const state = STATES[query.get('state') ?? ''];
const stroke = spiralStroke(state?.verdict === 'regular' ? 0 : 4);
const { api } = fakeApi(
  {
    screening: {
      ...(state ? { recording: () => Promise.resolve(screenedAs(state)) } : {}),
      file: async function* ({ name }: { name: string }) {
        if (state) {
          yield { kind: 'sample' as const, ...screenedAs(state) };
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 700));
        if (name.endsWith('.pdf'))
          throw new Error('consult-2024.pdf is locked with a password. Save a copy without it.');
        const verdicts: Verdict[] = ['regular', 'tremor-like', 'inconclusive', 'not-screenable'];
        const chosen = verdicts[name.length % 4] ?? 'regular';
        yield {
          kind: 'sample' as const,
          ...fakeScreened(chosen, { kind: name.endsWith('.svc') ? 'recording' : 'scan' }),
        };
      } as never,
    },
    ...(state ? { samples: { picture: (() => inkPicture([stroke])) as never } } : {}),
    ...(query.has('first')
      ? {
          samples: {
            list: (() =>
              Promise.resolve({
                samples: [],
                matching: 0,
                total: 0,
                people: 0,
                matchingPeople: 0,
                disagreeing: 0,
              })) as never,
          },
        }
      : {}),
  },
  verdict,
);
if (query.has('points')) {
  const point = { regularBelow: 0.3, tremorFrom: 0.6, specificity: 0.953, sensitivity: 0.91 };
  const medium = {
    high: { ...point, specificity: 0.9, sensitivity: 0.96 },
    balanced: point,
    specific: { ...point, specificity: 0.992, sensitivity: 0.72 },
  };
  const group = { recording: medium, scan: { ...medium, balanced: { ...point, sensitivity: 0.64 } } };
  Object.assign(api, {
    models: {
      list: () => Promise.resolve([{ id: 'a', state: 'active' }]),
      show: () => Promise.resolve({ workingPoints: { spiral: group, wave: group, writing: group } }),
    },
  });
}
const app = new App(
  {
    api,
    onState: (listener) => {
      listener('open');
      return () => {};
    },
  },
  window,
);
const target = document.getElementById('app');
if (target === null) throw new Error('no #app');
mount(AppView, { target, props: { app } });
if (query.has('draw')) {
  const screening = app.keep(Screening);
  setTimeout(() => {
    screening.penDown('pen');
    screening.penMoved(spiralStroke(Number(query.get('draw'))).samples);
    screening.penUp(true);
    if (!query.has('wait')) void screening.finish();
  }, 300);
}
if (state) {
  const screening = app.keep(Screening);
  setTimeout(() => {
    if (state.kind === 'scan') {
      void screening.openFiles([new File(['x'], 'visit-2.png')]);
      return;
    }
    screening.penDown('pen');
    screening.penMoved(stroke.samples);
    screening.penUp(true);
    void screening.finish();
  }, 300);
}
if (query.has('batch')) {
  const names =
    'sentence-04.png visit-2.tif spiral-right.svc consult-2024.pdf page-blank.jpg shopping.webp wave-left.svc letter-p3.png loops.csv';
  void app.keep(Screening).openFiles(names.split(' ').map((name) => new File(['x'], name)));
}
