import type { BlobHash } from '../base/ids.ts';
import type { Hand, Label, NotScreenableReason, Task, Verdict } from '../base/words.ts';
import type { Recording } from '../ink/recording.ts';
import type { ScreenResult } from '../screening/screen-result.ts';

/** A sample as the library lists it. */
export interface SampleRow {
  readonly id: string;
  readonly kind: 'scan' | 'recording';
  /** null: unknown. */
  readonly task: Task | null;
  readonly hand: Hand | null;
  readonly participant: string | null;
  readonly createdAt: string;
  readonly label: Label | null;
  readonly verdict: Verdict;
  readonly reason: NotScreenableReason | null;
  readonly probability: number | null;
  /** Label and verdict contradict each other. */
  readonly disagree: boolean;
  readonly durationS: number | null;
  readonly page: number | null;
}

export interface SampleFull extends SampleRow {
  readonly result: ScreenResult;
  /** Oldest first. */
  readonly labels: readonly { readonly label: Label | null; readonly at: string; readonly by: string }[];
  readonly width: number;
  readonly height: number;
  readonly recording: Recording | null;
  readonly originalName: string | null;
}

export interface SampleQuery {
  readonly participant?: string | undefined;
  readonly task?: Task | 'unknown' | undefined;
  readonly label?: Label | 'none' | undefined;
  readonly verdict?: Verdict | undefined;
  readonly disagree?: boolean | undefined;
  /** ISO times: inclusive, exclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface SampleListing {
  readonly samples: SampleRow[];
  readonly matching: number;
  readonly total: number;
  /** Of all samples outside the bin. */
  readonly people: number;
  readonly matchingPeople: number;
  /** Among those that match the filter, its own `disagree` left aside. */
  readonly disagreeing: number;
}

/** A labelled sample to learn from. */
export interface LabelledSample {
  readonly id: string;
  readonly participant: string | null;
  /** null: unknown. */
  readonly task: Task | null;
  readonly label: Label;
  readonly page: number | null;
  readonly file: BlobHash | null;
  readonly recording: BlobHash | null;
  readonly originalName: string | null;
}
