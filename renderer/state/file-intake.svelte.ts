import type { Task } from '../api/types.ts';
import type { App } from './app.svelte.ts';
import { Batch, type BatchRow } from './batch.svelte.ts';
import type { ResultView } from './result-view.svelte.ts';
import type { SessionList } from './session-list.svelte.ts';

/** Files on their way: dropped, chosen or pasted. */
export class FileIntake {
  readonly #app: App;
  readonly #view: ResultView;
  readonly #session: SessionList;
  #batch = $state.raw<Batch | null>(null);
  #naming = $state(false);

  constructor(app: App, view: ResultView, session: SessionList) {
    this.#app = app;
    this.#view = view;
    this.#session = session;
  }

  get batch(): Batch | null {
    return this.#batch;
  }

  /** A named task is being screened. */
  get naming(): boolean {
    return this.#naming;
  }

  /**
   * Screens them one after another. One file that yields one result opens it at once. Systems hand over files that were opened
   * together one by one: those that come while others of the same participant are screened join them.
   */
  async open(files: readonly File[]): Promise<void> {
    this.#view.close();
    this.#app.router.go('screen');
    const { participant } = this.#app.preferences.settings;
    if (this.#batch?.state === 'running' && this.#batch.participant === participant) {
      this.#batch.add(files);
      return;
    }
    this.#batch?.cancel();
    const batch = new Batch(this.#app.api.screening, files, participant);
    this.#batch = batch;
    await batch.run();
    for (const screened of batch.screened) this.#session.remember(screened);
    const [only] = batch.rows;
    if (this.#batch !== batch || batch.count > 1 || batch.rows.length !== 1 || only?.state !== 'done') return;
    this.#batch = null;
    this.#show(batch, only);
  }

  openRow(row: BatchRow): void {
    if (this.#batch !== null) this.#show(this.#batch, row);
  }

  /** Screens the open file again as what it is, and bins the sample that was taken for something else. */
  async nameTask(task: Task): Promise<void> {
    const { shown } = this.#view;
    if (!shown?.row || this.#naming || task === shown.result.task) return;
    this.#naming = true;
    try {
      const screened = await shown.row.batch.retask(shown.row.key, task);
      if (screened === null) return;
      this.#session.forget(shown.sample.id);
      this.#session.remember(screened);
      if (this.#view.shown === shown) this.#view.open({ ...shown, ...screened });
      await this.#app.api.samples.delete({ ids: [shown.sample.id] });
    } finally {
      this.#naming = false;
    }
  }

  /** Leaves the list; what is ready stays in the Library. */
  close(): void {
    this.#batch?.cancel();
    this.#batch = null;
    this.#view.close();
  }

  #show(batch: Batch, row: BatchRow): void {
    if (row.state !== 'done') return;
    const { sample, result, name, key } = row;
    this.#view.open({
      sample,
      result,
      from: 'batch',
      title: name,
      row: batch.canRetask(row) ? { batch, key } : null,
    });
  }
}
