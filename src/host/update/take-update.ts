import { randomUUID, type KeyObject } from 'node:crypto';
import { constants, promises as fs } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../base/errors.ts';
import { sha256 } from '../../store/sha256.ts';
import {
  compareVersions,
  MOST_STATEMENT_BYTES,
  openUpdate,
  STATEMENT_ENDING,
  type UpdateStatement,
} from './update-statement.ts';

export interface CheckedUpdate {
  readonly statement: UpdateStatement;
  /** A copy of ours in `folder`, checked after it was copied: nobody can exchange it between check and use. */
  readonly installer: string;
}

export interface RunningApp {
  readonly version: string;
  readonly platform: NodeJS.Platform;
  /** As `process.arch`. */
  readonly arch: string;
}

/**
 * Checks an installer file that somebody chose: the signed statement beside it, that it is for this machine and newer than what
 * runs, and the file's size and SHA-256. Runs nothing.
 *
 * @param file The installer. The statement is the file of the same name with `.update.json` after it.
 * @param folder Where the checked copy goes, in one of its own; made if it is not there.
 * @throws UserError that says what does not fit; nothing of the copy is left then.
 */
export async function takeUpdate(
  file: string,
  { key, app, folder }: { readonly key: KeyObject; readonly app: RunningApp; readonly folder: string },
): Promise<CheckedUpdate> {
  const installer = file.endsWith(STATEMENT_ENDING) ? file.slice(0, -STATEMENT_ENDING.length) : file;
  const statement = openUpdate(
    await readStatement(installer),
    path.basename(installer + STATEMENT_ENDING),
    key,
  );
  refuseForeign(statement, path.basename(installer), app);
  const place = path.join(folder, randomUUID());
  await fs.mkdir(place, { recursive: true, mode: 0o700 });
  const copy = path.join(place, statement.file);
  try {
    await copyInstaller(installer, copy, statement);
    return { statement, installer: copy };
  } catch (error) {
    await fs.rm(place, { recursive: true, force: true });
    throw error;
  }
}

async function readStatement(installer: string): Promise<string> {
  const file = installer + STATEMENT_ENDING;
  const stat = await fs.stat(file).catch((cause: unknown) => {
    throw new UserError(
      'not-found',
      `${path.basename(file)} is not beside the installer. Copy both files to the same folder.`,
      file,
      { cause },
    );
  });
  // Reading a pipe would wait for its other end.
  if (!stat.isFile()) {
    throw new UserError(
      'bad-argument',
      `${path.basename(file)} is not a file. Copy the update statement there.`,
      file,
    );
  }
  if (stat.size > MOST_STATEMENT_BYTES) {
    throw new UserError('too-large', `${path.basename(file)} is too large to be an update statement.`, file);
  }
  return fs.readFile(file, 'utf8');
}

function refuseForeign(statement: UpdateStatement, name: string, app: RunningApp): void {
  const { platform, archs, version } = statement;
  if (statement.file !== name) {
    throw new UserError(
      'bad-argument',
      `The statement is about ${statement.file}, not about ${name}. Give the file its name back.`,
      name,
    );
  }
  if (platform !== app.platform || !archs.some((arch) => arch === app.arch)) {
    throw new UserError(
      'bad-argument',
      `${name} is for ${platform} on ${archs.join(' or ')}; this is ${app.platform} on ${app.arch}. Choose the installer for this machine.`,
      name,
    );
  }
  if (compareVersions(version, app.version) <= 0) {
    throw new UserError(
      'bad-argument',
      `${name} is version ${version}, and ${app.version} is installed: there is nothing newer in it.`,
      name,
    );
  }
}

async function copyInstaller(from: string, to: string, statement: UpdateStatement): Promise<void> {
  const name = path.basename(from);
  const { size } = await fs.stat(from).catch((cause: unknown) => {
    throw new UserError('not-found', `${name} is not there any more.`, from, { cause });
  });
  if (size === statement.size) {
    await fs.copyFile(from, to, constants.COPYFILE_EXCL);
    if ((await sha256(to)) === statement.sha256) return fs.chmod(to, 0o700);
  }
  throw new UserError(
    'damaged',
    `${name} is not the file that its publisher signed: it is damaged or was changed. Fetch it again.`,
    from,
  );
}
