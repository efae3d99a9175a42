import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import AppView from '../../renderer/App.svelte';
import { connectSocket, type ConnectionState } from '../../renderer/api/connect.ts';
import { HostLost } from '../../renderer/api/faults.ts';
import { App } from '../../renderer/state/app.svelte.ts';
import { fakeApi } from './fake-api.ts';

afterEach(() => vi.unstubAllGlobals());

test('a host that refuses every attempt is given up, and calls fail at once', async () => {
  let attempts = 0;
  const Real = WebSocket;
  vi.stubGlobal(
    'WebSocket',
    class extends Real {
      constructor(url: string) {
        attempts++;
        super(url);
      }
    },
  );
  const states: ConnectionState[] = [];
  // Nothing listens there.
  const connection = connectSocket({ protocol: 'http:', host: '127.0.0.1:59997' }, [1, 1]);
  connection.onState((state) => states.push(state));
  await expect.poll(() => states.at(-1)).toBe('gone');
  expect(states).toEqual(['connecting', 'lost', 'gone']);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(attempts).toBe(3);
  await expect(connection.api.models.list()).rejects.toThrow(HostLost);
});

test('when the host is gone the window says to start Steadypen again', async () => {
  let tell: (state: ConnectionState) => void = () => {};
  const { api } = fakeApi();
  const app = new App(
    { api, onState: (listener) => ((tell = listener), listener('open'), () => {}) },
    window,
  );
  await render(AppView, { app });
  tell('lost');
  await expect.element(page.getByText(/connecting again/)).toBeVisible();
  tell('gone');
  await expect.element(page.getByRole('alert').getByText(/Start Steadypen again/)).toBeVisible();
  expect(page.getByText(/connecting again/).elements()).toEqual([]);
});
