import type { Api, ModelDetail, ModelSummary } from '../../src/api/contract.ts';

export interface ModelsDeps {
  readonly api: Pick<Api, 'models'>;
  /** Says what happened; `undo` is given where the step can be taken back. */
  readonly tell: (
    news: { readonly kind: 'activated' | 'rolled-back' | 'discarded'; readonly model: ModelSummary },
    undo: (() => Promise<void>) | null,
  ) => void;
}

/** Every stored model, which one judges, and the open card. */
export class ModelsState {
  readonly #deps: ModelsDeps;
  #models = $state.raw<readonly ModelSummary[]>([]);
  #details = $state.raw<Readonly<Record<string, ModelDetail>>>({});
  #open = $state<string | null>(null);
  #busy = $state(false);
  #loaded = $state(false);
  #error = $state.raw<unknown>(null);

  constructor(deps: ModelsDeps) {
    this.#deps = deps;
  }

  /** Candidates first, then the active model, then the rest, each newest first. */
  get models(): readonly ModelSummary[] {
    const order = { candidate: 0, active: 1, factory: 2, archived: 3 };
    return [...this.#models].sort(
      (a, b) => order[a.state] - order[b.state] || b.createdAt.localeCompare(a.createdAt),
    );
  }
  get active(): ModelSummary | null {
    return this.#models.find((model) => model.state === 'active') ?? null;
  }
  get open(): string | null {
    return this.#open;
  }
  /** The card of the open model; null until it is here. */
  get card(): ModelDetail | null {
    return this.#open === null ? null : (this.#details[this.#open] ?? null);
  }
  get busy(): boolean {
    return this.#busy;
  }
  get loaded(): boolean {
    return this.#loaded;
  }
  get error(): unknown {
    return this.#error;
  }

  async load(): Promise<void> {
    await this.#guard(() => this.#refresh());
  }

  /** Opens a model's card, or closes it when it is open. */
  async toggle(id: string): Promise<void> {
    this.#open = this.#open === id ? null : id;
    if (this.#open === null || this.#details[id]) return;
    await this.#guard(async () => {
      const detail = await this.#deps.api.models.show({ id });
      this.#details = { ...this.#details, [id]: detail };
    });
  }

  async activate(model: ModelSummary): Promise<void> {
    await this.#act(async () => {
      const former = this.active;
      await this.#deps.api.models.activate({ id: model.id });
      await this.#refresh();
      const undo = former && (() => this.#act(() => this.#activateQuietly(former.id)));
      this.#deps.tell({ kind: 'activated', model }, undo);
    });
  }

  /** Back to the model that judged before. */
  async rollBack(): Promise<void> {
    await this.#act(async () => {
      const former = this.active;
      const { id } = await this.#deps.api.models.rollback();
      await this.#refresh();
      const now = this.#models.find((model) => model.id === id);
      const undo = former && (() => this.#act(() => this.#activateQuietly(former.id)));
      if (now) this.#deps.tell({ kind: 'rolled-back', model: now }, undo);
    });
  }

  /** Archives a candidate. It stays on disk and can be activated later. */
  async discard(model: ModelSummary): Promise<void> {
    await this.#act(async () => {
      await this.#deps.api.models.discard({ id: model.id });
      await this.#refresh();
      this.#deps.tell({ kind: 'discarded', model }, null);
    });
  }

  async #activateQuietly(id: string): Promise<void> {
    await this.#deps.api.models.activate({ id });
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    this.#models = await this.#deps.api.models.list();
    this.#loaded = true;
  }

  /** One change at a time: a hold or a second click does nothing. */
  async #act(work: () => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await this.#guard(work);
    this.#busy = false;
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#error = null;
    } catch (error) {
      this.#error = error;
    }
  }
}
