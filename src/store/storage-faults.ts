import { UserError } from '../base/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const REFUSED = new Set(['EROFS', 'EACCES', 'EPERM']);
/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const SQLITE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  notADatabase: 26,
};
/** Extended codes of SQLITE_IOERR that mean "could not grow a file": write, truncate, shared-memory size and open. */
const CANNOT_GROW = new Set([778, 1546, 4618, 4874]);

/**
 * Turns a failure of the file system or of SQLite into one that says what to do. Anything else comes back as it is.
 *
 * @param fault What was thrown.
 * @param place The file or folder that was being written or read.
 */
export function explainStorageFault(fault: unknown, place: string): unknown {
  if (fault instanceof UserError || !(fault instanceof Error)) return fault;
  const code = 'code' in fault ? fault.code : undefined;
  if (typeof code === 'string' && FULL.has(code)) return diskFull(place, fault);
  if (typeof code === 'string' && REFUSED.has(code)) return readOnly(place, fault);
  const result = sqliteResult(fault);
  if (result === undefined) return fault;
  if (CANNOT_GROW.has(result)) return diskFull(place, fault);
  switch (result & 0xff) {
    case SQLITE.full:
      return diskFull(place, fault);
    case SQLITE.readOnly:
    case SQLITE.cantOpen:
      return readOnly(place, fault);
    case SQLITE.busy:
    case SQLITE.locked:
      return new UserError(
        'in-use',
        `The database ${place} is in use by another program. Close it and try again.`,
        place,
        { cause: fault },
      );
    case SQLITE.corrupt:
    case SQLITE.notADatabase:
      return damagedDatabase(place, fault.message, fault);
    default:
      return fault;
  }
}

/** Whether SQLite could not open a file, or not write where it had to. */
export function isRefused(fault: unknown): boolean {
  const result = sqliteResult(fault);
  return result !== undefined && [SQLITE.readOnly, SQLITE.cantOpen].includes(result & 0xff);
}

function sqliteResult(fault: unknown): number | undefined {
  return fault instanceof Error && 'errcode' in fault && typeof fault.errcode === 'number'
    ? fault.errcode
    : undefined;
}

/** For a database that is only to be read, in a place where that is not allowed. */
export function databaseNotReadable(place: string, cause: unknown): UserError {
  return new UserError(
    'no-access',
    `Steadypen may not read ${place}. Allow reading it, or name another data folder with --home or STEADYPEN_HOME.`,
    place,
    { cause },
  );
}

/** For a database with changes in its log, which are folded in only where writing is allowed. */
export function logNotReadable(place: string, cause: unknown): UserError {
  return new UserError(
    'no-access',
    `The last changes to ${place} are still in ${place}-wal, and Steadypen may not write there to read them. Start the app once where it may write to this folder, or copy the folder and name the copy with --home.`,
    place,
    { cause },
  );
}

/** For a database that cannot be read: it is left as it is, so that it may still be rescued. */
export function damagedDatabase(place: string, detail: string, cause?: unknown): UserError {
  return new UserError(
    'damaged',
    `The database ${place} is damaged (${detail}). It was left untouched. Put a backup in its place, or start with an empty folder by --home.`,
    place,
    { cause },
  );
}

function diskFull(place: string, cause: unknown): UserError {
  return new UserError(
    'disk-full',
    `The disk that holds ${place} is full; nothing was changed. Free some space and try again.`,
    place,
    { cause },
  );
}

function readOnly(place: string, cause: unknown): UserError {
  return new UserError(
    'read-only',
    `Steadypen may not write to ${place}. Allow writing there, or choose another data folder with --home or STEADYPEN_HOME.`,
    place,
    { cause },
  );
}
