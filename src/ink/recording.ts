import type { Task } from '../base/words.ts';

declare const raw: unique symbol;

/** One pen sample as the device gave it. Never smoothed, thinned or rounded. */
export interface RawSample {
  /** Milliseconds from the first sample of the recording. */
  readonly timeMs: number;
  /** In the recording's unit; y grows downwards. */
  readonly x: number;
  readonly y: number;
  /** 0..1, or null where the device has none. */
  readonly pressure: number | null;
  /** Degrees, −90..90, or null where the device has none. */
  readonly tiltXDeg: number | null;
  readonly tiltYDeg: number | null;
}

/** Samples between pen down and pen up. Branded: a display stroke (smoothed) cannot be passed where this is asked for. */
export interface RawStroke {
  readonly samples: readonly RawSample[];
  readonly [raw]?: true;
}

export const POINTER_KINDS = ['pen', 'mouse', 'touch', 'unknown'] as const;
export type PointerKind = (typeof POINTER_KINDS)[number];

/** Raw time-stamped pen samples of one task. */
export interface Recording {
  readonly schemaVersion: 1;
  /** null: the file does not say. */
  readonly task: Task | null;
  /** Unit of x and y. */
  readonly unit: 'mm' | 'px';
  /** Millimetres per unit of x and y; null where the physical size is unknown. 1 when unit is `mm`. */
  readonly mmPerUnit: number | null;
  readonly pointer: PointerKind;
  readonly strokes: readonly RawStroke[];
}
