import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { ModelDetail, ModelSummary } from '../api/contract.ts';
import { UserError } from '../base/errors.ts';
import type { ModelId } from '../base/ids.ts';
import { decodeFittingModel } from '../model/fitting-model.ts';
import { decodeModel } from '../model/model-file.ts';
import { countParameters } from '../model/parameters.ts';
import { modelIdOf, type NewModel, type StoredModel } from '../store/models.ts';
import type { Store } from '../store/open-store.ts';

export interface ModelFile {
  readonly id: ModelId;
  readonly file: Uint8Array;
}

/** The models of the store with the one that came with the app. */
export class ModelShelf {
  readonly #store: Store;
  readonly #assetsFolder: string;
  /** Why the shipped model cannot be used; null where it can. */
  #factoryFault: unknown = null;

  constructor(store: Store, assetsFolder: string) {
    this.#store = store;
    this.#assetsFolder = assetsFolder;
  }

  /**
   * Makes the shipped model known to the store. Where that fails the app still starts: drawings can be looked at, and a
   * model of the user's own goes on working; `active` says what is wrong where there is none.
   */
  async registerFactory(): Promise<void> {
    try {
      const file = await readFactoryModel(this.#assetsFolder);
      await this.#store.models.registerFactory(describe(file, 'the factory model'));
    } catch (fault) {
      this.#factoryFault = fault;
    }
  }

  /** The model that gives the verdicts. @throws UserError `bad-model` where there is none or its file is damaged. */
  async active(): Promise<ModelFile> {
    const model = await this.#store.models.active();
    if (model) return { id: model.id, file: await this.#store.models.file(model) };
    if (this.#factoryFault !== null) throw this.#factoryFault;
    throw new UserError('bad-model', 'No model is active. Activate one on the Models screen.', 'model');
  }

  /** Keeps a trained model as a candidate. @throws UserError `bad-model` where the file cannot be read. */
  addCandidate(file: Uint8Array): Promise<ModelId> {
    return this.#store.models.addCandidate(describe(file, 'the trained model'));
  }

  /**
   * Lets a model give the verdicts from now on, once its file is known to open and to fit this version of the app.
   * @throws UserError `not-found`, `damaged` or `bad-model`; the active model stays then.
   */
  async activate(id: string): Promise<void> {
    const model = await this.#store.models.get(id);
    decodeFittingModel(await this.#store.models.file(model), `The model ${model.card.name}`, id);
    await this.#store.models.activate(id);
  }

  async list(): Promise<ModelSummary[]> {
    return (await this.#store.models.list()).map(summaryOf);
  }

  async show(id: string): Promise<ModelDetail> {
    const model = await this.#store.models.get(id);
    const {
      command,
      data,
      dataHash,
      recipe,
      notes,
      metricsByGroup,
      networks = [],
      workingPoints,
    } = model.card;
    const groups = Object.fromEntries(Object.entries(metricsByGroup));
    return {
      ...summaryOf(model),
      command,
      data,
      dataHash,
      seed: recipe.seed,
      parameters: model.parameters,
      zerosByNetwork: networks.map(({ name, fcZeros, fcWeights }) => ({
        network: name,
        fcZeros: fcZeros / fcWeights,
      })),
      notes: [...notes],
      metricsByGroup: groups,
      ...(workingPoints === undefined ? {} : { workingPoints }),
    };
  }
}

/**
 * The model file that came with the app.
 * @param assetsFolder The folder `assets`.
 * @throws UserError `bad-model` naming the file.
 */
export async function readFactoryModel(assetsFolder: string): Promise<Uint8Array> {
  const file = path.join(assetsFolder, 'models', 'factory.spm');
  try {
    return new Uint8Array(await fs.readFile(file));
  } catch (fault) {
    const message = `The model that comes with Steadypen cannot be read: ${file}. Install Steadypen again; your own samples and models are kept.`;
    throw new UserError('bad-model', message, file, { cause: fault });
  }
}

/**
 * The active model of a data folder, or the factory model where the folder is new: for commands that screen beside a
 * running app.
 *
 * @param store Opened for reading; null where there is no data folder yet.
 */
export async function activeModelFile(store: Store | null, assetsFolder: string): Promise<ModelFile> {
  const model = store && (await store.models.active());
  if (store && model) return { id: model.id, file: await store.models.file(model) };
  const file = await readFactoryModel(assetsFolder);
  return { id: modelIdOf(file), file };
}

function describe(file: Uint8Array, name: string): NewModel {
  const bundle = decodeModel(file, name);
  return { file, card: bundle.card, parameters: countParameters(bundle.networks) };
}

function summaryOf(model: StoredModel): ModelSummary {
  const { card } = model;
  return {
    id: model.id,
    name: card.name,
    state: model.state,
    factory: model.factory,
    createdAt: card.createdAt,
    penalty: card.penalty,
    fcZeros: card.fcWeights === 0 ? 0 : card.fcZeros / card.fcWeights,
    metrics: { ...card.metrics, aucInterval: { ...card.metrics.aucInterval } },
    denseBytes: card.denseBytes,
    sparseBytes: card.sparseBytes,
  };
}
