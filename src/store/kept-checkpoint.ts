import { promises as fs } from 'node:fs';
import path from 'node:path';
import { nameByTime, replaceFile, sweepUnfinished } from './replace-file.ts';
import { explainStorageFault } from './storage-faults.ts';

/** Usual name of a checkpoint's file (src/model/checkpoint-file.ts). */
export const CHECKPOINT_FILE = 'checkpoint.spc';

/** The file that holds the last checkpoint of a run: whole at every instant, whatever ends the process. */
export class KeptCheckpoint {
  readonly file: string;

  /** @param folder Absolute; must exist when something is kept. */
  constructor(folder: string) {
    this.file = path.join(folder, CHECKPOINT_FILE);
  }

  /** null where there is none. @throws UserError `no-access` or `read-only`, or what the file system says. */
  async read(): Promise<Uint8Array | null> {
    try {
      return new Uint8Array(await fs.readFile(this.file));
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
      throw explainStorageFault(fault, this.file);
    }
  }

  /** @throws UserError `disk-full` or `read-only`; the checkpoint before is whole then. */
  async keep(content: Uint8Array): Promise<void> {
    try {
      await replaceFile(this.file, content);
    } catch (fault) {
      throw explainStorageFault(fault, this.file);
    }
  }

  /**
   * Makes way for another run's: the file goes on under a name of its time, e.g. `checkpoint-20261125-214810.spc`, UTC.
   * @returns That name; null where there is none. @throws UserError `no-access` or `read-only`, or what the file system says.
   */
  async putAside(): Promise<string | null> {
    try {
      const aside = await nameByTime(this.file);
      await fs.rename(this.file, path.join(path.dirname(this.file), aside));
      return aside;
    } catch (fault) {
      if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
      throw explainStorageFault(fault, this.file);
    }
  }

  /** Forgets it, and what a killed process left half written. @throws What the file system says. */
  async remove(): Promise<void> {
    await fs.rm(this.file, { force: true });
    await this.sweep();
  }

  /** Removes what a killed process left half written. To be called while nothing is being kept. */
  async sweep(): Promise<void> {
    await sweepUnfinished(this.file);
  }
}
