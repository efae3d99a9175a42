import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Api } from '../../renderer/api/types.ts';
import AppView from '../../renderer/App.svelte';
import { App } from '../../renderer/state/app.svelte.ts';
import '../../renderer/styles/base.css';

/** The whole window over a host, opened at `place`, for example `library`. */
export async function openApp(api: Api, place: string): Promise<App> {
  await page.viewport(1280, 800);
  window.location.hash = `#/${place}`;
  const app = new App(
    {
      api,
      onState: (listener) => {
        listener('open');
        return () => undefined;
      },
    },
    window,
  );
  await render(AppView, { app });
  return app;
}
