import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

export interface LogFileOptions {
  /** A file that has grown beyond this makes way for a new one. */
  readonly maxBytes?: number;
  /** Former files that are kept: `steadypen.1.log` is the last one. */
  readonly kept?: number;
}

export type LogLevel = 'info' | 'warning' | 'error';

/**
 * `steadypen.log` in a folder, on this computer only. Each line is on its way to the disk when `write` returns, so that the last
 * words before a crash are there. A log that cannot be written stops nothing.
 */
export class LogFile {
  readonly folder: string;
  readonly #maxBytes: number;
  readonly #kept: number;
  #bytes: number | null = null;

  constructor(folder: string, { maxBytes = 1024 * 1024, kept = 3 }: LogFileOptions = {}) {
    this.folder = folder;
    this.#maxBytes = maxBytes;
    this.#kept = kept;
  }

  /** @param text One or more lines; further ones are indented, so that each entry begins with its time. */
  write(level: LogLevel, text: string, now: Date = new Date()): void {
    const entry = `${now.toISOString()} ${level.padEnd(7)} ${text.trimEnd().replaceAll('\n', '\n    ')}\n`;
    try {
      this.#bytes ??= this.#open();
      if (this.#bytes > 0 && this.#bytes + entry.length > this.#maxBytes) this.#rotate();
      appendFileSync(this.#file(0), entry);
      this.#bytes += Buffer.byteLength(entry);
    } catch {
      // A full or read-only disk is told of where the user's own data are kept.
    }
  }

  #open(): number {
    mkdirSync(this.folder, { recursive: true });
    return statSync(this.#file(0), { throwIfNoEntry: false })?.size ?? 0;
  }

  #rotate(): void {
    for (let age = this.#kept; age > 0; age--) {
      const younger = this.#file(age - 1);
      if (statSync(younger, { throwIfNoEntry: false })) renameSync(younger, this.#file(age));
    }
    this.#bytes = 0;
  }

  #file(age: number): string {
    return path.join(this.folder, age === 0 ? 'steadypen.log' : `steadypen.${age}.log`);
  }
}
