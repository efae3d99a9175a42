import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/errors.ts';
import { Blobs, type BlobFileSystem } from './blobs.ts';
import { Changes } from './changes.ts';
import { openDatabase, type Db } from './database.ts';
import { DATABASE_FILE } from './home.ts';
import { Journals } from './journal.ts';
import { lockFolder } from './lock.ts';
import { Models } from './models.ts';
import { Participants } from './participants.ts';
import { Runs } from './runs.ts';
import { SampleQueries } from './sample-queries.ts';
import { Samples } from './samples.ts';
import { Settings } from './settings.ts';
import { explainStorageFault } from './storage-faults.ts';

export interface OpenStoreOptions {
  readonly clock: Clock;
  /** `read` works beside a running app, changes nothing, and needs a data folder that exists. */
  readonly access?: 'write' | 'read';
  readonly fileSystem?: BlobFileSystem;
}

/** Everything kept on disk. One copy at a time writes to a folder. */
export interface Store {
  readonly home: string;
  readonly db: Db;
  readonly blobs: Blobs;
  readonly participants: Participants;
  readonly settings: Settings;
  readonly samples: Samples;
  readonly library: SampleQueries;
  readonly models: Models;
  readonly runs: Runs;
  readonly journals: Journals;
  /** Health of the database, in a sentence, and the number of samples outside the bin. */
  check(): Promise<{ ok: boolean; detail: string; samples: number }>;
  close(): Promise<void>;
}

/**
 * Opens the data folder; makes it when new.
 *
 * @param home Absolute path (src/store/home.ts).
 * @throws UserError `in-use`, `read-only`, `disk-full`, `damaged`, `not-found` (`read` access only), each naming the place.
 */
export async function openStore(home: string, options: OpenStoreOptions): Promise<Store> {
  const readOnly = options.access === 'read';
  const file = path.join(home, DATABASE_FILE);
  if (readOnly && !existsSync(file)) {
    throw new UserError(
      'not-found',
      `There is no Steadypen data in ${home} yet. Start the app once, or name another folder with --home.`,
      home,
    );
  }
  if (!readOnly) prepareFolder(home);
  const lock = readOnly ? null : lockFolder(home, new Date(options.clock.nowMs()).toISOString());
  try {
    const db = await openDatabase(file, { readOnly });
    const changes = new Changes(db, options.clock);
    const blobs = new Blobs(home, options.fileSystem);
    if (!readOnly) await blobs.sweep();
    return {
      home,
      db,
      blobs,
      participants: new Participants(changes),
      settings: new Settings(changes),
      samples: new Samples(changes, blobs),
      library: new SampleQueries(db, blobs),
      models: new Models(changes, blobs),
      runs: new Runs(changes),
      journals: new Journals(home),
      check: () => checkDatabase(db),
      close: async () => {
        await db.destroy();
        lock?.release();
      },
    };
  } catch (fault) {
    lock?.release();
    throw fault;
  }
}

async function checkDatabase(db: Db): Promise<{ ok: boolean; detail: string; samples: number }> {
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check(3)`.execute(db);
  const faults = rows.map((row) => row.integrity_check).filter((row) => row !== 'ok');
  const { samples } = await db
    .selectFrom('sample')
    .where('deleted_at', 'is', null)
    .select((e) => e.fn.countAll<number>().as('samples'))
    .executeTakeFirstOrThrow();
  return {
    ok: faults.length === 0,
    detail: faults.length === 0 ? 'no faults found' : faults.join('; '),
    samples,
  };
}

function prepareFolder(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.W_OK);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOTDIR' || fault.code === 'EEXIST')) {
      throw new UserError('bad-argument', `${home} is not a folder. Choose another with --home.`, home, {
        cause: fault,
      });
    }
    throw explainStorageFault(fault, home);
  }
}
