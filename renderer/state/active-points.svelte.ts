import type { Api, WorkingPoints } from '../api/types.ts';

/** The working points of the model that judges, from its card. */
export class ActivePoints {
  readonly #api: Pick<Api, 'models'>;
  #points = $state.raw<WorkingPoints | null>(null);

  constructor(api: Pick<Api, 'models'>) {
    this.#api = api;
  }

  /** null until they are here, and for models whose card has none. */
  get points(): WorkingPoints | null {
    return this.#points;
  }

  async load(): Promise<void> {
    const active = (await this.#api.models.list()).find(({ state }) => state === 'active');
    if (active === undefined) return;
    this.#points = (await this.#api.models.show({ id: active.id })).workingPoints ?? null;
  }
}
