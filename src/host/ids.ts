import type { SampleId } from '../base/ids.ts';

/** Brands an id that has been checked (src/api) or freshly made. */
export function asSampleId(id: string): SampleId {
  return id as SampleId;
}
