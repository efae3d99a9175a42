import type { Api } from '../../src/api/contract.ts';

export type PictureKind = 'thumb' | 'page' | 'ink';

/**
 * Object URLs of stored pictures, asked for once and shared. The least recently used are revoked beyond `limit`, which must
 * be larger than what one screen shows; `dispose` revokes the rest.
 */
export class Pictures {
  readonly #api: Pick<Api, 'samples'>;
  readonly #limit: number;
  readonly #urls = new Map<string, Promise<string>>();

  constructor(api: Pick<Api, 'samples'>, limit = 800) {
    this.#api = api;
    this.#limit = limit;
  }

  /** @throws What the call throws; a failed picture is asked for again next time. */
  url(id: string, what: PictureKind): Promise<string> {
    const key = `${what} ${id}`;
    const known = this.#urls.get(key);
    if (known) {
      this.#urls.delete(key);
      this.#urls.set(key, known);
      return known;
    }
    const url = this.#api.samples.picture({ id, what }).then((blob) => URL.createObjectURL(blob));
    url.catch(() => this.#urls.delete(key));
    this.#urls.set(key, url);
    for (const oldest of this.#urls.keys()) {
      if (this.#urls.size <= this.#limit) break;
      this.#drop(oldest);
    }
    return url;
  }

  dispose(): void {
    for (const key of [...this.#urls.keys()]) this.#drop(key);
  }

  #drop(key: string): void {
    void this.#urls.get(key)?.then(URL.revokeObjectURL, () => undefined);
    this.#urls.delete(key);
  }
}
