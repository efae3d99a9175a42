/** Readers of the shared data folder's recordings, for benches and tests: strokes alone, without any clock. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Task } from '../../src/base/words.ts';
import { openPicture, readBounded } from '../../src/imaging/decode.ts';
import type { InkMap } from '../../src/imaging/images.ts';
import { inkMapOf } from '../../src/imaging/ink-map.ts';
import type { DrawnStroke } from '../../src/imaging/rasterize.ts';
import { drawStrokesNeutrally } from '../../src/imaging/recording-picture.ts';

export const SHARED_DATA = path.resolve(import.meta.dirname, '../../../shared/data');

/** A real drawing whose task is known. */
export interface SharedDrawing {
  readonly set: string;
  readonly name: string;
  /** Of the data's manifest; the file where it names none. */
  readonly subject: string;
  readonly group: 'spiral' | 'wave' | 'writing';
  /** null for a blank one. */
  open(): Promise<InkMap | null>;
}

/** All drawings of the shared data folder whose task is known; none where the folder is absent. */
export function findSharedDrawings(): readonly SharedDrawing[] {
  if (!existsSync(SHARED_DATA)) return [];
  const subjects = new Map(
    linesOf('manifest.csv').map((line) => [line.split(',')[0]!, line.split(',')[4]!] as const),
  );
  const picture = (pattern: string, group: SharedDrawing['group']) =>
    filesOf(pattern).map((file): SharedDrawing => ({
      ...named(file, subjects),
      group,
      open: async () => {
        const full = path.join(SHARED_DATA, file);
        return inkMapOf((await (await openPicture(await readBounded(full), file)).readPage(1)).grey);
      },
    }));
  const recorded = (
    pattern: string,
    group: (file: string) => SharedDrawing['group'],
    read: (file: string) => readonly (readonly DrawnStroke[])[],
  ) =>
    filesOf(pattern).flatMap((file) =>
      read(file).map((strokes, k): SharedDrawing => {
        const { name, ...rest } = named(file, subjects);
        const open = (): Promise<InkMap | null> => {
          const drawn = drawStrokesNeutrally(strokes);
          return Promise.resolve(drawn === null ? null : inkMapOf(drawn));
        };
        return { ...rest, name: `${name} ${k}`, group: group(file), open };
      }),
    );
  return [
    ...picture('zham_spiral/*/*/*.png', 'spiral'),
    ...picture('zham_wave/*/*/*.png', 'wave'),
    ...picture('scanned_pages/*/*.jpg', 'writing'),
    ...recorded('uci_tablet/*/*.txt', () => 'spiral', readUci),
    ...recorded('online_healthy/graphomotor/*.csv', groupOfGraphomotor, readGraphomotor),
    ...recorded('online_healthy/openhandwrite/*', () => 'writing', readOpenHandWrite),
    ...recorded('online_healthy/poh_db/*.inkml', () => 'writing', readInkml),
  ];
}

/** What is right to guess of such a drawing. */
export function taskOfGroup(group: SharedDrawing['group']): Task {
  return ({ spiral: 'spiral-free', wave: 'wave', writing: 'page' } as const)[group];
}

const groupOfGraphomotor = (file: string) => (file.includes('spiral') ? 'spiral' : 'writing');

function named(file: string, subjects: ReadonlyMap<string, string>) {
  const [first, second] = file.split(path.sep);
  const set = first === 'online_healthy' ? second! : first!;
  return { set, name: path.basename(file), subject: subjects.get(file) ?? file };
}

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: SHARED_DATA }).sort();
}

function linesOf(file: string): string[] {
  return readFileSync(path.join(SHARED_DATA, file), 'utf8').trim().split(/\r?\n/);
}

/** Points of one stroke while `isDown`; the pen's lifts part them. */
function partStrokes(rows: readonly { x: number; y: number; isDown: boolean }[]): DrawnStroke[] {
  const strokes: { x: number; y: number }[][] = [[]];
  for (const { x, y, isDown } of rows) {
    if (isDown) strokes[strokes.length - 1]!.push({ x, y });
    else strokes.push([]);
  }
  return strokes.filter((samples) => samples.length > 0).map((samples) => ({ samples }));
}

/** The static and the dynamic spiral (tests 0 and 1), where there are any. */
function readUci(file: string): DrawnStroke[][] {
  const rows = linesOf(file).map((line) => line.split(';').map(Number));
  return [0, 1]
    .map((test) =>
      rows
        .filter((row) => row[6] === test)
        .map(([x, y, , pressure]) => ({ x: x!, y: y!, isDown: pressure! > 0 })),
    )
    .filter((part) => part.length >= 50)
    .map(partStrokes);
}

/** Percent of the canvas, y upwards; a stroke per `line_number`. */
function readGraphomotor(file: string): DrawnStroke[][] {
  const strokes = new Map<string, { x: number; y: number }[]>();
  for (const line of linesOf(file).slice(1)) {
    const [number, x, y] = line.split(',');
    const samples = strokes.get(number!) ?? [];
    samples.push({ x: Number(x), y: -Number(y) });
    strokes.set(number!, samples);
  }
  return [[...strokes.values()].map((samples) => ({ samples }))];
}

/** T X Y P; raw units of .eptxyp grow upwards. */
function readOpenHandWrite(file: string): DrawnStroke[][] {
  const down = file.endsWith('.eptxyp') ? -1 : 1;
  const rows = linesOf(file)
    .slice(1)
    .map((line) => line.split('\t').map(Number))
    .map(([, x, y, pressure]) => ({ x: x!, y: down * y!, isDown: pressure! > 0 }));
  return [partStrokes(rows)];
}

function readInkml(file: string): DrawnStroke[][] {
  const text = readFileSync(path.join(SHARED_DATA, file), 'utf8');
  const strokes = [...text.matchAll(/<trace [^>]*>([^<]*)<\/trace>/g)].map(([, points]) => ({
    samples: points!.split(',').map((point) => {
      const [x, y] = point.trim().split(/\s+/).map(Number);
      return { x: x!, y: y! };
    }),
  }));
  return [strokes];
}
