import { cutSheet, findSheet } from './desk.ts';
import { scaleCorners } from './hull.ts';
import type { GreyImage } from './images.ts';
import { invertGrey, isInverted } from './inverted.ts';
import { removeRules } from './remove-rules.ts';
import { reduceGrey } from './resample.ts';
import { findRules, scaleRuling } from './rules.ts';

const LOOKED_AT_SIDE = 800;

/** What was done to a page before it was looked at. */
export type Mend =
  | { readonly kind: 'inverted' }
  | { readonly kind: 'desk-cut' }
  | { readonly kind: 'rules-removed'; readonly lines: number };

/** What was seen on a page but cannot be mended surely. */
export type PageDoubt = 'dark-surround' | 'ruled-paper';

export interface MendedPage {
  /** The page itself where nothing was mended. A millimetre keeps its pixels. */
  readonly grey: GreyImage;
  /** In the order in which they were done. */
  readonly mends: readonly Mend[];
  readonly doubt: PageDoubt | null;
}

/** Makes dark ink on one light sheet of it: turns light on dark over, cuts a sheet off its desk, takes printed lines away; each only where sure. */
export function mendPage(page: GreyImage): MendedPage {
  const mends: Mend[] = [];
  let doubt: PageDoubt | null = null;
  let grey = page;
  // Everything is looked for at a reduced size.
  let small = reduceGrey(page, LOOKED_AT_SIDE);
  if (isInverted(small)) {
    grey = invertGrey(grey);
    small = invertGrey(small);
    mends.push({ kind: 'inverted' });
  }
  const sheet = findSheet(small);
  if (sheet.kind === 'sheet') {
    grey = cutSheet(grey, scaleCorners(sheet.corners, grey.width / small.width));
    small = reduceGrey(grey, LOOKED_AT_SIDE);
    mends.push({ kind: 'desk-cut' });
  } else if (sheet.kind === 'doubt') doubt = 'dark-surround';
  const ruling = findRules(small);
  if (ruling.across.length + ruling.down.length > 0) {
    const removed = removeRules(grey, scaleRuling(ruling, grey.width / small.width));
    grey = removed.grey;
    if (removed.lines > 0) mends.push({ kind: 'rules-removed', lines: removed.lines });
  } else if (ruling.doubtful) doubt ??= 'ruled-paper';
  return { grey, mends, doubt };
}
