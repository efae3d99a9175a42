import path from 'node:path';
import type { StoredModel } from '../store/models.ts';
import { appVersion } from './app-files.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import type { Given } from './given.ts';
import { cardLines, describeModel, summaryOf } from './model-lines.ts';
import type { OpenModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';
import { workingPointLines } from './working-point-words.ts';

/** What each needs after its name. */
const ACTIONS = {
  list: null,
  show: 'the ID of a model',
  export: 'the ID of a model',
  import: 'a model file',
  activate: 'the ID of a model',
  rollback: null,
} as const;
type Action = keyof typeof ACTIONS;
const NAMES = 'list, show, export, import, activate or rollback';
const EXPORT_OPTIONS = ['format', 'out', 'force'] as const;
/** Fewer would let an empty or mistyped word choose the network that judges. */
const ID_DIGITS = /^[0-9a-f]{4,}$/;

export const command: Command = {
  name: 'models',
  usage: 'list | show ID | export ID | import FILE | activate ID | rollback [options]',
  summary: 'Lists, shows and changes the models of the app, and brings them in and out.',
  details:
    '  list          all models, the newest first\n' +
    '  show ID       the whole model card, with the bytes that the model takes\n' +
    '  export ID     writes a model for other programs: --format onnx, tfjs or sparse, --out PATH\n' +
    '  import FILE   keeps a sparse model file (.spm) as a candidate, once it is known to be whole\n' +
    '  activate ID   lets this model give the verdicts from now on\n' +
    '  rollback      back to the model that was active before\n' +
    'The first 4 digits of an ID are enough. import, activate and rollback need the app to be closed.\n' +
    'onnx (opset 17) and sparse write the file PATH; tfjs writes model.json and weights.bin into the folder\n' +
    'PATH, for tf.loadLayersModel. Of a model with two networks they write two: PATH-figures.onnx and\n' +
    'PATH-writing.onnx, or the folders figures and writing. Only sparse keeps the zeros cheap, and only it\n' +
    'can be imported again.',
  options: {
    format: { type: 'string', value: 'FORMAT', help: 'export: onnx, tfjs or sparse' },
    out: { type: 'string', value: 'PATH', help: 'export: where to write; folders are made when missing' },
    force: { type: 'boolean', help: 'export: replace what is there' },
    prevalence: {
      type: 'string',
      value: 'N',
      help: 'show: of 100 people N have a tremor; adds what a verdict is then worth',
    },
    home: {
      type: 'string',
      value: 'DIR',
      help: "data folder; left out, STEADYPEN_HOME or the platform's place",
    },
  },
  words: { min: 1, max: 2, name: NAMES },

  async run(given, terminal) {
    const [action, word] = actionOf(given);
    const store = await import('./open-models.ts');
    const home = given.text('home');
    switch (action) {
      case 'list':
        return using(store.openModelsToRead(terminal.env, home), (models) => list(models, terminal));
      case 'show':
        return using(store.openModelsToRead(terminal.env, home), (models) =>
          show(models, word, prevalenceOf(given), terminal),
        );
      case 'export': {
        const to = await exportOptions(given, terminal);
        return using(store.openModelsToRead(terminal.env, home), (models) =>
          exportTo(models, word, to, terminal),
        );
      }
      case 'import': {
        // Before the data folder is opened: a bad file must not even make one.
        const file = await readFitting(word, terminal);
        return using(store.openModelsToChange(terminal.env, home), (models) => keep(models, file, terminal));
      }
      case 'activate':
      case 'rollback':
        return using(store.openModelsToChange(terminal.env, home), async (models) => {
          const active =
            action === 'rollback' ? await models.rollback() : findById(await models.list(), word).id;
          if (action === 'activate') await models.activate(active);
          terminal.record({ active });
          terminal.print(`${active} is active now.`);
        });
    }
  },
};

/** @throws UsageError for an action that is none, or that lacks its word or has one or an option too many. */
function actionOf(given: Given): [Action, string] {
  const [action = '', word] = given.words;
  if (!isAction(action)) throw new UsageError(`models takes ${NAMES}, not "${action}".`);
  const needed = ACTIONS[action];
  if (needed !== null && word === undefined) throw new UsageError(`models ${action} needs ${needed}.`);
  if (needed === null && word !== undefined) throw new UsageError(`models ${action} takes no "${word}".`);
  const stray = EXPORT_OPTIONS.find((name) => action !== 'export' && given.has(name));
  if (stray !== undefined) throw new UsageError(`models ${action} takes no --${stray}; models export does.`);
  return [action, word ?? ''];
}

function isAction(word: string): word is Action {
  return Object.hasOwn(ACTIONS, word);
}

async function using<T extends Pick<OpenModels, 'close'>>(
  opening: Promise<T>,
  work: (models: T) => Promise<void>,
): Promise<typeof EXIT.done> {
  const models = await opening;
  try {
    await work(models);
  } finally {
    await models.close();
  }
  return EXIT.done;
}

async function list(models: Pick<OpenModels, 'list'>, terminal: Terminal): Promise<void> {
  for (const model of await models.list()) {
    terminal.record(summaryOf(model));
    terminal.print(describeModel(model));
  }
}

/** Share of people with a tremor. @throws UsageError for what is no number of 100 people. */
function prevalenceOf(given: Given): number | null {
  const text = given.text('prevalence');
  if (text === undefined) return null;
  const people = Number(text);
  if (text.trim() === '' || !(people >= 0 && people <= 100)) {
    throw new UsageError(`--prevalence takes a number from 0 to 100, people of 100, not "${text}".`);
  }
  return people / 100;
}

/** One model with its whole card. */
async function show(
  models: Pick<OpenModels, 'list' | 'file'>,
  id: string,
  prevalence: number | null,
  terminal: Terminal,
): Promise<void> {
  const model = findById(await models.list(), id);
  const { sizesOf } = await import('./model-sizes.ts');
  const sizes = sizesOf(await models.file(model), `the model ${model.id}`);
  terminal.record({ ...summaryOf(model), ...sizes, card: model.card });
  const { weights, zeros, bytes } = sizes;
  terminal.print(describeModel(model));
  terminal.print(
    `${weights} weights, ${zeros} of them zero; bytes: ${bytes.dense} dense, ${bytes.gzipped} gzipped, ${bytes.sparse} as sparse file with its card`,
  );
  for (const line of workingPointLines(model.card.workingPoints, prevalence)) terminal.print(line);
  terminal.print(cardLines(model));
}

/** @throws UsageError for options that are missing or wrong. */
async function exportOptions(given: Given, terminal: Terminal) {
  const { EXPORT_FORMATS } = await import('./export-model.ts');
  const format = given.choice('format', EXPORT_FORMATS);
  const typed = given.text('out');
  if (format === undefined) throw new UsageError('--format is missing: onnx, tfjs or sparse?');
  if (typed === undefined) throw new UsageError('--out PATH is missing: where should the model go?');
  return { format, typed, place: path.resolve(terminal.cwd, typed), force: given.flag('force') };
}

async function exportTo(
  models: Pick<OpenModels, 'list' | 'file'>,
  id: string,
  { format, ...to }: Awaited<ReturnType<typeof exportOptions>>,
  terminal: Terminal,
): Promise<void> {
  const { exportModel } = await import('./export-model.ts');
  const model = findById(await models.list(), id);
  const exporter = { modelId: model.id, version: appVersion() };
  const { files, networks, bytes, kind, opset } = await exportModel(
    await models.file(model),
    format,
    exporter,
    to,
  );
  const ofNetworks = networks === undefined ? {} : { networks };
  terminal.record({
    id: model.id,
    format,
    files,
    ...ofNetworks,
    bytes,
    ...(opset === undefined ? {} : { opset }),
  });
  terminal.print(`${model.id} is written to ${files.join(' and ')}: ${bytes} bytes (${kind}).`);
}

/** @throws UserError that names the file, when it is no model or none for this version. */
async function readFitting(typed: string, terminal: Terminal): Promise<Uint8Array> {
  const [{ readModelFile }, { decodeFittingModel }] = await Promise.all([
    import('./read-model-file.ts'),
    import('../model/fitting-model.ts'),
  ]);
  const file = await readModelFile(path.resolve(terminal.cwd, typed), typed);
  decodeFittingModel(file, typed, typed);
  return file;
}

async function keep(
  models: Pick<OpenModels, 'list' | 'add'>,
  file: Uint8Array,
  terminal: Terminal,
): Promise<void> {
  const before = await models.list();
  const id = await models.add(file);
  const added = !before.some((model) => model.id === id);
  const model = findById(await models.list(), id);
  terminal.record({ ...summaryOf(model), added });
  terminal.print(describeModel(model));
  terminal.print(
    added
      ? `Kept as a candidate. To let it give the verdicts: steadypen models activate ${id}`
      : 'This model was here already.',
  );
}

/** @throws UsageError when the digits are too few, or fit no model, or several. */
export function findById(models: readonly StoredModel[], digits: string): StoredModel {
  if (!ID_DIGITS.test(digits)) {
    throw new UsageError(`"${digits}" is no ID: give its first 4 digits or more; models list shows them.`);
  }
  const found = models.filter((model) => model.id.startsWith(digits));
  const [model] = found;
  if (model === undefined) {
    throw new UsageError(`There is no model ${digits}; models list shows them.`);
  }
  if (found.length > 1) throw new UsageError(`${digits} fits ${found.length} models: give more digits.`);
  return model;
}
