import { createHash, randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import type { BlobHash } from '../base/ids.ts';
import { explainStorageFault } from './storage-faults.ts';
import { syncFolder } from './sync-folder.ts';

/** What of the file system the blobs write with; tests put in one that fails. */
export type BlobFileSystem = Pick<typeof fs, 'mkdir' | 'open' | 'rename' | 'rm' | 'readFile'>;

/** A file that has come in and is not kept yet. */
export interface Incoming {
  /** Where it lies until it is kept or discarded. */
  readonly path: string;
  /** Makes it a blob; returns once it is safely on disk under its name. */
  keep(): Promise<BlobHash>;
  /** Forgets it; harmless after `keep`. */
  discard(): Promise<void>;
}

const INCOMING = 'incoming';

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
   * Stores bytes; returns once they are safely on disk. To be called before the row that names them. A file under their
   * name with another content (a bad disk, a hand) is replaced.
   * @throws UserError `disk-full` or `read-only`; nothing is left behind then.
   */
  async put(bytes: Uint8Array): Promise<BlobHash> {
    const hash = hashOf(bytes);
    if (await this.#holds(hash)) return hash;
    const incoming = await this.receive([bytes]);
    return incoming.keep();
  }

  /**
   * Writes what comes in to a temporary file, so that a large file need not be in memory and can be looked at before it
   * is kept. The caller keeps or discards it.
   * @throws UserError `disk-full` or `read-only`; nothing is left behind then.
   */
  async receive(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Incoming> {
    const temporary = path.join(this.#folder, INCOMING, randomUUID());
    const discard = () => this.#fs.rm(temporary, { force: true });
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      try {
        return await work();
      } catch (fault) {
        await discard().catch(() => undefined);
        throw explainStorageFault(fault, this.#folder);
      }
    };
    const hash = await guarded(async () => {
      await this.#fs.mkdir(path.dirname(temporary), { recursive: true });
      return this.#writeSynced(temporary, content);
    });
    const keep = () => guarded(() => this.#moveIn(temporary, hash));
    return { path: temporary, keep, discard };
  }

  /** Removes what a crash left half received. To be called at the start, before anything is received. */
  async sweep(): Promise<void> {
    await this.#fs.rm(path.join(this.#folder, INCOMING), { recursive: true, force: true });
  }

  async #moveIn(temporary: string, hash: BlobHash): Promise<BlobHash> {
    const target = this.pathOf(hash);
    await this.#fs.mkdir(path.dirname(target), { recursive: true });
    await this.#fs.rename(temporary, target);
    await syncFolder(path.dirname(target), this.#fs.open);
    await syncFolder(this.#folder, this.#fs.open);
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

  /** Whether the file of a blob is there and whole. */
  async #holds(hash: BlobHash): Promise<boolean> {
    try {
      return hashOf(await this.#fs.readFile(this.pathOf(hash))) === hash;
    } catch {
      return false; // not there, or not readable: writing it says why
    }
  }

  async #writeSynced(
    file: string,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<BlobHash> {
    const hash = createHash('sha256');
    const handle = await this.#fs.open(file, 'wx');
    try {
      for await (const chunk of content) {
        hash.update(chunk);
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return hash.digest('hex') as BlobHash;
  }
}

/** SHA-256 in hexadecimal. */
export function hashOf(bytes: Uint8Array): BlobHash {
  return createHash('sha256').update(bytes).digest('hex') as BlobHash;
}
