/** The folder that a reproduction fills: results.json, report.md and plots, by one process at a time. */
import { mkdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { plotsOf } from '../../reproduction/plots/plots.ts';
import { writeReport } from '../../reproduction/report.ts';
import type { Reproduction } from '../../reproduction/results.ts';
import { lockFolder, type FolderLock } from '../../store/lock.ts';
import { nameByTime, replaceFile, sweepUnfinished } from '../../store/replace-file.ts';
import { explainStorageFault } from '../../store/storage-faults.ts';
import { readResults } from './results-file.ts';

export const RESULTS_FILE = 'results.json';
export const REPORT_FILE = 'report.md';
const PLOTS_FOLDER = 'plots';
/** Of the lock: hidden, since it stays. */
const LOCK_FOLDER = '.lock';

export class ResultsFolder {
  readonly #folder: string;
  readonly #results: string;
  readonly #lock: FolderLock;

  /**
   * @param folder Absolute; made where it is missing.
   * @param startedAt ISO 8601; for another process that asks who is here.
   * @throws UserError `in-use` naming the folder and the process that fills it; `disk-full` or `read-only`.
   */
  constructor(folder: string, startedAt: string) {
    this.#folder = folder;
    this.#results = path.join(folder, RESULTS_FILE);
    try {
      mkdirSync(path.join(folder, LOCK_FOLDER), { recursive: true });
    } catch (fault) {
      throw explainStorageFault(fault, folder);
    }
    this.#lock = lockFolder(path.join(folder, LOCK_FOLDER), startedAt, {
      place: `the folder ${folder}`,
      remedy: 'name another folder with --out',
    });
  }

  /** @param name As typed, for messages. @returns null where there are none. @throws UserError `damaged` or `no-access`. */
  readResults(name: string): Promise<Reproduction | null> {
    return readResults(this.#results, name);
  }

  /** Removes what killed processes left half written. */
  async sweep(): Promise<void> {
    await sweepUnfinished(this.#results);
  }

  /**
   * Copies results.json as it is to a name of its time, under which nothing else will ever be written.
   * @returns That name. @throws UserError `disk-full` or `read-only`; results.json is whole then.
   */
  async keepFormer(): Promise<string> {
    const name = await nameByTime(this.#results);
    await this.#write(name, await readFile(this.#results));
    return name;
  }

  /** @throws UserError `disk-full` or `read-only` naming the file; the one before is whole then. */
  async saveResults(results: Reproduction): Promise<void> {
    await this.#write(RESULTS_FILE, `${JSON.stringify(results)}\n`);
  }

  /** Writes report.md and the plots from results alone. @throws UserError `disk-full` or `read-only` naming the file. */
  async writeReport(results: Reproduction): Promise<void> {
    const plots = plotsOf(results);
    const folder = path.join(this.#folder, PLOTS_FOLDER);
    await mkdir(folder, { recursive: true }).catch((fault: unknown) => {
      throw explainStorageFault(fault, folder);
    });
    for (const { name, svg } of plots) await this.#write(path.join(PLOTS_FOLDER, name), svg);
    await this.#write(REPORT_FILE, writeReport(results, plots, PLOTS_FOLDER));
  }

  /** Lets another process in. */
  close(): void {
    this.#lock.release();
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    const file = path.join(this.#folder, name);
    try {
      await replaceFile(file, content);
    } catch (fault) {
      throw explainStorageFault(fault, file);
    }
  }
}
