/** What the parts of the verdict bench share: a model, and one way to screen. */
import path from 'node:path';
import { existsSync } from 'node:fs';
import { Rng } from '../../../src/base/rng.ts';
import type { Sensitivity, Task } from '../../../src/base/words.ts';
import { openPicture, readBounded } from '../../../src/imaging/decode.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import { bootstrapIntervals } from '../../../src/model/bootstrap.ts';
import { openInput } from '../../../src/screening/open-input.ts';
import { screenInk, type InkSubject, type LoadedModel } from '../../../src/screening/screen-ink.ts';
import type { ScreenResult } from '../../../src/screening/screen-result.ts';
import { pageOf } from '../page-of.ts';

export interface Bench {
  readonly model: LoadedModel;
  readonly modelFile: string;
  /** The shared data folder. */
  readonly data: string;
  readonly hands: number;
  readonly seed: number;
  /** True drawings that are looked at for refusals, at least. */
  readonly drawings: number;
}

export type Result = Omit<ScreenResult, 'elapsedMs' | 'page'>;

const TOOLS = { readFile: readBounded, openPicture };

export async function screenSubject(
  bench: Bench,
  subject: InkSubject,
  sensitivity?: Sensitivity,
): Promise<Result> {
  const context = { pause: () => Promise.resolve(), ...(sensitivity === undefined ? {} : { sensitivity }) };
  return (await screenInk(bench.model, subject, context)).result;
}

/** As the app screens a finished drawing. @param task null: as the recording or its shape says. */
export async function screenRecording(
  bench: Bench,
  recording: Recording,
  task: Task | null,
): Promise<Result> {
  const opened = await openInput({ kind: 'recording', recording }, TOOLS);
  return screenSubject(bench, await opened.readSubject(1, task));
}

export async function screenGrey(
  bench: Bench,
  grey: GreyImage,
  task: Task | null,
  pxPerMm: number | null = null,
): Promise<Result> {
  return screenSubject(bench, pageOf(grey, task, pxPerMm));
}

/** @param name The file's own name; null screens it without one. */
export async function screenFile(
  bench: Bench,
  file: string,
  task: Task | null,
  name?: string,
): Promise<Result> {
  const input = { kind: 'path', path: file, ...(name === undefined ? {} : { name }) } as const;
  const opened = await openInput(input, TOOLS);
  return screenSubject(bench, await opened.readSubject(1, task));
}

/** The folder of a set; null, told loudly, where it is not there. */
export function findSet(bench: Bench, name: string): string | null {
  const folder = path.join(bench.data, name);
  if (existsSync(folder)) return folder;
  console.log(`MISSING ${folder}: nothing measured on it. Name the folder with --data.`);
  return null;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** “12 of 40 (30.0 %; 20–41 over 17 people)”. @param subjects Who each value is of. */
export function shareLine(hits: readonly boolean[], subjects: readonly string[]): string {
  const count = hits.filter(Boolean).length;
  const { share: interval } = bootstrapIntervals(subjects, shareOf(hits), new Rng('verdict-bench'));
  const { low, high } = interval;
  const people = new Set(subjects).size;
  const share = hits.length === 0 ? 0 : count / hits.length;
  return `${count} of ${hits.length} (${percent(share)}; 95 % ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} over ${people} people)`;
}

function shareOf(hits: readonly boolean[]) {
  return (weights: Float64Array) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { share: hits.reduce((sum, hit, i) => sum + (hit ? weights[i]! : 0), 0) / total };
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
