import type { Api, Settings } from '../api/types.ts';

const DEFAULTS: Settings = {
  theme: 'system',
  participant: null,
  hand: 'right',
  task: 'spiral-traced',
  sensitivity: 'balanced',
};

/** What the host remembers between starts, and the look that follows from it. */
export class Preferences {
  #settings = $state<Settings>(DEFAULTS);
  #loaded = $state(false);
  #systemDark = $state(false);
  readonly #api: Api;

  /** @param scheme The media query `(prefers-color-scheme: dark)`. */
  constructor(api: Api, scheme: MediaQueryList) {
    this.#api = api;
    this.#systemDark = scheme.matches;
    scheme.addEventListener('change', (event) => (this.#systemDark = event.matches));
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** False until the host has answered once. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get dark(): boolean {
    const { theme } = this.#settings;
    return theme === 'system' ? this.#systemDark : theme === 'dark';
  }

  async load(): Promise<void> {
    this.#settings = await this.#api.app.settings();
    this.#loaded = true;
  }

  /** Shows the change at once and takes it back when the host refuses it. */
  async change(change: Partial<Settings>): Promise<void> {
    const former = this.#settings;
    this.#settings = { ...former, ...change };
    try {
      this.#settings = await this.#api.app.changeSettings(change);
    } catch (error) {
      this.#settings = former;
      throw error;
    }
  }
}
