import type { Api } from '../api/types.ts';

export interface Participant {
  readonly code: string;
  readonly samples: number;
}

const CODE = /^[A-Za-z0-9_-]{1,24}$/;

/** The people known by their codes. */
export class Participants {
  #list = $state.raw<readonly Participant[]>([]);
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  get list(): readonly Participant[] {
    return this.#list;
  }

  /** True for what may be a code: 1 to 24 letters, digits, dashes or underscores. */
  isCode(text: string): boolean {
    return CODE.test(text);
  }

  async load(): Promise<void> {
    this.#list = await this.#api.participants.list();
  }

  /** Adds a person, or finds the one that is there already. */
  async create(code: string): Promise<void> {
    if (!this.#list.some((known) => known.code === code)) await this.#api.participants.create({ code });
    await this.load();
  }
}
