import type { Api, Task } from '../api/types.ts';
import type { App } from './app.svelte.ts';
import type { ResultView } from './result-view.svelte.ts';
import type { SessionList } from './session-list.svelte.ts';

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly task: Task;
}

/** What the Screen offers before anything was drawn: the samples that ship, and a greeting on the first run. */
export class Examples {
  readonly #app: App;
  readonly #view: ResultView;
  readonly #session: SessionList;
  #list = $state.raw<readonly Example[]>([]);
  #isFirstRun = $state(false);
  #opening = $state(false);

  constructor(app: App, view: ResultView, session: SessionList) {
    this.#app = app;
    this.#view = view;
    this.#session = session;
  }

  get list(): readonly Example[] {
    return this.#list;
  }

  /** The one to try first: a spiral that wavers shows most. */
  get first(): Example | null {
    const spirals = this.#list.filter(({ task }) => task.startsWith('spiral'));
    return spirals.find(({ name }) => name.includes('tremor')) ?? spirals[0] ?? this.#list[0] ?? null;
  }

  /** Nothing is in the library and nobody has begun. */
  get isFirstRun(): boolean {
    return this.#isFirstRun;
  }

  get opening(): boolean {
    return this.#opening;
  }

  /** Asks the host; called whenever it answers anew. */
  async load(): Promise<void> {
    const { api } = this.#app;
    const [list, stored]: [readonly Example[], Awaited<ReturnType<Api['samples']['list']>>] =
      await Promise.all([api.screening.examples(), api.samples.list({ limit: 1 })]);
    this.#list = list;
    this.#isFirstRun = stored.total === 0 && this.#session.list.length === 0;
  }

  leaveFirstRun(): void {
    this.#isFirstRun = false;
  }

  async open({ name, title }: Example): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    try {
      const { participant } = this.#app.preferences.settings;
      const screened = await this.#app.api.screening.example({ name, participant });
      this.#session.remember(screened);
      this.#isFirstRun = false;
      this.#view.open({ ...screened, from: 'example', title, row: null });
    } finally {
      this.#opening = false;
    }
  }
}
