import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { BlobHash } from '../base/ids.ts';
import type { Hand, Label, NotScreenableReason, Task, Verdict } from '../base/words.ts';
import type { Recording } from '../ink/recording.ts';
import type { ScreenResult } from '../screening/screen-result.ts';
import type { Blobs } from './blobs.ts';
import type { Db, Tables } from './database.ts';
import { sampleNotFound } from './samples.ts';

/** A sample as the library lists it. */
export interface SampleRow {
  readonly id: string;
  readonly kind: 'scan' | 'recording';
  readonly task: Task;
  readonly hand: Hand | null;
  readonly participant: string | null;
  readonly createdAt: string;
  readonly label: Label | null;
  readonly verdict: Verdict;
  readonly reason: NotScreenableReason | null;
  readonly probability: number | null;
  /** Label and verdict contradict each other. */
  readonly disagree: boolean;
  readonly durationS: number | null;
  readonly page: number | null;
}

export interface SampleFull extends SampleRow {
  readonly result: ScreenResult;
  /** Oldest first. */
  readonly labels: readonly { readonly label: Label | null; readonly at: string; readonly by: string }[];
  readonly width: number;
  readonly height: number;
  readonly recording: Recording | null;
  readonly originalName: string | null;
}

export interface SampleQuery {
  readonly participant?: string | undefined;
  readonly task?: Task | undefined;
  readonly label?: Label | 'none' | undefined;
  readonly verdict?: Verdict | undefined;
  readonly disagree?: boolean | undefined;
  /** ISO times: inclusive, exclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

export interface SampleListing {
  readonly samples: SampleRow[];
  readonly matching: number;
  readonly total: number;
  /** Of all samples outside the bin. */
  readonly people: number;
  readonly matchingPeople: number;
  /** Among those that match the filter, its own `disagree` left aside. */
  readonly disagreeing: number;
}

/** A labelled sample to learn from. */
export interface LabelledSample {
  readonly id: string;
  readonly participant: string | null;
  readonly task: Task;
  readonly label: Label;
  readonly page: number | null;
  readonly file: BlobHash | null;
  readonly recording: BlobHash | null;
  readonly originalName: string | null;
}

type Current = Tables & { current: Tables['result']; mark: Tables['label'] };
type Builder = ExpressionBuilder<Current, 'sample' | 'current' | 'mark'>;

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
              task: row.task,
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

const ROW = [
  'sample.id',
  'sample.kind',
  'sample.task',
  'sample.hand',
  'sample.participant',
  'sample.created_at',
  'mark.label',
  'current.verdict',
  'current.reason',
  'current.probability',
  'sample.duration_s',
  'sample.page',
] as const;

interface RawRow extends Pick<
  Tables['sample'],
  'id' | 'kind' | 'task' | 'hand' | 'participant' | 'created_at'
> {
  readonly label: Label | null;
  readonly verdict: Verdict;
  readonly reason: NotScreenableReason | null;
  readonly probability: number | null;
  readonly duration_s: number | null;
  readonly page: number | null;
}

function toRow(row: RawRow): SampleRow {
  return {
    id: row.id,
    kind: row.kind,
    task: row.task,
    hand: row.hand,
    participant: row.participant,
    createdAt: row.created_at,
    label: row.label,
    verdict: row.verdict,
    reason: row.reason,
    probability: row.probability,
    disagree: row.label !== null && isOpposite(row.label, row.verdict),
    durationS: row.duration_s,
    page: row.page,
  };
}

function isOpposite(label: Label, verdict: Verdict): boolean {
  return (verdict === 'regular' || verdict === 'tremor-like') && label !== verdict;
}

/** Samples beside their newest result (`current`) and newest label (`mark`). */
function withResults(db: Db) {
  return db
    .selectFrom('sample')
    .innerJoin('result as current', (join) =>
      join.onRef('current.sample', '=', 'sample.id').on((e) =>
        e(
          'current.id',
          '=',
          e
            .selectFrom('result as r')
            .select((f) => f.fn.max('r.id').as('newest'))
            .whereRef('r.sample', '=', 'sample.id'),
        ),
      ),
    )
    .leftJoin('label as mark', (join) =>
      join.onRef('mark.sample', '=', 'sample.id').on((e) =>
        e(
          'mark.id',
          '=',
          e
            .selectFrom('label as l')
            .select((f) => f.fn.max('l.id').as('newest'))
            .whereRef('l.sample', '=', 'sample.id'),
        ),
      ),
    );
}

function disagrees(e: Builder) {
  return e.and([
    e('current.verdict', 'in', ['regular', 'tremor-like']),
    e('mark.label', 'is not', null),
    e('mark.label', '!=', e.ref('current.verdict').$castTo<Label>()),
  ]);
}

/** The parts of a filter, `disagree` left aside. */
function conditions(e: Builder, query: SampleQuery): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (query.participant !== undefined) all.push(e('sample.participant', '=', query.participant));
  if (query.task !== undefined) all.push(e('sample.task', '=', query.task));
  if (query.label === 'none') all.push(e('mark.label', 'is', null));
  else if (query.label !== undefined) all.push(e('mark.label', '=', query.label));
  if (query.verdict !== undefined) all.push(e('current.verdict', '=', query.verdict));
  if (query.from !== undefined) all.push(e('sample.created_at', '>=', query.from));
  if (query.to !== undefined) all.push(e('sample.created_at', '<', query.to));
  return all;
}
