import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const MOST = 8;
const stored = z.array(z.string()).max(100);

/** Files opened last, newest first; their names stay in a file of the data folder until they are cleared. */
export class RecentFiles {
  readonly #file: string;
  #list: readonly string[];

  constructor(file: string) {
    this.#file = file;
    this.#list = read(file);
  }

  /** Absolute paths. */
  get list(): readonly string[] {
    return this.#list;
  }

  add(files: readonly string[]): void {
    const newest = [...files].reverse();
    this.#keep([...newest, ...this.#list.filter((file) => !newest.includes(file))].slice(0, MOST));
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(list: readonly string[]): void {
    this.#list = list;
    try {
      writeFileSync(this.#file, JSON.stringify(list));
    } catch (fault) {
      console.warn(
        'The files opened last could not be remembered:',
        fault instanceof Error ? fault.message : fault,
      );
    }
  }
}

function read(file: string): readonly string[] {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8'))).slice(0, MOST);
  } catch {
    return []; // the first start, or a file that somebody else wrote
  }
}
