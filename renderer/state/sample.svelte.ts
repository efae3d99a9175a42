import type { Api, SampleDetail } from '../../src/api/contract.ts';

type Label = NonNullable<SampleDetail['label']>;

export interface SampleDeps {
  readonly api: Pick<Api, 'samples'>;
  /** Offers to take a change of label back. */
  readonly tell: (sample: SampleDetail, label: Label | null, undo: () => Promise<void>) => void;
}

/** One sample, opened large. */
export class SampleState {
  readonly #deps: SampleDeps;
  #detail = $state.raw<SampleDetail | null>(null);
  #error = $state.raw<unknown>(null);
  #asked = '';

  constructor(deps: SampleDeps) {
    this.#deps = deps;
  }

  /** Null until it is here, or when it cannot be had (`error`). The one shown before stays until the next has come. */
  get detail(): SampleDetail | null {
    return this.#detail;
  }
  get error(): unknown {
    return this.#error;
  }

  async open(id: string): Promise<void> {
    this.#asked = id;
    this.#error = null;
    try {
      const detail = await this.#deps.api.samples.get({ id });
      if (this.#asked === id) this.#detail = detail;
    } catch (error) {
      if (this.#asked !== id) return;
      this.#detail = null;
      this.#error = error;
    }
  }

  /** null takes the label away; the history keeps every change, the one made by Undo too. */
  async label(label: Label | null): Promise<void> {
    const detail = this.#detail;
    if (!detail || detail.label === label) return;
    const former = detail.label;
    await this.#change(detail.id, label);
    this.#deps.tell(detail, label, () => this.#change(detail.id, former));
  }

  async #change(id: string, label: Label | null): Promise<void> {
    await this.#deps.api.samples.label({ ids: [id], label });
    if (this.#asked === id) await this.open(id);
  }
}
