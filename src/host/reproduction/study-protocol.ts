/** What the thread of a training is told and says. */
import type { PatchSet } from '../../imaging/patch-set.ts';
import type { DatasetName, RunSpec } from '../../reproduction/results.ts';
import type { Origin, TrainedRun } from '../../reproduction/train-run.ts';
import type { StudySize } from '../../reproduction/studies.ts';
import type { Part } from '../../synthetic/font-library.ts';

/** Pixels and labels lie in memory that all threads share; nobody writes to them. */
export type SharedPatches = Readonly<Record<Part, PatchSet>>;

export interface StudyThreadStart {
  readonly datasets: Readonly<Partial<Record<DatasetName, SharedPatches>>>;
  readonly origin: Origin;
  /** Of the engine; see src/tensor/load-cpu-engine.ts. */
  readonly threads: 1;
}

export interface StudyRequest {
  readonly spec: RunSpec;
  readonly size: StudySize;
}

/** One answer to each request. A fault of the code is thrown and ends the thread. */
export type StudyReply =
  | { readonly kind: 'trained'; readonly run: TrainedRun }
  | { readonly kind: 'failed'; readonly spec: RunSpec; readonly message: string };
