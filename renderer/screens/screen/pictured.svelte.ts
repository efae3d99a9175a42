import type { Pictures } from '../../state/pictures.ts';

/** The pictures of the shown sample, each null until it is here. */
export class Pictured {
  #thumb = $state.raw<Blob | null>(null);
  #ink = $state.raw<Blob | null>(null);
  #page = $state.raw<Blob | null>(null);
  #id: string | null = null;
  readonly #pictures: Pictures;
  readonly #onFault: (error: unknown) => void;

  constructor(pictures: Pictures, onFault: (error: unknown) => void) {
    this.#pictures = pictures;
    this.#onFault = onFault;
  }

  get thumb(): Blob | null {
    return this.#thumb;
  }

  get ink(): Blob | null {
    return this.#ink;
  }

  get page(): Blob | null {
    return this.#page;
  }

  /** Turns to another sample; answers for the former one that come late are dropped. */
  show(id: string | null): void {
    if (id === this.#id) return;
    this.#id = id;
    this.#thumb = this.#ink = this.#page = null;
    if (id === null) return;
    const fetch = (what: 'thumb' | 'ink' | 'page', take: (blob: Blob) => void) => {
      this.#pictures.get(id, what).then((blob) => {
        if (this.#id === id) take(blob);
      }, this.#onFault);
    };
    fetch('thumb', (blob) => (this.#thumb = blob));
    fetch('ink', (blob) => (this.#ink = blob));
    fetch('page', (blob) => (this.#page = blob));
  }
}
