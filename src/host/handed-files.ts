import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { MAX_UPLOAD_BYTES } from '../api/schemas.ts';
import { UserError } from '../base/errors.ts';
import { readBounded } from '../imaging/decode.ts';
import type { Notices } from './notices.ts';

/** Files that the shell hands over: named on a command line, opened with the app, or chosen in a native dialog. */
export class HandedFiles {
  readonly #notices: Notices;
  readonly #paths = new Map<string, string>();
  readonly #readListeners = new Set<(file: string) => void>();

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** Tells the screens, which fetch each file by its id. @param paths Absolute. */
  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    const files = paths.map((file) => {
      const id = randomUUID();
      this.#paths.set(id, file);
      return { id, name: path.basename(file) };
    });
    this.#notices.add({ kind: 'files', files });
  }

  /** Tells the path of every file that could be read, once it was. */
  onRead(listener: (file: string) => void): void {
    this.#readListeners.add(listener);
  }

  /** Gives one out, once. @throws UserError naming the file: `not-found`, `no-access`, `too-large` or `not-an-image`. */
  async take(id: string): Promise<Blob> {
    const file = this.#paths.get(id);
    if (file === undefined) throw new UserError('not-found', 'This file was fetched already.', id);
    this.#paths.delete(id);
    const blob = new Blob([await readBounded(file, MAX_UPLOAD_BYTES)]);
    for (const listener of this.#readListeners) listener(file);
    return blob;
  }
}
