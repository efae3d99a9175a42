/** Readers for the recordings of the shared data folder (formats and flaws: its README.md). */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Task } from '../../src/base/words.ts';
import type { RawSample, RawStroke, Recording } from '../../src/ink/recording.ts';

export interface RealRecording {
  readonly recording: Recording;
  readonly subject: string;
  /** `C`, `H` or `P` of uci_tablet; `healthy` for all others, where health is presumed. */
  readonly cohort: 'C' | 'H' | 'P' | 'healthy';
  readonly name: string;
}

/** Static spirals of uci_tablet have a radius of about 250 px; the size is not given, the tablet's screen had about 0.25 mm a pixel. */
const UCI_MM_PER_PX = 0.25;
/** graphomotor gives percents of a canvas; a tablet's canvas is taken to be 150 mm wide. */
const GRAPHOMOTOR_MM_PER_PERCENT = 1.5;
/** A CSS pixel, where the device does not stretch it. */
const CSS_MM_PER_PX = 25.4 / 96;
/** Units of an Intuos tablet, 5,080 to the inch, and screen pixels. */
const TABLET_MM_PER_UNIT = 25.4 / 5080;

function sampleOf(timeMs: number, x: number, y: number, pressure: number | null = null): RawSample {
  return { timeMs, x, y, pressure, tiltXDeg: null, tiltYDeg: null };
}

function recordingOf(task: Task, mmPerUnit: number, strokes: readonly RawStroke[]): Recording {
  return { schemaVersion: 1, task, unit: 'px', mmPerUnit, pointer: 'pen', strokes };
}

function filesOf(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .toSorted()
    .map((name) => path.join(folder, name));
}

function rowsOf(file: string, delimiter: string): number[][] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter((line) => /^[-0-9.]/.test(line))
    .map((line) => line.split(delimiter).map(Number));
}

/** One stroke for each run of rows that `isDown`. */
function strokesWhere(
  rows: readonly number[][],
  isDown: (row: number[]) => boolean,
  read: (row: number[]) => RawSample,
): RawStroke[] {
  const strokes: RawSample[][] = [];
  let down = false;
  for (const row of rows) {
    const now = isDown(row);
    if (now && !down) strokes.push([]);
    if (now) strokes[strokes.length - 1]!.push(read(row));
    down = now;
  }
  return strokes.map((samples) => ({ samples }));
}

/**
 * Spirals of the UCI tablet set.
 *
 * @param folder The shared data folder.
 * @param testId 0 = static, 1 = dynamic spiral; subjects without it are left out.
 */
export function readUciTablet(folder: string, testId = 0): RealRecording[] {
  return filesOf(folder, 'uci_tablet/*/*.txt').flatMap((file) => {
    const rows = rowsOf(file, ';').filter((row) => row[6] === testId);
    const name = path.basename(file, '.txt');
    if (rows.length < 50) return [];
    const origin = rows[0]![5]!;
    const samples = rows.map((row) =>
      sampleOf(row[5]! - origin, row[0]!, row[1]!, Math.max(0, row[3]! / 1023)),
    );
    const cohort = name.slice(0, 1).toUpperCase() as 'C' | 'H' | 'P';
    return [
      { recording: recordingOf('spiral-traced', UCI_MM_PER_PX, [{ samples }]), subject: name, cohort, name },
    ];
  });
}

/** Spirals and one alphabet on a touch screen; a pause of over 0.25 s with a jump, or of over 1 s, ends a stroke. */
export function readGraphomotor(folder: string): RealRecording[] {
  return filesOf(folder, 'online_healthy/graphomotor/*.csv').map((file) => {
    const name = path.basename(file, '.csv');
    const rows = rowsOf(file, ',');
    const spiral = name.includes('spiral');
    const strokes: RawSample[][] = [];
    let last: RawSample | null = null;
    for (const row of rows) {
      const here = sampleOf(1000 * row[4]!, row[1]!, 100 - row[2]!);
      const jump = last === null ? Infinity : Math.hypot(here.x - last.x, here.y - last.y);
      if (last === null || (jump > 4 && (!spiral || here.timeMs - last.timeMs > 250))) strokes.push([]);
      strokes[strokes.length - 1]!.push(here);
      last = here;
    }
    const task: Task = spiral ? (name.includes('trace') ? 'spiral-traced' : 'spiral-free') : 'text';
    const recording = recordingOf(
      task,
      GRAPHOMOTOR_MM_PER_PERCENT,
      strokes.map((samples) => ({ samples })),
    );
    return { recording, subject: `gm-${name.slice(0, 7)}`, cohort: 'healthy', name };
  });
}

/** German words on a screen and pages on a tablet; rows without pressure are in the air. The first row of some files is all 0. */
export function readOpenHandWrite(folder: string): RealRecording[] {
  return filesOf(folder, 'online_healthy/openhandwrite/*.{txyp,eptxyp}').map((file) => {
    const name = path.basename(file).replace(/\.\w+$/, '');
    const rows = rowsOf(file, '\t').filter((row) => row.some((value) => value !== 0));
    const origin = rows[0]?.[0] ?? 0;
    const strokes = strokesWhere(
      rows,
      (row) => row[3]! > 0,
      (row) => sampleOf(row[0]! - origin, row[1]!, row[2]!, row[3]! / 1024),
    );
    const page = file.endsWith('.eptxyp');
    return {
      recording: recordingOf(page ? 'text' : 'words', page ? TABLET_MM_PER_UNIT : CSS_MM_PER_PX, strokes),
      subject: page ? name : 'VP4',
      cohort: 'healthy',
      name,
    };
  });
}

/** Persian pages of browser pointer events, about 59 a second. */
export function readPohDb(folder: string): RealRecording[] {
  return filesOf(folder, 'online_healthy/poh_db/*.inkml').map((file) => {
    const name = path.basename(file, '.inkml');
    const strokes = [
      ...readFileSync(file, 'utf8').matchAll(/<trace [^>]*timeOffset="([\d.]+)"[^>]*>([^<]*)</g),
    ].map(([, offset, points]) => ({
      samples: points!.split(',').map((point) => {
        const [x, y, pressure, time] = point.trim().split(/\s+/).map(Number);
        return sampleOf(Number(offset) + time!, x!, y!, pressure!);
      }),
    }));
    return {
      recording: recordingOf('page', CSS_MM_PER_PX, strokes),
      subject: `poh-${name}`,
      cohort: 'healthy',
      name,
    };
  });
}
