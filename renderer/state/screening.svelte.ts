import { ASSUMED_MM_PER_PX } from '../ink/calibration.ts';
import type { Api, Hand, Label, PointerKind, RawSample, RawStroke, Screened, Task } from '../api/types.ts';
import { words } from '../words/words.ts';
import type { App } from './app.svelte.ts';
import { Batch, type BatchRow } from './batch.svelte.ts';
import { Drawing } from './drawing.svelte.ts';
import { Journal } from './journal.ts';
import { say, sayFault } from './toasts.ts';

/** The result comes this long after the pen was lifted. */
export const PAUSE_MS = 2_000;

/** What the card on the right tells of: a drawing of ours, a sample that ships, or a row of a batch. */
export interface Shown extends Screened {
  readonly from: 'drawing' | 'example' | 'batch';
  /** File name or title; null for drawings. */
  readonly title: string | null;
  /** The row of a batch whose task can still be named. */
  readonly row: { readonly batch: Batch; readonly key: string } | null;
}

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly task: Task;
}

/** One sitting at the Screen: the drawing, its result, files on their way, and what was drawn since start. */
export class Screening {
  readonly drawing = new Drawing();
  readonly #app: App;
  readonly #journal: Journal;
  #shown = $state.raw<Shown | null>(null);
  #label = $state<Label | null>(null);
  #showHeat = $state(false);
  #phase = $state<'idle' | 'waiting' | 'screening'>('idle');
  #batch = $state.raw<Batch | null>(null);
  #session = $state.raw<readonly Screened[]>([]);
  #examples = $state.raw<readonly Example[]>([]);
  #isFirstRun = $state(false);
  #openingExample = $state(false);
  #naming = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes whenever the page changes: a result of an older page is not shown. */
  #version = 0;
  /** Stored drawings that were drawn on afterwards: they leave once the new one is stored. */
  #replaced: string[] = [];

  constructor(app: App) {
    this.#app = app;
    this.#journal = new Journal(app.api.capture, sayFault);
  }

  get #api(): Api {
    return this.#app.api;
  }

  get shown(): Shown | null {
    return this.#shown;
  }

  /** Chosen, not yet saved. */
  get label(): Label | null {
    return this.#label;
  }

  get showHeat(): boolean {
    return this.#showHeat;
  }

  /** `waiting`: the pen is up and the result comes soon unless it is put down again. */
  get phase(): 'idle' | 'waiting' | 'screening' {
    return this.#phase;
  }

  get batch(): Batch | null {
    return this.#batch;
  }

  /** Newest first. */
  get session(): readonly Screened[] {
    return this.#session;
  }

  get examples(): readonly Example[] {
    return this.#examples;
  }

  get isFirstRun(): boolean {
    return this.#isFirstRun;
  }

  get openingExample(): boolean {
    return this.#openingExample;
  }

  get task(): Exclude<Task, 'page'> {
    const { task } = this.#app.preferences.settings;
    return task === 'page' ? 'text' : task;
  }

  get hand(): Hand {
    return this.#app.preferences.settings.hand;
  }

  get canFinish(): boolean {
    return (
      this.drawing.strokes.length > 0 &&
      !this.drawing.isDown &&
      this.#shown === null &&
      this.#phase !== 'screening'
    );
  }

  /** What is on offer at the start; called once the host answers. */
  async load(): Promise<void> {
    this.#examples = await this.#api.screening.examples();
    const { total } = await this.#api.samples.list({ limit: 1 });
    this.#isFirstRun = total === 0 && this.#session.length === 0 && this.drawing.isEmpty;
  }

  startDrawing(): void {
    this.#isFirstRun = false;
  }

  /** The next drawing's task. An open result is saved first: it was drawn for another. */
  async chooseTask(task: Task): Promise<void> {
    if (this.#shown !== null) await this.save();
    await this.#app.preferences.change({ task });
  }

  async chooseHand(hand: Hand): Promise<void> {
    if (this.#shown !== null) await this.save();
    await this.#app.preferences.change({ hand });
  }

  chooseLabel(label: Label | null): void {
    this.#label = label;
  }

  toggleHeat(): void {
    this.#showHeat = !this.#showHeat;
  }

  penDown(pointer: PointerKind): void {
    this.#touch();
    this.drawing.begin(pointer);
  }

  penMoved(samples: readonly RawSample[]): void {
    this.drawing.add(samples);
  }

  penUp(keep: boolean): RawStroke | null {
    const stroke = this.drawing.end(keep);
    if (stroke !== null) {
      const { participant } = this.#app.preferences.settings;
      this.#journal.append(
        { task: this.task, hand: this.hand, participant, unit: 'px', mmPerUnit: ASSUMED_MM_PER_PX },
        this.drawing.strokes,
      );
    }
    this.#waitForPause();
    return stroke;
  }

  undo(): void {
    if (this.drawing.strokes.length === 0 || this.drawing.isDown) return;
    this.#touch();
    this.drawing.undo();
    this.#journal.outdate();
    if (this.drawing.strokes.length === 0) this.#dropReplaced();
    else this.#waitForPause();
  }

  redo(): void {
    if (!this.drawing.canRedo || this.drawing.isDown) return;
    this.#touch();
    this.drawing.redo();
    this.#journal.outdate();
    this.#waitForPause();
  }

  /** Empties the page. A drawing that is stored already goes to the bin; both can be undone. */
  clear(): void {
    if (this.drawing.isDown) return;
    if (this.#shown !== null) {
      this.drawAgain().catch(sayFault);
      return;
    }
    const strokes = this.drawing.clear();
    if (strokes.length === 0) return;
    this.#touch();
    this.#journal.drop();
    this.#dropReplaced();
    say(words.screen.cleared, {
      undo: () => {
        if (!this.drawing.isEmpty) return;
        this.drawing.restore(strokes);
        this.#journal.outdate();
        this.#waitForPause();
      },
    });
  }

  /** Stores and screens the page. Nothing is lost if this fails: the drawing and its journal stay. */
  async finish(): Promise<void> {
    if (!this.canFinish) return;
    clearTimeout(this.#timer);
    const version = ++this.#version;
    this.#phase = 'screening';
    try {
      const journal = await this.#journal.release();
      const screened = await this.#api.screening.recording({
        recording: this.drawing.toRecording(this.task, ASSUMED_MM_PER_PX),
        hand: this.hand,
        participant: this.#app.preferences.settings.participant,
        journal,
      });
      this.#remember(screened);
      if (version !== this.#version) {
        this.#replaced.push(screened.sample.id);
        this.#forget(screened.sample.id);
        return;
      }
      this.#phase = 'idle';
      this.#show({ ...screened, from: 'drawing', title: null, row: null });
      this.#dropReplaced();
    } catch (error) {
      if (version === this.#version) this.#phase = 'idle';
      throw error;
    }
  }

  /** Moves the drawing to the bin and empties the page. */
  async drawAgain(): Promise<void> {
    const shown = this.#shown;
    if (shown === null) return;
    const { id } = shown.sample;
    const strokes = this.drawing.strokes;
    await this.#api.samples.delete({ ids: [id] });
    this.#forget(id);
    this.#empty();
    say(words.screen.binned, {
      undo: async () => {
        await this.#api.samples.restore({ ids: [id] });
        this.#remember(shown);
        if (!this.drawing.isEmpty || this.#shown !== null) return;
        this.drawing.restore(strokes);
        this.#show(shown);
      },
    });
  }

  /** Keeps the sample, with the chosen label, and makes room for the next. */
  async save(): Promise<void> {
    const shown = this.#shown;
    const label = this.#label;
    if (shown === null) return;
    if (label === null || label === shown.sample.label) {
      say(words.screen.saved, { durationMs: 4_000 });
    } else {
      const ids = [shown.sample.id];
      const { former } = await this.#api.samples.label({ ids, label });
      this.#remember({ ...shown, sample: { ...shown.sample, label } });
      say(words.screen.savedAs(words.common.labels[label]), {
        undo: async () => {
          await this.#api.samples.label({ ids, label: former[0]?.label ?? null });
          this.#remember(shown);
        },
      });
    }
    this.close();
    this.#app.participants.load().catch(sayFault);
  }

  /** Leaves the result; what is stored stays. A batch comes back to its list. */
  close(): void {
    this.#empty();
  }

  async openExample(example: Example): Promise<void> {
    if (this.#openingExample) return;
    this.#openingExample = true;
    try {
      const { participant } = this.#app.preferences.settings;
      const screened = await this.#api.screening.example({ name: example.name, participant });
      this.#remember(screened);
      this.#isFirstRun = false;
      this.#show({ ...screened, from: 'example', title: example.title, row: null });
    } finally {
      this.#openingExample = false;
    }
  }

  /** Screens dropped, chosen or pasted files. One file that yields one result opens it at once. */
  async openFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.#batch?.cancel();
    this.#isFirstRun = false;
    this.#shown = null;
    const batch = new Batch(this.#api.screening, files, this.#app.preferences.settings.participant);
    this.#batch = batch;
    this.#app.router.go('screen');
    await batch.run();
    for (const screened of batch.screened) this.#remember(screened);
    const [only] = batch.rows;
    if (this.#batch === batch && files.length === 1 && batch.rows.length === 1 && only?.state === 'done') {
      this.#batch = null;
      this.#openRow(batch, only);
    }
  }

  openRow(row: BatchRow): void {
    if (this.#batch !== null) this.#openRow(this.#batch, row);
  }

  /** Screens the open file again as what it is, and bins the sample that was taken for something else. */
  async nameTask(task: Task): Promise<void> {
    const shown = this.#shown;
    if (!shown?.row || this.#naming || task === shown.result.task) return;
    this.#naming = true;
    try {
      const screened = await shown.row.batch.retask(shown.row.key, task);
      if (screened === null) return;
      this.#forget(shown.sample.id);
      this.#remember(screened);
      if (this.#shown === shown) this.#show({ ...shown, ...screened });
      await this.#api.samples.delete({ ids: [shown.sample.id] });
    } finally {
      this.#naming = false;
    }
  }

  /** A named task is being screened. */
  get naming(): boolean {
    return this.#naming;
  }

  closeBatch(): void {
    this.#batch?.cancel();
    this.#batch = null;
    this.#shown = null;
  }

  #openRow(batch: Batch, row: BatchRow): void {
    if (row.state !== 'done') return;
    const { sample, result, name, key } = row;
    this.#show({
      sample,
      result,
      from: 'batch',
      title: name,
      row: batch.canRetask(row) ? { batch, key } : null,
    });
  }

  #show(shown: Shown): void {
    this.#shown = shown;
    this.#label = shown.sample.label;
    this.#showHeat = false;
  }

  /** The page is about to change: an open result no longer fits it. */
  #touch(): void {
    clearTimeout(this.#timer);
    this.#version++;
    this.#phase = 'idle';
    const shown = this.#shown;
    if (shown === null) return;
    this.#shown = null;
    this.#label = null;
    if (shown.from !== 'drawing') return;
    this.#replaced.push(shown.sample.id);
    this.#forget(shown.sample.id);
  }

  #waitForPause(): void {
    clearTimeout(this.#timer);
    if (this.drawing.strokes.length === 0) return;
    this.#phase = 'waiting';
    this.#timer = setTimeout(() => {
      this.finish().catch(sayFault);
    }, PAUSE_MS);
  }

  #dropReplaced(): void {
    const ids = this.#replaced;
    this.#replaced = [];
    if (ids.length > 0) this.#api.samples.delete({ ids }).catch(sayFault);
  }

  #empty(): void {
    this.#shown = null;
    this.#label = null;
    this.#touch();
    this.drawing.clear();
    this.#journal.drop();
  }

  #remember(screened: Screened): void {
    const others = this.#session.filter(({ sample }) => sample.id !== screened.sample.id);
    this.#session = [{ sample: screened.sample, result: screened.result }, ...others];
  }

  #forget(id: string): void {
    this.#session = this.#session.filter(({ sample }) => sample.id !== id);
  }
}
