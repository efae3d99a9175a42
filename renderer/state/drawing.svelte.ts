import type { PointerKind, RawRecording, RawSample, RawStroke, Task } from '../api/types.ts';

/** The strokes of one drawing, raw, with undo and redo. Times count from the first sample of the drawing. */
export class Drawing {
  #strokes = $state.raw<readonly RawStroke[]>([]);
  #undone = $state.raw<readonly RawStroke[]>([]);
  #isDown = $state(false);
  #liveCount = $state(0);
  #rateHz = $state<number | null>(null);
  #pointer: PointerKind = 'unknown';
  #originMs: number | null = null;
  #live: RawSample[] = [];

  get strokes(): readonly RawStroke[] {
    return this.#strokes;
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0 && !this.#isDown;
  }

  /** The pen is on the page. */
  get isDown(): boolean {
    return this.#isDown;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  get sampleCount(): number {
    return this.#strokes.reduce((sum, stroke) => sum + stroke.samples.length, 0) + this.#liveCount;
  }

  /** Samples a second while the pen is down, over the last stroke with at least ten of them; null before. */
  get rateHz(): number | null {
    return this.#rateHz;
  }

  /** Seconds from first to last sample. */
  get durationS(): number {
    const first = this.#strokes[0]?.samples[0];
    const last = this.#strokes.at(-1)?.samples.at(-1);
    return first && last ? (last.timeMs - first.timeMs) / 1000 : 0;
  }

  begin(pointer: PointerKind): void {
    this.#pointer = pointer;
    this.#isDown = true;
    this.#live = [];
    this.#liveCount = 0;
    if (this.#strokes.length === 0 && this.#undone.length === 0) this.#originMs = null;
  }

  /** @param samples Their `timeMs` count from any fixed origin, the same for the whole drawing. */
  add(samples: readonly RawSample[]): void {
    for (const sample of samples) {
      this.#originMs ??= sample.timeMs;
      this.#live.push({ ...sample, timeMs: sample.timeMs - this.#originMs });
    }
    this.#liveCount = this.#live.length;
  }

  /** Ends the stroke under the pen. @returns it, or null where it was not kept. */
  end(keep: boolean): RawStroke | null {
    this.#isDown = false;
    this.#liveCount = 0;
    const samples = this.#live;
    this.#live = [];
    const [first, last] = [samples[0], samples.at(-1)];
    if (!keep || first === undefined || last === undefined) return null;
    const stroke: RawStroke = { samples };
    this.#strokes = [...this.#strokes, stroke];
    this.#undone = [];
    if (samples.length >= 10 && last.timeMs > first.timeMs) {
      this.#rateHz = ((samples.length - 1) * 1000) / (last.timeMs - first.timeMs);
    }
    return stroke;
  }

  undo(): void {
    const last = this.#strokes.at(-1);
    if (last === undefined) return;
    this.#strokes = this.#strokes.slice(0, -1);
    this.#undone = [...this.#undone, last];
  }

  redo(): void {
    const next = this.#undone.at(-1);
    if (next === undefined) return;
    this.#undone = this.#undone.slice(0, -1);
    this.#strokes = [...this.#strokes, next];
  }

  /** Empties the page. @returns what was on it, for `restore`. */
  clear(): readonly RawStroke[] {
    const strokes = this.#strokes;
    this.#strokes = [];
    this.#undone = [];
    return strokes;
  }

  restore(strokes: readonly RawStroke[]): void {
    this.#strokes = strokes;
    this.#undone = [];
  }

  /** The drawing as it goes to the host. Times count from its first sample; nothing else is touched. */
  toRecording(task: Task, mmPerUnit: number | null): RawRecording {
    const startMs = this.#strokes[0]?.samples[0]?.timeMs ?? 0;
    const strokes = startMs === 0 ? this.#strokes : this.#strokes.map((stroke) => shifted(stroke, startMs));
    return {
      schemaVersion: 1,
      task,
      unit: 'px',
      mmPerUnit,
      pointer: this.#pointer,
      strokes: [...strokes],
    };
  }
}

function shifted(stroke: RawStroke, startMs: number): RawStroke {
  return { samples: stroke.samples.map((sample) => ({ ...sample, timeMs: sample.timeMs - startMs })) };
}
