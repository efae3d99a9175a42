import type { ErrorInfo } from '../base/errors.ts';
import type { Sensitivity, SplitPart, Task } from '../base/words.ts';
import type { Recording } from '../ink/recording.ts';
import type { PatchSet } from '../model/dataset.ts';
import type { ScreenResult } from './screen-result.ts';

/** What the screener process is asked. It has no database; every request carries or names what it needs. */
export type ScreenerRequest =
  | { readonly id: number; readonly kind: 'load-model'; readonly model: Uint8Array; readonly modelId: string }
  | {
      readonly id: number;
      readonly kind: 'screen';
      readonly input: ScreenInput;
      /** null: guess. */
      readonly task: Task | null;
      /** Where the limits lie. */
      readonly sensitivity: Sensitivity;
      /** Also make the pictures that the library stores. */
      readonly pictures: boolean;
      /** Also paint the heat over the page, as PNG (for `screen --overlay`). */
      readonly overlay: boolean;
    }
  /** Patches of labelled samples, for training: the trainer never opens a user's file. */
  | { readonly id: number; readonly kind: 'patches'; readonly inputs: readonly LabelledInput[] }
  | { readonly id: number; readonly kind: 'cancel'; readonly cancels: number };

export type ScreenInput =
  /** `name`: what messages call it and whose ending tells the format; the path where it is left out. */
  | { readonly kind: 'path'; readonly path: string; readonly name?: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'recording'; readonly recording: Recording };

export interface LabelledInput {
  readonly input: ScreenInput;
  readonly page: number;
  /** null: what the recording says, else a guess. */
  readonly task: Task | null;
  readonly tremorLike: boolean;
  readonly subject: string;
  /** Which part of a run it is for, where that has been decided; left out, the run splits by person. */
  readonly part?: SplitPart | undefined;
}

export interface SamplePictures {
  /** PNG whose alpha is the ink, long side ≤ 320 px. */
  readonly thumb: Uint8Array;
  /** The grey page as WebP, long side ≤ 1600 px. */
  readonly page: Uint8Array;
  /** PNG whose alpha is the ink, same size as `page`. */
  readonly ink: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Answers; `page` may come several times per request, the others end it. */
export type ScreenerReply =
  | { readonly id: number; readonly kind: 'reading'; readonly page: number; readonly pages: number }
  | {
      readonly id: number;
      readonly kind: 'page';
      readonly result: ScreenResult;
      readonly pictures: SamplePictures | null;
      readonly overlay: Uint8Array | null;
      /** For files that hold a recording: the recording itself. */
      readonly recording: Recording | null;
    }
  | {
      readonly id: number;
      readonly kind: 'patches';
      readonly patches: PatchSet;
      /** Why inputs were left out; each names its input. */
      readonly skipped: readonly ErrorInfo[];
    }
  | { readonly id: number; readonly kind: 'done' }
  | { readonly id: number; readonly kind: 'error'; readonly error: ErrorInfo };
