import type { ModelId } from '../base/ids.ts';
import { ModelShelf, readFactoryModel } from '../host/model-shelf.ts';
import { nodeClock } from '../host/node-clock.ts';
import { decodeModel } from '../model/model-file.ts';
import { countParameters } from '../model/parameters.ts';
import { hashOf } from '../store/blobs.ts';
import { dataFolder } from '../store/home.ts';
import { modelIdOf, type StoredModel } from '../store/models.ts';
import { openStore } from '../store/open-store.ts';
import { APP_FILES } from './app-files.ts';
import { openForReading } from './reading-store.ts';

/** The models of a data folder, for as long as one command needs them. */
export interface OpenModels {
  /** Newest first. */
  list(): Promise<readonly StoredModel[]>;
  /** The model file. @throws UserError `not-found` or `damaged`. */
  file(model: StoredModel): Promise<Uint8Array>;
  /** Keeps a model file as a candidate; one that is there already stays what it is. @throws UserError `bad-model`. */
  add(file: Uint8Array): Promise<ModelId>;
  activate(id: ModelId): Promise<void>;
  rollback(): Promise<ModelId>;
  close(): Promise<void>;
}

/** For looking only: works beside a running app, and shows the factory model where there is no data folder yet. */
export async function openModelsToRead(
  env: Readonly<Record<string, string | undefined>>,
  homeFlag: string | undefined,
): Promise<Pick<OpenModels, 'list' | 'file' | 'close'>> {
  const store = await openForReading(dataFolder(env, process.platform, homeFlag));
  return {
    list: async () => {
      const models = (await store?.models.list()) ?? [];
      return models.length > 0 ? models : [await factoryAlone()];
    },
    file: async (model) => {
      const kept = (await store?.models.list())?.some(({ id }) => id === model.id) ?? false;
      return store && kept ? store.models.file(model) : readFactoryModel(APP_FILES.assets);
    },
    close: async () => store?.close(),
  };
}

/** For changing: makes the data folder when new. @throws UserError `in-use` while the app runs. */
export async function openModelsToChange(
  env: Readonly<Record<string, string | undefined>>,
  homeFlag: string | undefined,
): Promise<OpenModels> {
  const store = await openStore(dataFolder(env, process.platform, homeFlag), { clock: nodeClock });
  const shelf = new ModelShelf(store, APP_FILES.assets);
  await shelf.registerFactory();
  return {
    list: () => store.models.list(),
    file: (model) => store.models.file(model),
    add: (file) => shelf.addCandidate(file),
    activate: (id) => shelf.activate(id),
    rollback: () => store.models.rollback(),
    close: () => store.close(),
  };
}

/** As it will stand in a new data folder. */
async function factoryAlone(): Promise<StoredModel> {
  const file = await readFactoryModel(APP_FILES.assets);
  const { card, networks } = decodeModel(file, 'the factory model');
  return {
    id: modelIdOf(file),
    state: 'active',
    factory: true,
    blob: hashOf(file),
    addedAt: card.createdAt,
    parameters: countParameters(networks),
    card,
  };
}
