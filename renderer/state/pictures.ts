import type { Api } from '../api/types.ts';

type What = Parameters<Api['samples']['picture']>[0]['what'];

/** Enough for a library page at a glance; thumbs are a few kilobytes. */
const KEPT = 400;

/** Pictures of samples, asked for once. The oldest leave first. */
export class Pictures {
  readonly #api: Api;
  readonly #kept = new Map<string, Promise<Blob>>();

  constructor(api: Api) {
    this.#api = api;
  }

  /** A failed one is asked for again next time. */
  get(id: string, what: What): Promise<Blob> {
    const key = `${id} ${what}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const asked = this.#api.samples.picture({ id, what });
    this.#kept.set(key, asked);
    asked.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return asked;
  }
}
