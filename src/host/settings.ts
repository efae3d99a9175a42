import { settings as settingsSchema } from '../api/schemas.ts';
import type { Settings } from '../api/contract.ts';
import type { Store } from '../store/open-store.ts';

const DEFAULTS: Settings = {
  theme: 'system',
  participant: null,
  hand: 'right',
  task: 'spiral-traced',
  sensitivity: 'balanced',
};

/** The app's settings with their defaults; a stored value that is no longer allowed gives way to its default. */
export class AppSettings {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async read(): Promise<Settings> {
    const stored = await this.#store.settings.all();
    const whole = settingsSchema.safeParse({ ...DEFAULTS, ...stored });
    if (whole.success) return whole.data;
    const wrong = new Set(whole.error.issues.map((issue) => String(issue.path[0])));
    const kept = Object.fromEntries(Object.entries(stored).filter(([key]) => !wrong.has(key)));
    return settingsSchema.parse({ ...DEFAULTS, ...kept });
  }

  async change(values: { [Key in keyof Settings]?: Settings[Key] | undefined }): Promise<Settings> {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length > 0) await this.#store.settings.change(given);
    return this.read();
  }
}
