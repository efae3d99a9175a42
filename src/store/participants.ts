import { UserError } from '../base/errors.ts';
import type { Change, Changes } from './changes.ts';

/** A person, known by a code alone. */
export class Participants {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Codes in alphabetical order, with the number of samples outside the bin. */
  async list(): Promise<{ code: string; samples: number }[]> {
    const rows = await this.#changes.db
      .selectFrom('participant')
      .leftJoin('sample', (join) =>
        join.onRef('sample.participant', '=', 'participant.code').on('sample.deleted_at', 'is', null),
      )
      .select(['participant.code', (e) => e.fn.count<number>('sample.id').as('samples')])
      .groupBy('participant.code')
      .orderBy('participant.code')
      .execute();
    return rows.map((row) => ({ code: row.code, samples: row.samples }));
  }

  /** @throws UserError `bad-argument` where the code is taken. */
  async create(code: string): Promise<void> {
    await this.#changes.make('add participant', code, {}, async (change, now) => {
      const { numInsertedOrUpdatedRows } = await change
        .insertInto('participant')
        .values({ code, created_at: now })
        .onConflict((c) => c.doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) {
        throw new UserError(
          'bad-argument',
          `The code ${code} is taken. Choose it from the list, or type another.`,
          code,
        );
      }
    });
  }
}

/** Makes the participant when new, within a change that needs one. */
export async function ensureParticipant(change: Change, code: string, now: string): Promise<void> {
  await change
    .insertInto('participant')
    .values({ code, created_at: now })
    .onConflict((c) => c.doNothing())
    .execute();
}
