import { faultOf, isAbort, type Fault } from '../api/faults.ts';
import type { Api, MaxUploadBytes, Screened, Task } from '../api/types.ts';
import { words } from '../words/words.ts';
import { kindOfFile, type FileKind } from './file-kinds.ts';

/** Largest file that the host takes. The type is the host's own number, so that the two cannot differ. */
const MAX_FILE_BYTES: MaxUploadBytes = 67_108_864;

/** One line of the list: a file, or a page of one. */
export type BatchRow = {
  readonly key: string;
  readonly name: string;
  readonly kind: FileKind;
  /** From 1; null for files of one page. */
  readonly page: number | null;
  readonly pages: number | null;
} & (
  | { readonly state: 'waiting' | 'skipped' }
  | { readonly state: 'reading' }
  | ({ readonly state: 'done' } & Screened)
  | { readonly state: 'fault'; readonly fault: Fault }
);

/** Screens files one after another, also those that come while it runs. Cancelling keeps what is ready. */
export class Batch {
  #count = $state(0);
  #rows = $state.raw<readonly BatchRow[]>([]);
  #filesDone = $state(0);
  #state = $state<'running' | 'done' | 'cancelled'>('running');
  #remainingMs = $state<number | null>(null);
  readonly #api: Api['screening'];
  readonly #files: File[] = [];
  readonly #participant: string | null;
  readonly #nowMs: () => number;
  readonly #abort = new AbortController();

  constructor(
    api: Api['screening'],
    files: readonly File[],
    participant: string | null,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#api = api;
    this.#participant = participant;
    this.#nowMs = nowMs;
    this.add(files);
  }

  get count(): number {
    return this.#count;
  }

  get rows(): readonly BatchRow[] {
    return this.#rows;
  }

  get state(): 'running' | 'done' | 'cancelled' {
    return this.#state;
  }

  get participant(): string | null {
    return this.#participant;
  }

  /** Files finished, readable or not. */
  get filesDone(): number {
    return this.#filesDone;
  }

  get faults(): number {
    return this.#rows.filter((row) => row.state === 'fault').length;
  }

  get fraction(): number {
    return this.count === 0 ? 1 : this.#filesDone / this.count;
  }

  /** null until one file is finished. */
  get remainingMs(): number | null {
    return this.#remainingMs;
  }

  get screened(): readonly Screened[] {
    return this.#rows.filter((row) => row.state === 'done');
  }

  /** Further files, screened after those that are there; only before the end of `run`. */
  add(files: readonly File[]): void {
    const waiting = files.map(({ name }, index): BatchRow => {
      const key = `${this.#files.length + index}`;
      return { key, name, kind: kindOfFile(name), page: null, pages: null, state: 'waiting' };
    });
    this.#files.push(...files);
    this.#rows = [...this.#rows, ...waiting];
    this.#count = this.#files.length;
  }

  async run(): Promise<void> {
    const startMs = this.#nowMs();
    for (const [index, file] of this.#files.entries()) {
      if (this.#abort.signal.aborted) break;
      await this.#screen(`${index}`, file);
      if (this.#abort.signal.aborted) break;
      this.#filesDone = index + 1;
      this.#remainingMs = ((this.#nowMs() - startMs) / this.#filesDone) * (this.count - this.#filesDone);
    }
    this.#remainingMs = null;
    this.#state = this.#abort.signal.aborted ? 'cancelled' : 'done';
  }

  cancel(): void {
    if (this.#state !== 'running') return;
    this.#abort.abort();
    this.#state = 'cancelled';
    this.#rows = this.#rows.map((row) =>
      row.state === 'waiting' || row.state === 'reading' ? { ...row, state: 'skipped' } : row,
    );
  }

  /** Takes a line off the list; what is stored stays. */
  hide(key: string): void {
    this.#rows = this.#rows.filter((row) => row.key !== key);
  }

  /** True where the task that was guessed can be named instead: the file is still at hand and has one page. */
  canRetask(row: BatchRow): boolean {
    return row.state === 'done' && row.page === null && this.#files[Number(row.key)] !== undefined;
  }

  /**
   * Screens a one-page file again as what it is. The new sample takes the row; the former one is left to the caller.
   * @returns null when the file did not yield a sample this time.
   */
  async retask(key: string, task: Task): Promise<Screened | null> {
    const file = this.#files[Number(key)];
    if (file === undefined) return null;
    const input = { file, name: nameOf(file), task, participant: this.#participant };
    for await (const event of await this.#api.file(input)) {
      if (event.kind !== 'sample') continue;
      const { sample, result } = event;
      this.#change(key, (row) => ({ ...base(row), state: 'done', sample, result }));
      return { sample, result };
    }
    return null;
  }

  async #screen(key: string, file: File): Promise<void> {
    const { signal } = this.#abort;
    if (file.size > MAX_FILE_BYTES) {
      this.#change(key, (row) => ({ ...base(row), state: 'fault', fault: tooLarge(file) }));
      return;
    }
    let pages: number | null = null;
    let found = 0;
    this.#change(key, (row) => ({ ...base(row), state: 'reading' }));
    try {
      const events = await this.#api.file(
        { file, name: nameOf(file), task: null, participant: this.#participant },
        { signal },
      );
      for await (const event of events) {
        if (signal.aborted) return;
        if (event.kind === 'reading') {
          pages = event.pages;
          const { page } = event;
          if (pages > 1) this.#reading(key, page, pages);
          continue;
        }
        this.#done(key, found++, pages, event);
      }
      if (found === 0) this.hide(key);
      else this.#rows = this.#rows.filter((row) => !(row.key === key && row.state === 'reading'));
    } catch (error) {
      if (isAbort(error, signal)) return;
      const fault = faultOf(error);
      this.#change(key, (row) => ({ ...base(row), state: 'fault', fault }));
    }
  }

  #reading(key: string, page: number, pages: number): void {
    this.#change(key, (row) => ({ ...base(row), state: 'reading', page, pages }));
  }

  /** The first page takes the file's own line; further ones get a line before the one that is being read. */
  #done(key: string, index: number, pages: number | null, screened: Screened): void {
    const at = this.#rows.findIndex((row) => row.key === key);
    const row = this.#rows[at];
    if (row === undefined) return;
    const isLast = pages === null || index + 1 >= pages;
    const done: BatchRow = {
      ...base(row),
      key: isLast ? key : `${key}.${index}`,
      kind: screened.result.kind,
      page: pages !== null && pages > 1 ? (screened.result.page ?? index + 1) : null,
      pages,
      state: 'done',
      sample: screened.sample,
      result: screened.result,
    };
    this.#rows = isLast ? this.#rows.with(at, done) : this.#rows.toSpliced(at, 0, done);
  }

  #change(key: string, change: (row: BatchRow) => BatchRow): void {
    this.#rows = this.#rows.map((row) => (row.key === key ? change(row) : row));
  }
}

/** Refused here, before its bytes cross over to the host. */
function tooLarge(file: File): Fault {
  const name = nameOf(file);
  const message = words.screen.fileTooLarge(name, file.size, MAX_FILE_BYTES);
  return { kind: 'refused', info: { code: 'too-large', message, subject: name } };
}

/** Pasted pictures may have no name. */
function nameOf(file: File): string {
  return file.name.slice(0, 255) || 'file';
}

function base(row: BatchRow): Pick<BatchRow, 'key' | 'name' | 'kind' | 'page' | 'pages'> {
  const { key, name, kind, page, pages } = row;
  return { key, name, kind, page, pages };
}
