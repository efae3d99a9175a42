import type { TaskGroup } from '../base/words.ts';
import type { GreyImage, InkMap } from '../imaging/images.ts';
import { askPenLine, type PenLineRule } from '../imaging/pen-line.ts';
import { measurePenLine, type PenLineMeasures } from '../imaging/pen-line-measures.ts';
import { guessSideways } from '../imaging/sideways.ts';
import { isTangle } from '../imaging/tangle.ts';
import { turnQuarter } from '../imaging/turn-grey.ts';
import { mendPage, type Mend, type PageDoubt } from '../imaging/upright-sheet.ts';
import { gateInk, type GateResult } from './gates.ts';
import { openInk, type OpenedInk } from './open-ink.ts';
import type { InkSubject } from './screen-ink.ts';
import type { ScreenWarning } from './screen-result.ts';

/** Why a page is no pen line on one upright light sheet. */
export interface PageRefusal {
  readonly reason: 'printed' | 'no-pen-line' | 'ruled-paper' | 'dark-surround';
  /** The rule that spoke; for developers. */
  readonly why: PenLineRule | PageDoubt;
}

/** A page as it is judged: dark ink on one upright light sheet. */
export interface PreparedPage extends OpenedInk {
  /** What ink, heat and stored pictures lie on: the page itself where nothing was mended. */
  readonly grey: GreyImage;
  /** Size of that as it came, before any reduction, in pixels. */
  readonly original: { readonly width: number; readonly height: number };
  readonly refusal: PageRefusal | null;
  /** Writing whose lines run neither plainly across nor plainly down. */
  readonly maybeSideways: boolean;
  /** The lines are unlike those of a hand, but not so surely that the page is refused. */
  readonly maybeNoPenLine: boolean;
  /** What was mended. */
  readonly warnings: readonly ScreenWarning[];
}

/** A figure by its shape alone that is not one line: nobody knows what it is. */
const UNKNOWN_TASK = { task: null, group: null, from: 'unknown', sure: false } as const;

type Page = Pick<InkSubject, 'kind' | 'grey' | 'original' | 'task' | 'name' | 'resolved' | 'pxPerMm'>;

/** The first step for every page and recording, to screen it or to learn from it. Recordings are ink alone: nothing is mended and nothing asked. */
export function preparePage(page: Page): PreparedPage {
  if (page.kind === 'recording') {
    const { grey, original } = page;
    return {
      ...guessedFigure(grey, openInk(page)),
      grey,
      original,
      refusal: null,
      maybeSideways: false,
      maybeNoPenLine: false,
      warnings: [],
    };
  }
  const mended = mendPage(page.grey);
  const opened = openInk({ ...page, grey: mended.grey });
  const warnings = mended.mends.map(warningOf);
  const finish = (grey: GreyImage, ink: OpenedInk, more: Partial<PreparedPage> = {}): PreparedPage => ({
    ...ink,
    grey,
    original: originalOf(page, grey),
    refusal: null,
    maybeSideways: false,
    maybeNoPenLine: false,
    warnings,
    ...more,
  });
  if (opened.ink === null) return finish(mended.grey, opened);
  const { refusal, measures, maybeNoPenLine } = askPage(mended.grey, opened.ink, opened, mended.doubt);
  if (refusal !== null) return finish(mended.grey, opened, { refusal });
  if (opened.group !== 'writing') {
    const figure = measures === null ? opened : withoutTangle(opened, measures);
    return finish(mended.grey, figure, { maybeNoPenLine });
  }
  switch (guessSideways(opened.ink)) {
    case 'upright':
      return finish(mended.grey, opened, { maybeNoPenLine });
    case 'unsure':
      return finish(mended.grey, opened, { maybeSideways: true, maybeNoPenLine });
    case 'sideways': {
      const turned = turnQuarter(mended.grey);
      warnings.push({ code: 'turned', degrees: 90 });
      const { task, group, from, sure, shape } = opened;
      const ink = openInk({ ...page, grey: turned, resolved: { task, group, from, sure, shape } });
      return finish(turned, ink, { maybeNoPenLine });
    }
  }
}

/** A figure that was guessed by its shape alone, or what many lines across each other are: unknown. */
function guessedFigure(grey: GreyImage, opened: OpenedInk): OpenedInk {
  if (opened.ink === null || opened.from !== 'shape' || opened.group === 'writing') return opened;
  const measures = measurePenLine(grey, opened.ink);
  return measures === null ? opened : withoutTangle(opened, measures);
}

function withoutTangle(opened: OpenedInk, measures: PenLineMeasures): OpenedInk {
  const isDoubtful = opened.from === 'shape' && opened.ink !== null && isTangle(opened.ink, measures);
  return isDoubtful ? { ...opened, ...UNKNOWN_TASK } : opened;
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
  if (gate.kind === 'stop' || refusal === null) return gate;
  return { kind: 'stop', refusal: { reason: refusal.reason } };
}

/** Size of a mended picture if nothing had been reduced. */
function originalOf(page: Page, grey: GreyImage): { width: number; height: number } {
  if (grey === page.grey) return page.original;
  const perPixel =
    Math.max(page.original.width, page.original.height) / Math.max(page.grey.width, page.grey.height);
  return { width: Math.round(grey.width * perPixel), height: Math.round(grey.height * perPixel) };
}

/** From this share of straight lines on doubtful rules are ink. */
const MANY_STRAIGHT = 0.2;

function askPage(
  grey: GreyImage,
  ink: InkMap,
  { group, shape }: Pick<OpenedInk, 'group' | 'shape'>,
  doubt: PageDoubt | null,
): {
  readonly refusal: PageRefusal | null;
  readonly measures: PenLineMeasures | null;
  readonly maybeNoPenLine: boolean;
} {
  const isFigure = group === 'spiral' || group === 'wave';
  const answer = askPenLine(grey, ink, group, isFigure ? shape : null);
  const { measures } = answer;
  const maybeNoPenLine = answer.kind === 'doubt';
  if (doubt === 'ruled-paper' && (measures?.straight ?? 0) >= MANY_STRAIGHT) {
    return { refusal: stop('ruled-paper', doubt), measures, maybeNoPenLine };
  }
  if (doubt === 'dark-surround') return { refusal: stop(doubt, doubt), measures, maybeNoPenLine };
  const refusal = answer.kind === 'refuse' ? stop(answer.reason, answer.why) : null;
  return { refusal, measures, maybeNoPenLine };
}

function stop(reason: PageRefusal['reason'], why: PageRefusal['why']): PageRefusal {
  return { reason, why };
}

function warningOf(mend: Mend): ScreenWarning {
  return mend.kind === 'rules-removed' ? { code: mend.kind, lines: mend.lines } : { code: mend.kind };
}
