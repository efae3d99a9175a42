import type { GreyImage } from '../../src/imaging/images.ts';

/** A scanned page of unknown size that nobody named, as screening is given it. */
export function pageOf(grey: GreyImage) {
  return {
    kind: 'scan',
    grey,
    original: grey,
    pxPerMm: null,
    task: null,
    tremor: null,
    clock: null,
    warnings: [],
  } as const;
}
