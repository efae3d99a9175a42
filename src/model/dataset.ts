/** Lives with the patches, so that src/synthetic, which stands below src/model, can make one. */
export type { PatchSet, SplitPart } from '../imaging/patch-set.ts';
