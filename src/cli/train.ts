import path from 'node:path';
import { UserError } from '../base/errors.ts';
import { BACKENDS, PENALTY_KINDS, SYNTHETIC_KINDS, TASKS } from '../base/words.ts';
import { commandOfRecipe, completeRecipe } from '../host/recipes.ts';
import type { TrainEvent, TrainRecipe } from '../model/training-types.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import type { Given } from './given.ts';
import type { Terminal } from './terminal.ts';
import { describeEvent, eventRecord } from './train-lines.ts';

export const command: Command = {
  name: 'train',
  usage: '(--synthetic N | --data DIR) --out DIR [options]',
  summary: 'Trains a sparse model by RVSM and saves the sparse network u.',
  details:
    'Progress goes to stderr; with --json every event is a line on stdout. DIR gets model.spm and model-card.json.\n' +
    'auto measures once how fast each backend trains here and takes the fastest. When a backend fails, training\n' +
    'goes on from its last checkpoint on the next one and says so. Until the model is there, DIR keeps checkpoint.spc: a run\n' +
    'that was stopped, by Ctrl-C or anything else, goes on from it with --resume and ends with the same weights. A file of\n' +
    '--data that cannot be used has a line {"path","error"} and is left out; the exit code is 3 then.',
  options: {
    synthetic: { type: 'string', value: 'N', help: 'make N synthetic patches to train on' },
    kinds: {
      type: 'string',
      value: 'KINDS',
      help: `of these kinds: ${SYNTHETIC_KINDS.join(',')} (all unless given)`,
    },
    data: {
      type: 'string',
      value: 'DIR',
      help: 'labelled files: a manifest.csv (path,label,subject[,task]) or folders regular and tremor-like',
    },
    task: {
      type: 'string',
      value: 'TASK',
      help: `what was drawn in --data, where its manifest does not say, else it is guessed: ${TASKS.join(', ')}`,
    },
    penalty: { type: 'string', value: 'P', help: `${PENALTY_KINDS.join(', ')} or none; l0 unless given` },
    a: { type: 'string', value: 'A', help: 'shape of tl1; 1 unless given' },
    'target-sparsity': {
      type: 'string',
      value: 'S',
      help: 'share of FC weights to be zero; 0.9 unless given',
    },
    lambda: { type: 'string', value: 'L', help: "the paper's own form: fixed λ (needs --beta)" },
    beta: { type: 'string', value: 'B', help: "the paper's own form: fixed β (needs --lambda)" },
    'learning-rate': { type: 'string', value: 'R', help: "the paper's own form: SGD step; 0.1 unless given" },
    epochs: { type: 'string', value: 'N', help: 'epochs of RVSM; 8 unless given' },
    'fine-tune': {
      type: 'string',
      value: 'N',
      help: 'epochs of fine-tuning on the support; a quarter of --epochs unless given',
    },
    seed: { type: 'string', value: 'N', help: '1 unless given' },
    backend: {
      type: 'string',
      value: 'B',
      help: `auto (the fastest measured here) or ${BACKENDS.join(', ')}; auto unless given`,
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
    const resume = given.flag('resume') ? await checkpoint.resume(recipe) : undefined;
    if (resume === undefined) await checkpoint.startAnew(terminal);
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

function readRecipe(given: Given): TrainRecipe {
  const penalty = given.choice('penalty', [...PENALTY_KINDS, 'none'] as const) ?? 'l0';
  const lambda = given.number('lambda', 0, 1e6);
  const beta = given.number('beta', 1e-12, 1e6);
  if ((lambda === undefined) !== (beta === undefined)) {
    throw new UsageError(`--${lambda === undefined ? 'lambda' : 'beta'} is missing: the two go together.`);
  }
  if (lambda !== undefined && given.has('target-sparsity')) {
    throw new UsageError('--target-sparsity and --lambda exclude each other: choose one.');
  }
  return completeRecipe({
    seed: given.whole('seed', 0, Number.MAX_SAFE_INTEGER) ?? 1,
    epochs: given.whole('epochs', 1, 500) ?? 8,
    fineTuneEpochs: given.whole('fine-tune', 0, 500),
    penalty: penalty === 'none' ? null : { kind: penalty, a: given.number('a', 1e-6, 1e6) ?? 1 },
    targetSparsity: given.number('target-sparsity', 0, 0.999) ?? 0.9,
    paperForm:
      lambda === undefined || beta === undefined
        ? null
        : { lambda, beta, learningRate: given.number('learning-rate', 1e-9, 100) ?? 0.1 },
    synthetic: {
      count: given.whole('synthetic', 0, 200_000) ?? 0,
      kinds: given.choices('kinds', SYNTHETIC_KINDS) ?? SYNTHETIC_KINDS,
    },
    backend: given.choice('backend', ['auto', ...BACKENDS] as const) ?? 'auto',
  });
}

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
