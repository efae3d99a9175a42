import type { StoredModel } from '../store/models.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import type { Terminal } from './terminal.ts';

const ACTIONS = ['list', 'show', 'activate', 'rollback'] as const;
/** Fewer would let an empty or mistyped word choose the network that judges. */
const ID_DIGITS = /^[0-9a-f]{4,}$/;

export const command: Command = {
  name: 'models',
  usage: 'list | show ID | activate ID | rollback [options]',
  summary: 'Lists, shows and changes the models of the app.',
  details:
    '  list          all models, the newest first\n' +
    '  show ID       the whole model card\n' +
    '  activate ID   lets this model give the verdicts from now on\n' +
    '  rollback      back to the model that was active before\n' +
    'The first 4 digits of an ID are enough. activate and rollback need the app to be closed.',
  options: {
    home: {
      type: 'string',
      value: 'DIR',
      help: "data folder; left out, STEADYPEN_HOME or the platform's place",
    },
  },
  words: { min: 1, max: 2, name: 'list, show, activate or rollback' },

  async run(given, terminal) {
    const [word, id] = given.words;
    const action = ACTIONS.find((known) => known === word);
    if (action === undefined) throw new UsageError(`models takes ${ACTIONS.join(', ')}, not "${word}".`);
    const needsId = action === 'show' || action === 'activate';
    if (needsId && id === undefined) throw new UsageError(`models ${action} needs the ID of a model.`);
    if (!needsId && id !== undefined) throw new UsageError(`models ${action} takes no "${id}".`);
    const store = await import('./open-models.ts');
    const home = given.text('home');
    if (action === 'list' || action === 'show') {
      const models = await store.openModelsToRead(terminal.env, home);
      try {
        show(await models.list(), id, terminal);
      } finally {
        await models.close();
      }
    } else {
      const models = await store.openModelsToChange(terminal.env, home);
      try {
        const active =
          action === 'rollback' ? await models.rollback() : findById(await models.list(), id ?? '').id;
        if (action === 'activate') await models.activate(active);
        terminal.record({ active });
        terminal.print(`${active} is active now.`);
      } finally {
        await models.close();
      }
    }
    return EXIT.done;
  },
};

/** One model with its whole card, or all of them in short. */
function show(models: readonly StoredModel[], id: string | undefined, terminal: Terminal): void {
  if (id === undefined) {
    for (const model of models) {
      terminal.record(summaryOf(model));
      terminal.print(describeModel(model));
    }
    return;
  }
  const model = findById(models, id);
  terminal.record({ ...summaryOf(model), card: model.card });
  terminal.print(`${describeModel(model)}\n${JSON.stringify(model.card, null, 2)}`);
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

function summaryOf({ id, state, factory, addedAt, card }: StoredModel) {
  const { name, createdAt, metrics, sparseBytes, denseBytes } = card;
  const fcZeros = card.fcZeros / card.fcWeights;
  return { id, name, state, factory, createdAt, addedAt, fcZeros, metrics, sparseBytes, denseBytes };
}

function describeModel(model: StoredModel): string {
  const { card } = model;
  const zeros = ((100 * card.fcZeros) / card.fcWeights).toFixed(1);
  const kind = model.factory && model.state !== 'factory' ? `${model.state}, factory` : model.state;
  return `${model.id}  ${kind.padEnd(16)} ${card.createdAt.slice(0, 10)}  accuracy ${(100 * card.metrics.accuracy).toFixed(1)} %, FC zeros ${zeros} %  ${card.name}`;
}
