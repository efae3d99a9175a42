import { ASSUMED_MM_PER_PX } from '../ink/calibration.ts';
import type { Hand, PointerKind, RawSample, RawStroke, Screened, Task } from '../api/types.ts';
import { words } from '../words/words.ts';
import type { App } from './app.svelte.ts';
import { Drawing } from './drawing.svelte.ts';
import { Examples } from './examples.svelte.ts';
import { FileIntake } from './file-intake.svelte.ts';
import { Journal } from './journal.ts';
import { ResultView, type Shown } from './result-view.svelte.ts';
import { SessionList } from './session-list.svelte.ts';
import { say, sayFault, TOAST_MS } from './toasts.ts';

/** The result comes this long after the pen was lifted. */
export const PAUSE_MS = 2_000;

/** One sitting at the Screen: from the pen on the page to the stored, labelled result. */
export class Screening {
  readonly drawing = new Drawing();
  readonly view = new ResultView();
  readonly session = new SessionList();
  readonly files: FileIntake;
  readonly examples: Examples;
  readonly #app: App;
  readonly #journal: Journal;
  #phase = $state<'idle' | 'waiting' | 'screening'>('idle');
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes whenever the page changes: a result of an older page is not shown. */
  #version = 0;
  /** Stored drawings that were drawn on afterwards: they leave once the new one is stored. */
  #replaced: string[] = [];

  constructor(app: App) {
    this.#app = app;
    this.#journal = new Journal(app.api.capture, sayFault);
    this.files = new FileIntake(app, this.view, this.session);
    this.examples = new Examples(app, this.view, this.session);
  }

  get shown(): Shown | null {
    return this.view.shown;
  }

  /** `waiting`: the pen is up and the result comes soon unless it is put down again. */
  get phase(): 'idle' | 'waiting' | 'screening' {
    return this.#phase;
  }

  get task(): Exclude<Task, 'page'> {
    const { task } = this.#app.preferences.settings;
    return task === 'page' ? 'text' : task;
  }

  get hand(): Hand {
    return this.#app.preferences.settings.hand;
  }

  get canFinish(): boolean {
    const { strokes, isDown } = this.drawing;
    return strokes.length > 0 && !isDown && this.shown === null && this.#phase !== 'screening';
  }

  /** The next drawing's task or hand. An open result is saved first: it was drawn for another. */
  async choose(change: { task: Task } | { hand: Hand }): Promise<void> {
    if (this.shown !== null) await this.save();
    await this.#app.preferences.change(change);
  }

  async openFiles(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.examples.leaveFirstRun();
    await this.files.open(files);
  }

  /** Shows a drawing that a crash had cut off, unless something else is being looked at or drawn. */
  showRecovered(screened: Screened): void {
    this.examples.leaveFirstRun();
    this.session.remember(screened);
    say(words.screen.recovered, { durationMs: TOAST_MS });
    if (this.shown !== null || this.files.batch !== null || !this.drawing.isEmpty) return;
    this.view.open({ ...screened, from: 'recovered', title: words.screen.recoveredTitle, row: null });
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
      const { task, hand } = this;
      const { participant } = this.#app.preferences.settings;
      const header = { task, hand, participant, unit: 'px' as const, mmPerUnit: ASSUMED_MM_PER_PX };
      this.#journal.append(header, this.drawing.strokes);
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
    if (this.shown !== null) {
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
    const { hand, task } = this;
    const journal = await this.#journal.handOver();
    try {
      const screened = await this.#app.api.screening.recording({
        recording: this.drawing.toRecording(task, ASSUMED_MM_PER_PX),
        hand,
        participant: this.#app.preferences.settings.participant,
        journal,
      });
      if (version !== this.#version) {
        this.#replaced.push(screened.sample.id);
        return;
      }
      this.#phase = 'idle';
      this.session.remember(screened);
      this.view.open({ ...screened, from: 'drawing', title: null, row: null });
      this.#dropReplaced();
    } catch (error) {
      this.#journal.takeBack(journal);
      if (version === this.#version) this.#phase = 'idle';
      throw error;
    }
  }

  /** Moves the drawing to the bin and empties the page. */
  async drawAgain(): Promise<void> {
    const { shown } = this;
    if (shown === null) return;
    const { id } = shown.sample;
    const { strokes } = this.drawing;
    await this.#app.api.samples.delete({ ids: [id] });
    this.session.forget(id);
    this.leaveResult();
    say(words.screen.binned, {
      undo: async () => {
        await this.#app.api.samples.restore({ ids: [id] });
        this.session.remember(shown);
        if (!this.drawing.isEmpty || this.shown !== null) return;
        this.drawing.restore(strokes);
        this.view.open(shown);
      },
    });
  }

  /** Keeps the sample, with the chosen label, and makes room for the next. */
  async save(): Promise<void> {
    const { shown } = this;
    const { label } = this.view;
    if (shown === null) return;
    if (label === shown.sample.label) {
      say(words.screen.saved, { durationMs: 4_000 });
    } else {
      const ids = [shown.sample.id];
      const { former } = await this.#app.api.samples.label({ ids, label });
      this.session.remember({ ...shown, sample: { ...shown.sample, label } });
      say(label === null ? words.screen.saved : words.screen.savedAs(words.common.labels[label]), {
        undo: async () => {
          await this.#app.api.samples.label({ ids, label: former[0]?.label ?? null });
          this.session.remember(shown);
        },
      });
    }
    this.leaveResult();
    this.#app.participants.load().catch(sayFault);
  }

  /**
   * Closes the result and, where it was drawn here, empties the page; what is stored stays. A batch comes back to its
   * list, and a drawing that a file or an example interrupted is still there.
   */
  leaveResult(): void {
    const wasDrawn = this.shown?.from === 'drawing';
    this.view.close();
    if (!wasDrawn) return;
    this.#touch();
    this.drawing.clear();
    this.#journal.drop();
  }

  /** The page is about to change: an open result no longer fits it. */
  #touch(): void {
    clearTimeout(this.#timer);
    this.#version++;
    this.#phase = 'idle';
    const { shown } = this;
    if (shown === null) return;
    this.view.close();
    if (shown.from !== 'drawing') return;
    this.#replaced.push(shown.sample.id);
    this.session.forget(shown.sample.id);
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
    if (ids.length > 0) this.#app.api.samples.delete({ ids }).catch(sayFault);
  }
}
