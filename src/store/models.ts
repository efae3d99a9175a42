import { UserError } from '../base/errors.ts';
import type { BlobHash, ModelId } from '../base/ids.ts';
import type { ModelCard } from '../model/model-bundle.ts';
import { hashOf, type Blobs } from './blobs.ts';
import type { Change, Changes } from './changes.ts';
import type { ModelState } from './database.ts';

/** What is known of a model without opening its file. */
export interface StoredModel {
  readonly id: ModelId;
  readonly state: ModelState;
  /** Came with the app; never archived or overwritten. */
  readonly factory: boolean;
  readonly blob: BlobHash;
  readonly addedAt: string;
  readonly parameters: number;
  readonly card: ModelCard;
}

export interface NewModel {
  readonly file: Uint8Array;
  readonly card: ModelCard;
  readonly parameters: number;
}

/** First 16 hex digits of the SHA-256 of the model file. */
export function modelIdOf(file: Uint8Array): ModelId {
  return hashOf(file).slice(0, 16) as ModelId;
}

/** Models and which of them gives the verdicts. None is ever deleted. */
export class Models {
  readonly #changes: Changes;
  readonly #blobs: Blobs;

  constructor(changes: Changes, blobs: Blobs) {
    this.#changes = changes;
    this.#blobs = blobs;
  }

  /** Newest first. */
  async list(): Promise<StoredModel[]> {
    const rows = await this.#changes.db
      .selectFrom('model')
      .selectAll()
      .orderBy('added_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => {
      const card: ModelCard = JSON.parse(row.card);
      const { id, state, blob, parameters } = row;
      return { id, state, blob, parameters, card, factory: row.factory === 1, addedAt: row.added_at };
    });
  }

  /** @throws UserError `not-found`. */
  async get(id: string): Promise<StoredModel> {
    const model = (await this.list()).find((one) => one.id === id);
    if (!model) throw modelNotFound(id);
    return model;
  }

  /** The one that gives the verdicts; null before the factory model is registered. */
  async active(): Promise<StoredModel | null> {
    return (await this.list()).find((one) => one.state === 'active') ?? null;
  }

  /** The model file. @throws UserError `not-found` or `damaged`. */
  async file(model: StoredModel): Promise<Uint8Array<ArrayBuffer>> {
    return this.#blobs.get(model.blob);
  }

  /** Keeps a freshly trained model as a candidate. The same file twice is one model. */
  async addCandidate(model: NewModel): Promise<ModelId> {
    const id = modelIdOf(model.file);
    const blob = await this.#blobs.put(model.file);
    await this.#changes.make('add model', id, {}, (change, now) =>
      insert(change, { ...model, id, blob, now, factory: false }),
    );
    return id;
  }

  /**
   * Makes the shipped model known. It becomes active where no model is, or where the active one is the shipped model of
   * an older version of the app; a model that the user chose stays.
   */
  async registerFactory(model: NewModel): Promise<ModelId> {
    const id = modelIdOf(model.file);
    const [known, active] = [(await this.list()).find((one) => one.id === id), await this.active()];
    if (known?.factory && active) return id;
    const blob = await this.#blobs.put(model.file);
    await this.#changes.make('register factory model', id, {}, async (change, now) => {
      await insert(change, { ...model, id, blob, now, factory: true });
      await change.updateTable('model').set({ factory: 1 }).where('id', '=', id).execute();
      if (active === null || active.factory) await switchTo(change, id, now);
    });
    return id;
  }

  /** Lets this model give the verdicts from now on. @throws UserError `not-found`. */
  async activate(id: string): Promise<void> {
    const model = await this.get(id);
    if (model.state === 'active') return;
    await this.#changes.make('activate model', id, {}, (change, now) => switchTo(change, model.id, now));
  }

  /** Back to the model that was active before. @throws UserError `bad-argument` where there was none. */
  async rollback(): Promise<ModelId> {
    const last = await this.#changes.db
      .selectFrom('activation')
      .selectAll()
      .where('undone', '=', 0)
      .orderBy('id', 'desc')
      .limit(2)
      .execute();
    const [current, former] = last;
    if (!current || !former) {
      throw new UserError(
        'bad-argument',
        'No other model was active before, so there is nothing to go back to.',
        'rollback',
      );
    }
    await this.#changes.make('roll back model', former.model, { from: current.model }, async (change) => {
      await change.updateTable('activation').set({ undone: 1 }).where('id', '=', current.id).execute();
      await setActive(change, former.model);
    });
    return former.model;
  }

  /** Archives a candidate; its file stays. @throws UserError `not-found`, or `bad-argument` where it is no candidate. */
  async discard(id: string): Promise<void> {
    const model = await this.get(id);
    if (model.state !== 'candidate') {
      throw new UserError(
        'bad-argument',
        `${model.card.name} is not a candidate but ${model.state}; only candidates are discarded.`,
        id,
      );
    }
    await this.#changes.make('discard model', id, {}, async (change) => {
      await change.updateTable('model').set({ state: 'archived' }).where('id', '=', model.id).execute();
    });
  }
}

function modelNotFound(id: string): UserError {
  return new UserError('not-found', `There is no model ${id}. See: steadypen models list`, id);
}

interface Row extends NewModel {
  readonly id: ModelId;
  readonly blob: BlobHash;
  readonly now: string;
  readonly factory: boolean;
}

async function insert(change: Change, row: Row): Promise<void> {
  await change
    .insertInto('model')
    .values({
      id: row.id,
      state: row.factory ? 'factory' : 'candidate',
      factory: row.factory ? 1 : 0,
      blob: row.blob,
      added_at: row.now,
      parameters: row.parameters,
      card: JSON.stringify(row.card),
    })
    .onConflict((c) => c.doNothing())
    .execute();
}

async function switchTo(change: Change, id: ModelId, now: string): Promise<void> {
  await change.insertInto('activation').values({ model: id, at: now, undone: 0 }).execute();
  await setActive(change, id);
}

async function setActive(change: Change, id: ModelId): Promise<void> {
  const rest = change.updateTable('model').where('state', '=', 'active');
  await rest.set({ state: 'factory' }).where('factory', '=', 1).execute();
  await rest.set({ state: 'archived' }).where('factory', '=', 0).execute();
  await change.updateTable('model').set({ state: 'active' }).where('id', '=', id).execute();
}
