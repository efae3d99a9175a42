import { createHash, randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import type { BlobHash } from '../base/ids.ts';
import { explainStorageFault } from './storage-faults.ts';

/** What of the file system the blobs write with; tests put in one that fails. */
export type BlobFileSystem = Pick<typeof fs, 'mkdir' | 'open' | 'rename' | 'rm' | 'readFile' | 'access'>;

/**
 * Content-addressed files: `blobs/ab/<64 hex digits>`. Written as temporary file, fsync, rename, fsync of the folder, so
 * that a file under its final name is always whole. The same content is kept once.
 */
export class Blobs {
  readonly #folder: string;
  readonly #fs: BlobFileSystem;

  constructor(home: string, fileSystem: BlobFileSystem = fs) {
    this.#folder = path.join(home, 'blobs');
    this.#fs = fileSystem;
  }

  /** The file of a blob, whether or not it exists. */
  pathOf(hash: BlobHash): string {
    return path.join(this.#folder, hash.slice(0, 2), hash);
  }

  /**
   * Stores bytes; returns once they are safely on disk. To be called before the row that names them.
   * @throws UserError `disk-full` or `read-only`; nothing is left behind then.
   */
  async put(bytes: Uint8Array): Promise<BlobHash> {
    const hash = hashOf(bytes);
    const target = this.pathOf(hash);
    if (await this.#exists(target)) return hash;
    const folder = path.dirname(target);
    const temporary = path.join(folder, `.${randomUUID()}.part`);
    try {
      await this.#fs.mkdir(folder, { recursive: true });
      await this.#writeSynced(temporary, bytes);
      await this.#fs.rename(temporary, target);
      await this.#syncFolder(folder);
      await this.#syncFolder(this.#folder);
    } catch (fault) {
      await this.#fs.rm(temporary, { force: true }).catch(() => undefined);
      throw explainStorageFault(fault, this.#folder);
    }
    return hash;
  }

  /**
   * Reads a blob and checks it against its name.
   * @throws UserError `not-found` or `damaged` naming the file.
   */
  async get(hash: BlobHash): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.pathOf(hash);
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await this.#fs.readFile(file));
    } catch (fault) {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'))
        throw explainStorageFault(fault, file);
      throw new UserError(
        'not-found',
        `A stored file is missing: ${file}. Restore the data folder from a backup.`,
        file,
        {
          cause: fault,
        },
      );
    }
    if (hashOf(bytes) !== hash) {
      throw new UserError(
        'damaged',
        `A stored file was changed on disk: ${file}. Restore it from a backup.`,
        file,
      );
    }
    return bytes;
  }

  async #exists(file: string): Promise<boolean> {
    try {
      await this.#fs.access(file);
      return true;
    } catch {
      return false;
    }
  }

  async #writeSynced(file: string, bytes: Uint8Array): Promise<void> {
    const handle = await this.#fs.open(file, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Makes the new name itself last. Windows cannot open folders and needs no such step. */
  async #syncFolder(folder: string): Promise<void> {
    if (process.platform === 'win32') return;
    const handle = await this.#fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** SHA-256 in hexadecimal. */
export function hashOf(bytes: Uint8Array): BlobHash {
  return createHash('sha256').update(bytes).digest('hex') as BlobHash;
}
