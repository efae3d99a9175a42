import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { toResult2, type Result1 } from './result-schema-2.ts';

/**
 * Every change of the schema, by name and in order. A released migration is never edited: a change is a new one, with a
 * database of the former schema among the fixtures that must still open.
 */
export const migrations: Readonly<Record<string, Migration>> & Record<string, Migration> = {
  '0001-first': {
    async up(db: Kysely<unknown>) {
      const s = db.schema;
      await s
        .createTable('participant')
        .addColumn('code', 'text', (c) => c.primaryKey())
        .addColumn('created_at', 'text', (c) => c.notNull())
        .execute();
      await s
        .createTable('session')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('participant', 'text', (c) => c.notNull().references('participant.code'))
        .addColumn('started_at', 'text', (c) => c.notNull())
        .execute();
      await s
        .createTable('sample')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('task', 'text', (c) => c.notNull())
        .addColumn('hand', 'text')
        .addColumn('participant', 'text', (c) => c.references('participant.code'))
        .addColumn('session', 'text', (c) => c.references('session.id'))
        .addColumn('created_at', 'text', (c) => c.notNull())
        .addColumn('page', 'integer')
        .addColumn('original_name', 'text')
        .addColumn('file_blob', 'text')
        .addColumn('recording_blob', 'text')
        .addColumn('thumb_blob', 'text')
        .addColumn('page_blob', 'text')
        .addColumn('ink_blob', 'text')
        .addColumn('width', 'integer', (c) => c.notNull())
        .addColumn('height', 'integer', (c) => c.notNull())
        .addColumn('duration_s', 'real')
        .addColumn('deleted_at', 'text')
        .execute();
      await s.createIndex('sample_by_time').on('sample').columns(['deleted_at', 'created_at']).execute();
      await s
        .createTable('label')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('sample', 'text', (c) => c.notNull().references('sample.id'))
        .addColumn('label', 'text')
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .execute();
      await s.createIndex('label_by_sample').on('label').columns(['sample', 'id']).execute();
      await s
        .createTable('result')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('sample', 'text', (c) => c.notNull().references('sample.id'))
        .addColumn('model', 'text', (c) => c.notNull())
        .addColumn('verdict', 'text', (c) => c.notNull())
        .addColumn('reason', 'text')
        .addColumn('probability', 'real')
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('json', 'text', (c) => c.notNull())
        .execute();
      await s.createIndex('result_by_sample').on('result').columns(['sample', 'id']).execute();
      await s
        .createTable('model')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('factory', 'integer', (c) => c.notNull())
        .addColumn('blob', 'text', (c) => c.notNull())
        .addColumn('added_at', 'text', (c) => c.notNull())
        .addColumn('parameters', 'integer', (c) => c.notNull())
        .addColumn('card', 'text', (c) => c.notNull())
        .execute();
      await s
        .createTable('activation')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('model', 'text', (c) => c.notNull().references('model.id'))
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('undone', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await s
        .createTable('setting')
        .addColumn('key', 'text', (c) => c.primaryKey())
        .addColumn('json', 'text', (c) => c.notNull())
        .execute();
      await s
        .createTable('run')
        .addColumn('id', 'text', (c) => c.primaryKey())
        .addColumn('request', 'text', (c) => c.notNull())
        .addColumn('started_at', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .execute();
      await s
        .createTable('run_event')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('run', 'text', (c) => c.notNull().references('run.id'))
        .addColumn('json', 'text', (c) => c.notNull())
        .execute();
      await s
        .createTable('audit')
        .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
        .addColumn('at', 'text', (c) => c.notNull())
        .addColumn('action', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('detail', 'text', (c) => c.notNull())
        .execute();
    },
  },
  /** Results lose their English sentences and gain the witnesses, as far as what was kept tells. */
  '0002-verdicts-are-data': {
    async up(db: Kysely<unknown>) {
      // All or none: kysely runs no migration of SQLite in a transaction of its own.
      await db.transaction().execute(async (change) => {
        const results = change.withTables<{ result: { id: number; json: string } }>();
        // One by one: with their heat they need not fit into memory together.
        for (const { id } of await results.selectFrom('result').select('id').execute()) {
          const one = results.selectFrom('result').select('json').where('id', '=', id);
          const before: Result1 | { readonly schemaVersion: 2 } = JSON.parse(
            (await one.executeTakeFirstOrThrow()).json,
          );
          // Brought along before, and cut off ahead of the note that it was.
          if ('schemaVersion' in before) continue;
          const json = JSON.stringify(toResult2(before));
          await results.updateTable('result').set({ json }).where('id', '=', id).execute();
        }
      });
    },
  },
};
