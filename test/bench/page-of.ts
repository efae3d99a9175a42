import type { Task } from '../../src/base/words.ts';
import type { GreyImage } from '../../src/imaging/images.ts';
import type { InkSubject } from '../../src/screening/screen-ink.ts';

/**
 * A scanned page as screening is given it, of a file that has no name.
 *
 * @param task By the user; null: nobody said it.
 * @param pxPerMm null: of unknown size.
 */
export function pageOf(grey: GreyImage, task: Task | null = null, pxPerMm: number | null = null): InkSubject {
  return { kind: 'scan', grey, original: grey, pxPerMm, task, tremor: null, clock: null, warnings: [] };
}
