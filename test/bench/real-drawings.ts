/** How a model is judged on the real drawings of the shared data folder; for the bench and for the unit test. */
import path from 'node:path';
import { Rng } from '../../src/base/rng.ts';
import type { Task, Verdict } from '../../src/base/words.ts';
import { openPicture, readBounded } from '../../src/imaging/decode.ts';
import { inkMapOf } from '../../src/imaging/ink-map.ts';
import { estimateXHeight } from '../../src/imaging/text-size.ts';
import { openInput } from '../../src/screening/open-input.ts';
import {
  screenInk,
  type InkSubject,
  type LoadedModel,
  type ScreenContext,
} from '../../src/screening/screen-ink.ts';
import { reasonOf } from '../../src/screening/screen-result.ts';
import { warpInk } from '../../src/synthetic/warp-tremor.ts';

/** Files of the shared data folder. Fewer of them would give figures that cannot be compared. */
export const SPIRALS = { pattern: 'zham_spiral/*/*/*.png', count: 102 } as const;
export const PAGES = { pattern: 'scanned_pages/*/*.jpg', count: 10 } as const;

/** x-height of ordinary handwriting, to turn millimetres of tremor into pixels of a page of unknown size. */
const X_HEIGHT_MM = 2.5;
const TREMOR = { hz: 5, speedMmS: 20 } as const;

export interface Judged {
  /** Not calibrated. */
  readonly logit: number;
  readonly probability: number;
  readonly verdict: Verdict;
  readonly task: Task | null;
  readonly ms: number;
  /** Standard deviation of the logits of the patches. */
  readonly patchSpread: number;
}

/** Opens a file as the screener does. @param task null: guess. */
export async function subjectOf(file: string, task: Task | null): Promise<InkSubject> {
  const input = await openInput({ kind: 'path', path: file }, { readFile: readBounded, openPicture });
  return input.readSubject(1, task);
}

/** Opens and screens one drawing; the time is for both. @throws Error when it is not screenable. */
export async function judge(
  model: LoadedModel,
  read: () => Promise<InkSubject>,
  context: ScreenContext,
): Promise<Judged> {
  const started = performance.now();
  const { result, judgement } = await screenInk(model, await read(), context);
  const ms = performance.now() - started;
  if (judgement === null) throw new Error(`not screenable: ${reasonOf(result)}`);
  const mean = judgement.patches.reduce((sum, patch) => sum + patch.logit, 0) / judgement.patches.length;
  const variance =
    judgement.patches.reduce((sum, patch) => sum + (patch.logit - mean) ** 2, 0) / judgement.patches.length;
  return {
    logit: judgement.logit,
    probability: result.probability ?? NaN,
    verdict: result.verdict,
    task: result.task,
    ms,
    patchSpread: Math.sqrt(variance),
  };
}

/** 1 for spirals of people with Parkinson's disease, 0 for healthy people's: what {@link SPIRALS} are labelled by. */
export function spiralLabels(files: readonly string[]): Uint8Array {
  return Uint8Array.from(files, (file) => (file.includes('parkinson') ? 1 : 0));
}

/** A scanned page as the screener opens it, and how to bend its ink as tremor would. The same page and amplitude give the same picture. */
export async function openPage(
  file: string,
): Promise<{ readonly name: string; readonly warped: (amplitudeMm: number) => InkSubject }> {
  const name = path.basename(file, '.jpg');
  const subject = await subjectOf(file, 'page');
  const ink = inkMapOf(subject.grey);
  const xHeight = ink === null ? null : estimateXHeight(ink);
  if (ink === null || xHeight === null) throw new Error(`${file}: no ink`);
  const pxPerMm = (xHeight / X_HEIGHT_MM) * (subject.grey.width / ink.width);
  return {
    name,
    warped: (amplitudeMm) => {
      const rng = new Rng(`${name}/${amplitudeMm}`);
      return { ...subject, grey: warpInk(subject.grey, rng, { pxPerMm, amplitudeMm, ...TREMOR }) };
    },
  };
}
