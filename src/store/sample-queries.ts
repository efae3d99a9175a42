import type { BlobHash } from '../base/ids.ts';
import type { Recording } from '../ink/recording.ts';
import type { ScreenResult } from '../screening/screen-result.ts';
import type { Blobs } from './blobs.ts';
import type { Db } from './database.ts';
import { conditions, disagrees, knownTask, ROW, toRow, withResults, type Builder } from './sample-rows.ts';
import type { LabelledSample, SampleFull, SampleListing, SampleQuery, SampleRow } from './sample-types.ts';
import { sampleNotFound } from './samples.ts';

/** Reads samples with their newest result and label; those in the bin only by id. */
export class SampleQueries {
  readonly #db: Db;
  readonly #blobs: Blobs;

  constructor(db: Db, blobs: Blobs) {
    this.#db = db;
    this.#blobs = blobs;
  }

  /** Newest first, with the counts that head the library. */
  async list(query: SampleQuery): Promise<SampleListing> {
    const kept = withResults(this.#db).where('sample.deleted_at', 'is', null);
    const apartFromDisagree = kept.where((e) => e.and(conditions(e, query)));
    const matching = query.disagree ? apartFromDisagree.where(disagrees) : apartFromDisagree;
    const page = matching
      .select(ROW)
      .orderBy('sample.created_at', 'desc')
      .orderBy('sample.page')
      .orderBy('sample.id')
      .offset(query.offset)
      .limit(query.limit);
    const count = (e: Builder) =>
      [
        e.fn.countAll<number>().as('samples'),
        e.fn.count<number>('sample.participant').distinct().as('people'),
      ] as const;
    const [rows, all, found, disagreeing] = [
      await page.execute(),
      await kept.select(count).executeTakeFirstOrThrow(),
      await matching.select(count).executeTakeFirstOrThrow(),
      await apartFromDisagree.where(disagrees).select(count).executeTakeFirstOrThrow(),
    ];
    return {
      samples: rows.map(toRow),
      matching: found.samples,
      total: all.samples,
      people: all.people,
      matchingPeople: found.people,
      disagreeing: disagreeing.samples,
    };
  }

  /** One sample, also from the bin. @throws UserError `not-found`. */
  async get(id: string): Promise<SampleFull> {
    const row = await withResults(this.#db)
      .select([
        ...ROW,
        'current.json',
        'sample.width',
        'sample.height',
        'sample.original_name',
        'sample.recording_blob',
      ])
      .where('sample.id', '=', id)
      .executeTakeFirst();
    if (!row) throw sampleNotFound(id);
    const labels = await this.#db
      .selectFrom('label')
      .select(['label', 'at', 'by'])
      .where('sample', '=', id)
      .orderBy('id')
      .execute();
    const result: ScreenResult = JSON.parse(row.json);
    return {
      ...toRow(row),
      result,
      labels: labels.map(({ label, at, by }) => ({ label, at, by })),
      width: row.width,
      height: row.height,
      recording: row.recording_blob === null ? null : await this.recording(row.recording_blob),
      originalName: row.original_name,
    };
  }

  /** One sample as listed, also from the bin. @throws UserError `not-found`. */
  async row(id: string): Promise<SampleRow> {
    const row = await withResults(this.#db).select(ROW).where('sample.id', '=', id).executeTakeFirst();
    if (!row) throw sampleNotFound(id);
    return toRow(row);
  }

  /** The newest result of a sample. @throws UserError `not-found`. */
  async result(id: string): Promise<ScreenResult> {
    return (await this.get(id)).result;
  }

  /** One of the stored pictures, or null where the sample has none. @throws UserError `not-found`. */
  async picture(id: string, what: 'thumb' | 'page' | 'ink'): Promise<Uint8Array<ArrayBuffer> | null> {
    const row = await this.#db
      .selectFrom('sample')
      .select(['thumb_blob', 'page_blob', 'ink_blob'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw sampleNotFound(id);
    const hash = row[`${what}_blob`];
    return hash === null ? null : this.#blobs.get(hash);
  }

  async has(id: string): Promise<boolean> {
    const row = await this.#db.selectFrom('sample').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  }

  /** Every sample outside the bin that has a label, oldest first. */
  async labelled(): Promise<LabelledSample[]> {
    const rows = await withResults(this.#db)
      .where('sample.deleted_at', 'is', null)
      .where('mark.label', 'is not', null)
      .select([
        'sample.id',
        'sample.participant',
        'sample.task',
        'mark.label',
        'sample.page',
        'sample.original_name',
      ])
      .select(['sample.file_blob', 'sample.recording_blob'])
      .orderBy('sample.created_at')
      .orderBy('sample.id')
      .execute();
    return rows.flatMap((row) =>
      row.label === null
        ? []
        : [
            {
              id: row.id,
              participant: row.participant,
              task: knownTask(row.task),
              label: row.label,
              page: row.page,
              file: row.file_blob,
              recording: row.recording_blob,
              originalName: row.original_name,
            },
          ],
    );
  }

  /** The recording in a blob. */
  async recording(hash: BlobHash): Promise<Recording> {
    const recording: Recording = JSON.parse(new TextDecoder().decode(await this.#blobs.get(hash)));
    return recording;
  }
}
