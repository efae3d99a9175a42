import { promises as fs } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import type { SampleId } from '../base/ids.ts';
import { explainStorageFault } from './storage-faults.ts';
import { syncFolder } from './sync-folder.ts';

/** What of the file system the journals write with; tests put in one that fails. */
export type JournalFileSystem = Pick<typeof fs, 'mkdir' | 'open'>;

/** A drawing that was not finished when the app ended. What the lines hold is checked by the caller. */
export interface OpenJournal {
  readonly id: SampleId;
  readonly header: unknown;
  /** In order, those taken back left out. */
  readonly strokes: readonly unknown[];
}

/**
 * Drawings in progress, appended to disk stroke by stroke: `journal/<id>.jsonl`, a header, then one line per stroke.
 * Each call returns once its line is on disk. Each line is preceded by a line end of its own, so that a line torn by a
 * crash or a full disk spoils itself alone.
 */
export class Journals {
  readonly #folder: string;
  readonly #last = new Map<SampleId, Promise<void>>();
  readonly #fs: JournalFileSystem;

  constructor(home: string, fileSystem: JournalFileSystem = fs) {
    this.#folder = path.join(home, 'journal');
    this.#fs = fileSystem;
  }

  async begin(id: SampleId, header: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#guard(async () => {
      await this.#fs.mkdir(this.#folder, { recursive: true });
      await this.#write(id, { schemaVersion: 1, header }, 'wx');
      await syncFolder(this.#folder, this.#fs.open);
      await syncFolder(path.dirname(this.#folder), this.#fs.open);
    });
  }

  /** @throws UserError `not-found` where the journal was never begun or is closed. */
  append(id: SampleId, stroke: unknown): Promise<void> {
    return this.#inOrder(id, { stroke });
  }

  /** Takes the last stroke back. */
  retract(id: SampleId): Promise<void> {
    return this.#inOrder(id, { retract: 1 });
  }

  /** Ends a journal whose drawing is stored or thrown away; one that is not there is fine. */
  async close(id: SampleId): Promise<void> {
    await this.#last.get(id)?.catch(() => undefined);
    this.#last.delete(id);
    await this.#guard(() => fs.rm(this.#file(id), { force: true }));
  }

  /** Lays a journal aside that cannot become a sample: it is kept, but no longer offered. */
  async setAside(id: SampleId): Promise<void> {
    await this.#guard(() => fs.rename(this.#file(id), `${this.#file(id)}.unusable`));
  }

  /** Ids of the journals on disk. */
  async ids(): Promise<SampleId[]> {
    const names = await fs.readdir(this.#folder).catch(() => []);
    return names
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => name.slice(0, -'.jsonl'.length) as SampleId);
  }

  /** Reads what a journal holds; lines that are torn are left out. null where not even the header is whole. */
  async read(id: SampleId): Promise<OpenJournal | null> {
    const text = await this.#guard(() => fs.readFile(this.#file(id), 'utf8'));
    const lines = text.split('\n').flatMap(parseLine);
    const first = lines[0];
    if (first === undefined || !('header' in first)) return null;
    const strokes: unknown[] = [];
    for (const line of lines) {
      if ('stroke' in line) strokes.push(line.stroke);
      else if ('retract' in line) strokes.pop();
    }
    return { id, header: first.header, strokes };
  }

  #file(id: SampleId): string {
    if (!/^[0-9a-f-]{36}$/.test(id))
      throw new UserError('bad-argument', `${id} is not the id of a drawing.`, id);
    return path.join(this.#folder, `${id}.jsonl`);
  }

  /** One line after the other, even where the caller does not wait. */
  #inOrder(id: SampleId, line: Readonly<Record<string, unknown>>): Promise<void> {
    const before = this.#last.get(id) ?? Promise.resolve();
    const now = before.catch(() => undefined).then(() => this.#guard(() => this.#write(id, line, 'r+')));
    this.#last.set(id, now);
    return now;
  }

  /** @param flags `wx` makes the file, `r+` wants it to be there. */
  async #write(id: SampleId, line: Readonly<Record<string, unknown>>, flags: 'wx' | 'r+'): Promise<void> {
    const bytes = new TextEncoder().encode(`\n${JSON.stringify(line)}\n`);
    const handle = await this.#fs.open(this.#file(id), flags);
    try {
      const { size } = await handle.stat();
      // A disk that is filling up may take a part and say so only with the next one.
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, size + done);
        if (bytesWritten === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
        done += bytesWritten;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') {
        throw new UserError(
          'not-found',
          'This drawing is no longer open. Clear the page and draw again.',
          'journal',
          { cause: fault },
        );
      }
      throw explainStorageFault(fault, this.#folder);
    }
  }
}

function parseLine(text: string): Record<string, unknown>[] {
  if (text === '') return [];
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? [{ ...line }] : [];
  } catch {
    return [];
  }
}
