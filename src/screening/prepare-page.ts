import type { NotScreenableReason, TaskGroup } from '../base/words.ts';
import type { GreyImage, InkMap } from '../imaging/images.ts';
import { askPenLine, type PenLineRule } from '../imaging/pen-line.ts';
import { guessSideways } from '../imaging/sideways.ts';
import { turnQuarter } from '../imaging/turn-grey.ts';
import { mendPage, type Mend, type PageDoubt } from '../imaging/upright-sheet.ts';
import { gateInk, type GateResult } from './gates.ts';
import { openInk, type OpenedInk } from './open-ink.ts';
import type { InkSubject } from './screen-ink.ts';
import type { ScreenWarning } from './screen-result.ts';

/** Why a page is no pen line on one upright light sheet. */
export interface PageRefusal {
  readonly kind: 'stop';
  readonly reason: NotScreenableReason;
  readonly sentence: string;
  /** The rule that spoke. */
  readonly why: PenLineRule | PageDoubt;
}

/** A page as it is judged: dark ink on one upright light sheet. */
export interface PreparedPage extends OpenedInk {
  /** What ink, heat and stored pictures lie on: the page itself where nothing was mended. */
  readonly grey: GreyImage;
  /** Size of that as it came, before any reduction, in pixels. */
  readonly original: { readonly width: number; readonly height: number };
  readonly refusal: PageRefusal | null;
  /** What was mended. */
  readonly warnings: readonly ScreenWarning[];
}

type Page = Pick<InkSubject, 'kind' | 'grey' | 'original' | 'task' | 'pxPerMm'>;

/** The first step for every page and recording, to screen it or to learn from it. Recordings are ink alone: nothing is mended and nothing asked. */
export function preparePage(page: Page): PreparedPage {
  if (page.kind === 'recording') {
    return { ...openInk(page), grey: page.grey, original: page.original, refusal: null, warnings: [] };
  }
  const mended = mendPage(page.grey);
  const warnings = mended.mends.map(warningOf);
  const opened = openInk({ ...page, grey: mended.grey });
  const perPixel =
    Math.max(page.original.width, page.original.height) / Math.max(page.grey.width, page.grey.height);
  const finish = (grey: GreyImage, ink: OpenedInk, refusal: PageRefusal | null): PreparedPage => ({
    ...ink,
    grey,
    original: originalOf(page, grey, perPixel),
    refusal,
    warnings,
  });
  if (opened.ink === null) return finish(mended.grey, opened, null);
  const refusal = refuse(mended.grey, opened, mended.doubt);
  if (refusal !== null || opened.group !== 'writing' || guessSideways(opened.ink) !== 'sideways') {
    return finish(mended.grey, opened, refusal);
  }
  const turned = turnQuarter(mended.grey);
  warnings.push({
    code: 'turned',
    message: 'The page lay on its side and was turned before it was judged.',
  });
  return finish(turned, openInk({ ...page, grey: turned }), null);
}

/** Whether a page can be judged: first whether there is enough to see, then what it is. */
export function gatePage(
  original: { readonly width: number; readonly height: number },
  ink: InkMap | null,
  group: TaskGroup,
  pxPerMm: number | null,
  refusal: PageRefusal | null,
): GateResult {
  const gate = gateInk(original, ink, group, pxPerMm);
  return gate.kind === 'stop' ? gate : (refusal ?? gate);
}

function originalOf(page: Page, grey: GreyImage, perPixel: number): { width: number; height: number } {
  if (grey === page.grey) return page.original;
  return { width: Math.round(grey.width * perPixel), height: Math.round(grey.height * perPixel) };
}

/** From this share of straight lines on doubtful rules are ink. */
const MANY_STRAIGHT = 0.2;

function refuse(grey: GreyImage, { ink, group }: OpenedInk, doubt: PageDoubt | null): PageRefusal | null {
  if (ink === null) return null;
  const answer = askPenLine(grey, ink, group);
  const straight = answer.measures?.straight ?? 0;
  if (doubt === 'ruled-paper' && straight >= MANY_STRAIGHT) return stop('ruled-paper', doubt);
  if (answer.kind === 'refuse') {
    return doubt === 'dark-surround' ? stop(doubt, doubt) : stop(answer.reason, answer.why);
  }
  return doubt === 'dark-surround' ? stop(doubt, doubt) : null;
}

const SENTENCES: Readonly<Record<'printed' | 'no-pen-line' | 'ruled-paper' | 'dark-surround', string>> = {
  printed: 'This looks printed: its letters repeat exactly. Screen what was drawn or written by hand.',
  'no-pen-line':
    'This does not look like a pen line on a light sheet. Scan the drawing alone, on plain paper.',
  'ruled-paper':
    'The printed lines of the paper cannot be told from the drawing. Use plain paper, or scan it so that they fade.',
  'dark-surround':
    'The sheet could not be told from what it lies on. Scan it, or crop the picture to the sheet.',
};

function stop(reason: keyof typeof SENTENCES, why: PageRefusal['why']): PageRefusal {
  return { kind: 'stop', reason, sentence: SENTENCES[reason], why };
}

function warningOf(mend: Mend): ScreenWarning {
  switch (mend.kind) {
    case 'inverted':
      return {
        code: 'inverted',
        message: 'Light lines on a dark ground: the picture was turned into its negative.',
      };
    case 'desk-cut':
      return { code: 'desk-cut', message: 'The sheet was cut out of what it lay on and laid straight.' };
    case 'rules-removed':
      return {
        code: 'rules-removed',
        message: `${mend.lines} printed lines of the paper were taken away before it was judged.`,
      };
  }
}
