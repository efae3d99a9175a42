import { randomUUID } from 'node:crypto';
import { UserError } from '../base/errors.ts';
import type { BlobHash, SampleId } from '../base/ids.ts';
import type { Hand, Label } from '../base/words.ts';
import type { Recording } from '../ink/recording.ts';
import type { SamplePictures } from '../screening/screener-protocol.ts';
import { reasonOf, type ScreenResult } from '../screening/screen-result.ts';
import type { Blobs } from './blobs.ts';
import type { Change, Changes } from './changes.ts';
import { ensureParticipant } from './participants.ts';

/** A drawing or one page of a file, screened and ready to be kept. */
export interface NewSample {
  /** Of its journal, where it had one: storing the same drawing twice then fails instead of doubling it. */
  readonly id: SampleId;
  readonly hand: Hand | null;
  readonly participant: string | null;
  readonly originalName: string | null;
  /** The dropped file, already among the blobs; null for a drawing. */
  readonly file: BlobHash | null;
  readonly recording: Recording | null;
  readonly result: ScreenResult;
  readonly pictures: SamplePictures | null;
}

/** Samples drawn within this time of each other belong to one session. */
const SESSION_GAP_MS = 2 * 60 * 60 * 1000;

/** Adds, labels, bins and restores samples. src/store/sample-queries.ts reads them. */
export class Samples {
  readonly #changes: Changes;
  readonly #blobs: Blobs;

  constructor(changes: Changes, blobs: Blobs) {
    this.#changes = changes;
    this.#blobs = blobs;
  }

  /** Keeps a sample with its result; returns once all of it is on disk. */
  async add(sample: NewSample): Promise<void> {
    const put = (bytes: Uint8Array | undefined) => (bytes === undefined ? null : this.#blobs.put(bytes));
    const recording = sample.recording && new TextEncoder().encode(JSON.stringify(sample.recording));
    const blobs = {
      recording_blob: await put(recording ?? undefined),
      thumb_blob: await put(sample.pictures?.thumb),
      page_blob: await put(sample.pictures?.page),
      ink_blob: await put(sample.pictures?.ink),
    };
    const { result } = sample;
    await this.#changes.make('add sample', sample.id, {}, async (change, now) => {
      await change
        .insertInto('sample')
        .values({
          id: sample.id,
          kind: result.kind,
          task: result.task ?? 'unknown',
          hand: sample.hand,
          participant: sample.participant,
          session: sample.participant === null ? null : await sessionOf(change, sample.participant, now),
          created_at: now,
          page: result.page ?? null,
          original_name: sample.originalName,
          file_blob: sample.file,
          ...blobs,
          width: sample.pictures?.width ?? 0,
          height: sample.pictures?.height ?? 0,
          duration_s: result.evidence.tremor?.durationS ?? null,
          deleted_at: null,
        })
        .execute();
      await change
        .insertInto('result')
        .values({
          sample: sample.id,
          model: result.modelId,
          verdict: result.verdict,
          reason: reasonOf(result),
          probability: result.probability,
          at: now,
          json: JSON.stringify(result),
        })
        .execute();
    });
  }

  /**
   * Labels several samples, or takes their labels away; the history is kept.
   * @returns The former label of each, for Undo.
   * @throws UserError `not-found`; then none is changed.
   */
  label(
    ids: readonly SampleId[],
    label: Label | null,
    by: string,
  ): Promise<{ id: SampleId; label: Label | null }[]> {
    return this.#changes.make('label', ids, { label, by }, async (change, now) => {
      const former: { id: SampleId; label: Label | null }[] = [];
      for (const id of ids) {
        await requireSample(change, id);
        const last = await change
          .selectFrom('label')
          .select('label')
          .where('sample', '=', id)
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst();
        former.push({ id, label: last?.label ?? null });
        await change.insertInto('label').values({ sample: id, label, at: now, by }).execute();
      }
      return former;
    });
  }

  /** Moves to the bin. @throws UserError `not-found`; then none is moved. */
  delete(ids: readonly SampleId[]): Promise<void> {
    return this.#changes.make('delete', ids, {}, async (change, now) => {
      for (const id of ids) await setDeleted(change, id, now);
    });
  }

  /** Brings back from the bin. @throws UserError `not-found`; then none is brought back. */
  restore(ids: readonly SampleId[]): Promise<void> {
    return this.#changes.make('restore', ids, {}, async (change) => {
      for (const id of ids) await setDeleted(change, id, null);
    });
  }
}

async function setDeleted(change: Change, id: SampleId, deletedAt: string | null): Promise<void> {
  await requireSample(change, id);
  await change.updateTable('sample').set({ deleted_at: deletedAt }).where('id', '=', id).execute();
}

async function requireSample(change: Change, id: SampleId): Promise<void> {
  const found = await change.selectFrom('sample').select('id').where('id', '=', id).executeTakeFirst();
  if (!found) throw sampleNotFound(id);
}

/** The refusal `not-found` that names the id. */
export function sampleNotFound(id: string): UserError {
  return new UserError('not-found', `There is no sample ${id}. Reload the library.`, id);
}

/** The sitting a new sample belongs to: the person's last one, unless its last sample is too old. */
async function sessionOf(change: Change, participant: string, now: string): Promise<string> {
  await ensureParticipant(change, participant, now);
  const last = await change
    .selectFrom('sample')
    .select(['session', 'created_at'])
    .where('participant', '=', participant)
    .where('session', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.session && Math.abs(Date.parse(now) - Date.parse(last.created_at)) < SESSION_GAP_MS)
    return last.session;
  const id = randomUUID();
  await change.insertInto('session').values({ id, participant, started_at: now }).execute();
  return id;
}
