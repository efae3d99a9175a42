import { getContext, setContext } from 'svelte';
import type { Connection, ConnectionState } from '../api/connect.ts';
import type { Api } from '../api/types.ts';
import { Participants } from './participants.svelte.ts';
import { Pictures } from './pictures.ts';
import { Preferences } from './preferences.svelte.ts';
import { Router } from './router.svelte.ts';

const KEY = Symbol('app');

/** What every screen shares. Made once in main.ts; screens get it by `useApp()`. */
export class App {
  readonly api: Api;
  readonly router: Router;
  readonly preferences: Preferences;
  readonly participants: Participants;
  readonly pictures: Pictures;
  #connection = $state<ConnectionState>('connecting');
  #epoch = $state(0);
  readonly #kept = new WeakMap<object, unknown>();

  constructor(connection: Pick<Connection, 'api' | 'onState'>, target: Window) {
    this.api = connection.api;
    this.router = new Router(target);
    this.preferences = new Preferences(this.api, target.matchMedia('(prefers-color-scheme: dark)'));
    this.participants = new Participants(this.api);
    this.pictures = new Pictures(this.api);
    connection.onState((state) => {
      this.#connection = state;
      if (state === 'open') this.#epoch++;
    });
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** Counts the connections made: an effect that reads it runs again after the host came back. */
  get epoch(): number {
    return this.#epoch;
  }

  /**
   * The one instance of a screen's state, made on first use and alive as long as the window:
   * a drawing, a filter or a curve is not lost by looking elsewhere.
   */
  keep<State extends object>(Kind: new (app: App) => State): State {
    const kept = this.#kept.get(Kind);
    if (kept instanceof Kind) return kept;
    const made = new Kind(this);
    this.#kept.set(Kind, made);
    return made;
  }
}

export function provideApp(app: App): void {
  setContext(KEY, app);
}

export function useApp(): App {
  return getContext<App>(KEY);
}
