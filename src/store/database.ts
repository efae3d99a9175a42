import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { Kysely, SqliteDialect, type Generated } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { BlobHash, ModelId } from '../base/ids.ts';
import type { Hand, Label, NotScreenableReason, Task, Verdict } from '../base/words.ts';
import { migrations } from './migrations.ts';
import {
  damagedDatabase,
  databaseNotReadable,
  explainStorageFault,
  isRefused,
  logNotReadable,
} from './storage-faults.ts';

/** `factory` is the shipped model while another one is active. */
export type ModelState = 'factory' | 'candidate' | 'active' | 'archived';
export type RunState = 'running' | 'done' | 'failed';

/** Columns as SQLite holds them. Times are ISO 8601 in UTC; `*_blob` are 64 hex digits; `json` columns are texts. */
export interface Tables {
  participant: { code: string; created_at: string };
  session: { id: string; participant: string; started_at: string };
  sample: {
    id: string;
    kind: 'scan' | 'recording';
    /** `unknown` where neither anybody said nor the shape tells what was drawn. */
    task: Task | 'unknown';
    hand: Hand | null;
    participant: string | null;
    session: string | null;
    created_at: string;
    page: number | null;
    original_name: string | null;
    /** The dropped file; null for a drawing. */
    file_blob: BlobHash | null;
    /** The recording as JSON; null for a scan. */
    recording_blob: BlobHash | null;
    thumb_blob: BlobHash | null;
    page_blob: BlobHash | null;
    ink_blob: BlobHash | null;
    width: number;
    height: number;
    duration_s: number | null;
    deleted_at: string | null;
  };
  /** History: the newest row of a sample is its label; a null label takes it away. */
  label: { id: Generated<number>; sample: string; label: Label | null; at: string; by: string };
  /** History: the newest row of a sample counts. */
  result: {
    id: Generated<number>;
    sample: string;
    model: string;
    verdict: Verdict;
    reason: NotScreenableReason | null;
    probability: number | null;
    at: string;
    json: string;
  };
  model: {
    id: ModelId;
    state: ModelState;
    factory: number;
    blob: BlobHash;
    added_at: string;
    parameters: number;
    card: string;
  };
  /** Which model was made active when; rollback marks the newest as undone. */
  activation: { id: Generated<number>; model: ModelId; at: string; undone: number };
  setting: { key: string; json: string };
  run: { id: string; request: string; started_at: string; state: RunState };
  run_event: { id: Generated<number>; run: string; json: string };
  audit: { id: Generated<number>; at: string; action: string; subject: string; detail: string };
}
export type Db = Kysely<Tables>;

/**
 * Opens the database, checks it and brings it to the newest schema.
 *
 * @param file Path of the database; made when absent unless `readOnly`.
 * @throws UserError `damaged` (the file is left untouched), `read-only`, `no-access` (`readOnly`), `disk-full`, `in-use`.
 */
export async function openDatabase(file: string, { readOnly }: { readonly readOnly: boolean }): Promise<Db> {
  const raw = readOnly ? openToRead(file) : openToWrite(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(raw, file) }) });
  if (readOnly) return db;
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw explainMigration(error, file);
  }
  return db;
}

function openToWrite(file: string): DatabaseSync {
  try {
    return open(file, file, { readOnly: false });
  } catch (fault) {
    throw explainStorageFault(fault, file);
  }
}

/**
 * Even to read, SQLite makes the two files of its log beside the database, where they are not there. Where it may not,
 * a database whose log was folded in is read as a file that does not change: nobody writes to it at that moment, and
 * what is opened so is open for one command.
 */
function openToRead(file: string): DatabaseSync {
  try {
    return open(file, file, { readOnly: true });
  } catch (fault) {
    if (!isRefused(fault)) throw explainStorageFault(fault, file);
    if (hasLog(file)) throw logNotReadable(file, fault);
  }
  try {
    const unchanging = pathToFileURL(file);
    unchanging.searchParams.set('immutable', '1');
    return open(unchanging, file, { readOnly: true });
  } catch (fault) {
    throw isRefused(fault) ? databaseNotReadable(file, fault) : explainStorageFault(fault, file);
  }
}

function open(place: string | URL, file: string, { readOnly }: { readonly readOnly: boolean }): DatabaseSync {
  const raw = new DatabaseSync(place, { readOnly, timeout: 5000, enableForeignKeyConstraints: true });
  try {
    checkHealth(raw, file);
    if (!readOnly) raw.exec('PRAGMA journal_mode = WAL');
    raw.exec('PRAGMA synchronous = FULL');
    return raw;
  } catch (fault) {
    raw.close();
    throw fault;
  }
}

/** Whether changes are still in the log beside the database, because the app runs or was cut off. */
function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** `quick_check` reads every page: 60 ms for 50 MB, so that damage is found at the start and not at the first lost sample. */
function checkHealth(raw: DatabaseSync, file: string): void {
  const row = raw.prepare('PRAGMA quick_check(1)').get();
  const answer = row?.['quick_check'];
  if (answer !== 'ok') throw damagedDatabase(file, String(answer));
}

function explainMigration(error: unknown, file: string): unknown {
  if (error instanceof Error && /previously executed migration .* is missing/.test(error.message)) {
    return damagedDatabase(
      file,
      'it was written by a newer version of Steadypen; install that version again',
      error,
    );
  }
  // Of a migration that reads what is stored as JSON.
  if (error instanceof SyntaxError) return damagedDatabase(file, error.message, error);
  return explainStorageFault(error, file);
}

/** node:sqlite under the interface that kysely knows from better-sqlite3, with faults that say what to do. */
function adapt(raw: DatabaseSync, file: string) {
  const explained = <T>(work: () => T): T => {
    try {
      return work();
    } catch (fault) {
      throw explainStorageFault(fault, file);
    }
  };
  return {
    close: () => raw.close(),
    prepare: (sql: string) => {
      const statement = explained(() => raw.prepare(sql));
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => explained(() => statement.all(...bindable(parameters))),
        run: (parameters: readonly unknown[]) => {
          // A full disk makes SQLite roll back by itself; kysely's own rollback would then hide the reason.
          if (sql === 'rollback' && !raw.isTransaction) return { changes: 0, lastInsertRowid: 0 };
          return explained(() => statement.run(...bindable(parameters)));
        },
        iterate: (parameters: readonly unknown[]) => statement.iterate(...bindable(parameters)),
      };
    },
  };
}

function bindable(parameters: readonly unknown[]): (string | number | bigint | null | Uint8Array)[] {
  return parameters.map((value) => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
      return value;
    if (value instanceof Uint8Array) return value;
    throw new TypeError(`SQLite cannot hold a ${typeof value}`);
  });
}
