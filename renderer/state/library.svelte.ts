import { SvelteSet } from 'svelte/reactivity';
import type { Api, SampleSummary } from '../../src/api/contract.ts';
import { isNarrowed, toSampleFilter, type LibraryFilter } from './library-filter.ts';

type Label = NonNullable<SampleSummary['label']>;
type Page = Awaited<ReturnType<Api['samples']['list']>>;

/** What just happened to stored samples, for a toast with Undo. */
export type LibraryNews =
  | { readonly kind: 'labelled'; readonly samples: readonly SampleSummary[]; readonly label: Label | null }
  | { readonly kind: 'deleted'; readonly samples: readonly SampleSummary[] };

export interface LibraryDeps {
  readonly api: Pick<Api, 'samples' | 'participants'>;
  /** Shows what happened and offers to take it back. */
  readonly tell: (news: LibraryNews, undo: () => Promise<void>) => void;
  readonly now: () => Date;
}

const PAGE = 200;
const COUNTS = { matching: 0, total: 0, people: 0, matchingPeople: 0, disagreeing: 0 };

/**
 * The library as the screen shows it: the filtered samples loaded so far (newest first, as the host sorts them), a cursor
 * that the arrow keys move, and a selection. Actions reach the selection, or the sample at the cursor when there is none.
 */
export class LibraryState {
  readonly #deps: LibraryDeps;
  #samples = $state.raw<readonly SampleSummary[]>([]);
  #counts = $state.raw<Omit<Page, 'samples'>>(COUNTS);
  #participants = $state.raw<Awaited<ReturnType<Api['participants']['list']>>>([]);
  #filter = $state.raw<LibraryFilter>({});
  #cursor = $state(0);
  #anchor = 0;
  readonly #selected = new SvelteSet<string>();
  #loading = $state(false);
  #loaded = $state(false);
  #error = $state.raw<unknown>(null);
  #asked = 0;

  constructor(deps: LibraryDeps) {
    this.#deps = deps;
  }

  get samples(): readonly SampleSummary[] {
    return this.#samples;
  }
  get counts(): Omit<Page, 'samples'> {
    return this.#counts;
  }
  get participants(): readonly { readonly code: string; readonly samples: number }[] {
    return this.#participants;
  }
  get filter(): LibraryFilter {
    return this.#filter;
  }
  get narrowed(): boolean {
    return isNarrowed(this.#filter);
  }
  /** Index of the sample that the keyboard is on. */
  get cursor(): number {
    return this.#cursor;
  }
  get selected(): ReadonlySet<string> {
    return this.#selected;
  }
  get loading(): boolean {
    return this.#loading;
  }
  /** True once the first answer is here: only then is "nothing" an answer. */
  get loaded(): boolean {
    return this.#loaded;
  }
  get error(): unknown {
    return this.#error;
  }
  get more(): boolean {
    return this.#samples.length < this.#counts.matching;
  }
  /** What an action would reach. */
  get targets(): readonly SampleSummary[] {
    if (this.#selected.size > 0) return this.#samples.filter((sample) => this.#selected.has(sample.id));
    const at = this.#samples[this.#cursor];
    return at ? [at] : [];
  }

  /** Loads everything shown again, keeping the cursor's place. Failures end in `error`. */
  async load(): Promise<void> {
    const [, participants] = await Promise.all([
      this.#fetch(Math.max(PAGE, this.#samples.length)),
      this.#deps.api.participants.list().catch((): readonly [] => []),
    ]);
    this.#participants = [...participants];
  }

  /** Loads the next page, once at a time. */
  async loadMore(): Promise<void> {
    if (this.#loading || !this.more) return;
    await this.#fetch(this.#samples.length + PAGE);
  }

  async narrow(change: LibraryFilter): Promise<void> {
    await this.#refilter({ ...this.#filter, ...change });
  }

  async clearFilters(): Promise<void> {
    await this.#refilter({});
  }

  async #refilter(filter: LibraryFilter): Promise<void> {
    this.#filter = filter;
    this.#cursor = 0;
    this.clearSelection();
    await this.#fetch(PAGE);
  }

  /** Fills the list up to `count` samples; a newer request wins over an older one. */
  async #fetch(count: number): Promise<void> {
    const ask = ++this.#asked;
    this.#loading = true;
    try {
      const filter = toSampleFilter(this.#filter, this.#deps.now());
      const samples: SampleSummary[] = [];
      let page: Page;
      do {
        const limit = Math.min(500, count - samples.length);
        page = await this.#deps.api.samples.list({ ...filter, offset: samples.length, limit });
        samples.push(...page.samples);
      } while (samples.length < Math.min(count, page.matching) && page.samples.length > 0);
      if (ask !== this.#asked) return;
      const { samples: _rest, ...counts } = page;
      this.#samples = samples;
      this.#counts = counts;
      this.#error = null;
      this.#loaded = true;
      this.#cursor = Math.max(0, Math.min(this.#cursor, samples.length - 1));
      this.#keepSelection(samples);
    } catch (error) {
      if (ask === this.#asked) this.#error = error;
    } finally {
      if (ask === this.#asked) this.#loading = false;
    }
  }

  #keepSelection(samples: readonly SampleSummary[]): void {
    for (const id of [...this.#selected]) {
      if (!samples.some((sample) => sample.id === id)) this.#selected.delete(id);
    }
  }

  /** Moves the cursor by `by` places; with `extend` the selection grows from where it began. */
  move(by: number, extend = false): void {
    this.moveTo(this.#cursor + by, extend);
  }

  moveTo(index: number, extend = false): void {
    if (this.#samples.length === 0) return;
    this.#cursor = Math.max(0, Math.min(index, this.#samples.length - 1));
    if (extend) this.#selectRange();
    else this.#anchor = this.#cursor;
  }

  /** The focus came to a sample by itself: the cursor follows, the selection and where it began stay. */
  focusAt(index: number): void {
    if (this.#samples[index] !== undefined) this.#cursor = index;
  }

  /** Adds or takes away one sample and puts the cursor on it. */
  toggle(index: number): void {
    const sample = this.#samples[index];
    if (!sample) return;
    if (!this.#selected.delete(sample.id)) this.#selected.add(sample.id);
    this.#cursor = index;
    this.#anchor = index;
  }

  selectAll(): void {
    this.#select(this.#samples);
  }

  clearSelection(): void {
    this.#selected.clear();
  }

  #selectRange(): void {
    const [from, to] = [Math.min(this.#anchor, this.#cursor), Math.max(this.#anchor, this.#cursor)];
    this.#select(this.#samples.slice(from, to + 1));
  }

  #select(samples: readonly SampleSummary[]): void {
    this.#selected.clear();
    for (const sample of samples) this.#selected.add(sample.id);
  }

  /** Labels what is chosen (null takes the label away) and offers to take that back. */
  async label(label: Label | null): Promise<void> {
    const samples = this.targets;
    if (samples.length === 0) return;
    const { former } = await this.#deps.api.samples.label({ ids: samples.map((s) => s.id), label });
    await this.load();
    this.#deps.tell({ kind: 'labelled', samples, label }, async () => {
      for (const back of [null, 'regular', 'tremor-like'] as const) {
        const ids = former.filter((entry) => entry.label === back).map((entry) => entry.id);
        if (ids.length > 0) await this.#deps.api.samples.label({ ids, label: back });
      }
      await this.load();
    });
  }

  /** Moves what is chosen to the bin and offers to bring it back. */
  async remove(): Promise<void> {
    const samples = this.targets;
    if (samples.length === 0) return;
    const ids = samples.map((sample) => sample.id);
    await this.#deps.api.samples.delete({ ids });
    this.clearSelection();
    await this.load();
    this.#deps.tell({ kind: 'deleted', samples }, async () => {
      await this.#deps.api.samples.restore({ ids });
      await this.load();
    });
  }
}
