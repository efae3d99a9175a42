import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Label, NotScreenableReason, Task, Verdict } from '../base/words.ts';
import type { Db, Tables } from './database.ts';
import type { SampleQuery, SampleRow } from './sample-types.ts';

type Current = Tables & { current: Tables['result']; mark: Tables['label'] };
/** For conditions on what `withResults` selects from. */
export type Builder = ExpressionBuilder<Current, 'sample' | 'current' | 'mark'>;

/** Columns that `toRow` reads. */
export const ROW = [
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

/** A row of the database as the library lists it. */
export function toRow(row: RawRow): SampleRow {
  return {
    id: row.id,
    kind: row.kind,
    task: knownTask(row.task),
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

/** null: unknown. */
export function knownTask(task: Tables['sample']['task']): Task | null {
  return task === 'unknown' ? null : task;
}

function isOpposite(label: Label, verdict: Verdict): boolean {
  return (verdict === 'regular' || verdict === 'tremor-like') && label !== verdict;
}

/** Samples beside their newest result (`current`) and newest label (`mark`). */
export function withResults(db: Db) {
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

/** Label and verdict contradict each other. */
export function disagrees(e: Builder) {
  return e.and([
    e('current.verdict', 'in', ['regular', 'tremor-like']),
    e('mark.label', 'is not', null),
    e('mark.label', '!=', e.ref('current.verdict').$castTo<Label>()),
  ]);
}

/** The parts of a filter, `disagree` left aside. */
export function conditions(e: Builder, query: SampleQuery): Expression<SqlBool>[] {
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
