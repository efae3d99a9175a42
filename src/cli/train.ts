import path from 'node:path';
import { UserError } from '../base/errors.ts';
import { TASK_NAMES } from '../base/task-words.ts';
import { commandOfRecipe } from '../host/recipes.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import type { Terminal } from './terminal.ts';
import { describeEvent, eventRecord } from './train-lines.ts';
import { readRecipe, RECIPE_OPTIONS } from './train-recipe.ts';

export const command: Command = {
  name: 'train',
  usage: '(--synthetic N | --data DIR) --out DIR [options]',
  summary: 'Trains a sparse model by RVSM, or by pruning, and saves the sparse network u.',
  details:
    'Progress goes to stderr; with --json every event is a line on stdout. DIR gets model.spm and model-card.json.\n' +
    'auto measures once how fast each backend trains here and takes the fastest. When a backend fails, training\n' +
    'goes on from its last checkpoint on the next one and says so. Until the model is there, DIR keeps checkpoint.spc: a run\n' +
    'that was stopped, by Ctrl-C or anything else, goes on from it with --resume and ends with the same weights. A file of\n' +
    '--data that cannot be used has a line {"path","error"} and is left out; the exit code is 3 then.',
  options: {
    ...RECIPE_OPTIONS,
    data: {
      type: 'string',
      value: 'DIR',
      help: 'labelled files: a manifest.csv (path,label,subject[,task][,split]) or folders regular and tremor-like',
    },
    task: {
      type: 'string',
      value: 'TASK',
      help: `what was drawn in --data, where its manifest does not say, else it is guessed: ${TASK_NAMES.join(', ')}`,
    },
    out: { type: 'string', value: 'DIR', help: 'where to write the model; made when missing' },
    resume: {
      type: 'boolean',
      help: 'go on from DIR/checkpoint.spc; the other options and the data must be those of its run',
    },
    'checkpoint-every': {
      type: 'string',
      value: 'SECONDS',
      help: 'least time between two checkpoints within an epoch; 10 unless given',
    },
    name: { type: 'string', value: 'TEXT', help: 'name of the model in its card' },
    home: {
      type: 'string',
      value: 'DIR',
      help: 'data folder whose active model is compared, and that keeps how fast each backend is',
    },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const recipe = readRecipe(given);
    const data = given.text('data');
    if (recipe.synthetic.count === 0 && data === undefined) {
      throw new UsageError('--synthetic N or --data DIR is missing: there is nothing to learn from.');
    }
    const typed = given.text('out');
    if (typed === undefined) throw new UsageError('--out DIR is missing: where should the model go?');
    const everySeconds = given.number('checkpoint-every', 0, 86_400);
    const [{ prepareModelFolder, saveModel }, { TrainCheckpoint }] = await Promise.all([
      import('./save-model.ts'),
      import('./train-checkpoint.ts'),
    ]);
    const out = await prepareModelFolder(path.resolve(terminal.cwd, typed), typed);
    const checkpoint = new TrainCheckpoint(out, typed);
    const resume = given.flag('resume') ? await checkpoint.resume(recipe, terminal) : undefined;
    if (!given.flag('resume')) await checkpoint.startAnew(terminal);
    const [{ chooseModel }, { readOwnFiles }, { runTraining }, { spawnNode }, { openRates }] =
      await Promise.all([
        import('./chosen-model.ts'),
        import('./own-files.ts'),
        import('../host/run-training.ts'),
        import('../host/spawn-node.ts'),
        import('./open-rates.ts'),
      ]);
    const own = data === undefined ? null : await readOwnFiles(data, given, terminal);
    const active = await chooseModel(terminal, { file: undefined, home: given.text('home') }).catch(
      (fault: unknown) => {
        // The very first model has nothing to be compared with.
        if (fault instanceof UserError && fault.code === 'bad-model') return null;
        throw fault;
      },
    );
    const order = {
      recipe,
      own: own?.patches ?? null,
      active: active?.file ?? null,
      name: given.text('name') ?? 'Model',
      command: commandOfRecipe(recipe, data === undefined ? undefined : path.basename(data)),
      createdAt: new Date().toISOString(),
      resume,
      checkpointEveryMs: everySeconds === undefined ? undefined : 1000 * everySeconds,
    };
    let last: TrainEvent | null = null;
    const host = { spawn: spawnNode, rates: openRates(given, terminal) };
    const keep = (file: Uint8Array): Promise<void> => checkpoint.keep(file);
    try {
      for await (const event of runTraining(host, order, terminal.signal, keep)) {
        last = event;
        showEvent(event, terminal);
      }
    } finally {
      const isAstray = last?.kind === 'failed' && last.reason === 'non-finite-loss';
      if (last?.kind !== 'done') checkpoint.tell(terminal, !isAstray);
    }
    if (last?.kind === 'done') {
      await saveModel(out, last.model).catch((fault: unknown) => {
        checkpoint.tell(terminal, true);
        throw fault;
      });
      await checkpoint.remove();
      terminal.print(`Saved ${path.join(out, 'model.spm')}.`);
      return own !== null && own.leftOut > 0 ? EXIT.someUnusable : EXIT.done;
    }
    if (terminal.signal.aborted) return EXIT.interrupted;
    if (last?.kind === 'failed') {
      throw new UserError(last.error.code, last.error.message, last.error.subject);
    }
    throw new Error('the trainer ended without a last word');
  },
};

/** Lines that overwrite each other. */
const PASSING: ReadonlySet<TrainEvent['kind']> = new Set([
  'measuring',
  'preparing',
  'step',
  'calibrating',
] as const);

function showEvent(event: TrainEvent, terminal: Terminal): void {
  terminal.record(eventRecord(event));
  const line = describeEvent(event);
  if (line === null) return;
  if (PASSING.has(event.kind)) terminal.progress(line);
  else terminal.note(line);
}
