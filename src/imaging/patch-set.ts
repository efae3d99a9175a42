import type { SplitPart, TaskGroup } from '../base/words.ts';

export type { SplitPart };

/** Patches ready for the network; what training, calibration and evaluation share. */
export interface PatchSet {
  /** Number of patches. */
  readonly count: number;
  /** Ink, 0..255 for 0..1, shape [count, PATCH_SIDE, PATCH_SIDE]. Bytes, so that 8,000 patches take 131 MB, not 524. */
  readonly pixels: Uint8Array;
  /** 0 regular, 1 tremor-like; shape [count]. */
  readonly labels: Uint8Array;
  /** Who drew (or which font, word list and writer seed stands behind) each patch: the unit that is never split. */
  readonly subjects: readonly string[];
  readonly groups: readonly TaskGroup[];
  /** Which part of a run each patch is for, where that has been decided before; left out, the run splits by person. */
  readonly parts?: readonly SplitPart[];
}
