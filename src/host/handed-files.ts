import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { MAX_UPLOAD_BYTES } from '../api/schemas.ts';
import { UserError } from '../base/errors.ts';
import type { Notices } from './notices.ts';

/** Files that the shell hands over: named on a command line, opened with the app, or chosen in a native dialog. */
export class HandedFiles {
  readonly #notices: Notices;
  readonly #paths = new Map<string, string>();

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

  /** Gives one out, once. @throws UserError naming the file: `not-found`, `no-access`, `too-large` or `not-an-image`. */
  async take(id: string): Promise<Blob> {
    const file = this.#paths.get(id);
    if (file === undefined) throw new UserError('not-found', 'This file was fetched already.', id);
    this.#paths.delete(id);
    try {
      const { size } = await statFile(file);
      if (size > MAX_UPLOAD_BYTES) throw tooLarge(file, size);
      return new Blob([await fs.readFile(file)]);
    } catch (fault) {
      throw explain(fault, file);
    }
  }
}

async function statFile(file: string): Promise<{ readonly size: number }> {
  const stat = await fs.stat(file);
  if (stat.isFile()) return stat;
  const name = path.basename(file);
  const message = stat.isDirectory()
    ? `${name} is a folder. Open the files in it instead.`
    : `${name} is no file that can be read. Choose a picture or a recording.`;
  throw new UserError('bad-argument', message, file);
}

function tooLarge(file: string, size: number): UserError {
  const [has, limit] = [size, MAX_UPLOAD_BYTES].map((bytes) => Math.ceil(bytes / 1024 / 1024));
  const message = `${path.basename(file)} has ${has} MB; ${limit} MB is the most. Save it at a lower resolution or as JPEG.`;
  return new UserError('too-large', message, file);
}

function explain(fault: unknown, file: string): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError('not-found', `${file} is not there. Check the name.`, file, { cause: fault });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `${file} may not be read. Change its permissions or copy it elsewhere.`;
    return new UserError('no-access', message, file, { cause: fault });
  }
  return fault;
}
