import path from 'node:path';
import { toErrorInfo, UserError } from '../base/errors.ts';
import { TASK_NAMES } from '../base/task-words.ts';
import { DISCLAIMER, SENSITIVITIES } from '../base/words.ts';
import { EXIT, type Command, type ExitCode } from './command.ts';
import { findInputs, type FoundInput } from './inputs.ts';
import { OutputFault } from './output-fault.ts';
import { csvErrorRow, csvRow, describeResult } from './screen-lines.ts';
import { prepareOutputs } from './screen-outputs.ts';
import { reportError, type Terminal } from './terminal.ts';
import { withWords } from './verdict-words.ts';

export const command: Command = {
  name: 'screen',
  usage: 'PATH... [options]',
  summary: 'Screens images and recordings for tremor-like movement.',
  details:
    'PATH is a file, a folder (searched in depth, images and recordings only) or a pattern such as "scans/*.png".\n' +
    'Results come in the order of the inputs. With --json each is {"path","kind","page"?,"verdict","probability",\n' +
    '"picture","clock","sentence","warnings","evidence","modelId","elapsedMs",...} or {"path","error":{"code","message"}}.\n' +
    `probability is calibrated, 0 to 1, for tremor-like. ${DISCLAIMER}`,
  options: {
    model: {
      type: 'string',
      value: 'FILE',
      help: "a model file (.spm); left out, the app's active model, else the factory model",
    },
    task: {
      type: 'string',
      value: 'TASK',
      help: `what was drawn; left out, what the file or its name says, else its shape: ${TASK_NAMES.join(', ')}`,
    },
    sensitivity: {
      type: 'string',
      value: 'HOW',
      help: `where the limits of a verdict lie: ${SENSITIVITIES.join(', ')} (default: balanced)`,
    },
    overlay: { type: 'string', value: 'DIR', help: 'write each picture with its heat map there, as PNG' },
    csv: { type: 'string', value: 'FILE', help: 'write a table there too' },
    home: { type: 'string', value: 'DIR', help: 'data folder to take the active model from' },
  },
  words: { min: 1, max: Infinity, name: 'PATH' },

  async run(given, terminal) {
    const task = given.task('task') ?? null;
    const sensitivity = given.choice('sensitivity', SENSITIVITIES);
    const outputs = await prepareOutputs(given, terminal);
    const [{ ScreenerClient }, { spawnNode }, { chooseModel }] = await Promise.all([
      import('../host/screener-client.ts'),
      import('../host/spawn-node.ts'),
      import('./chosen-model.ts'),
    ]);
    const model = await chooseModel(terminal, { file: given.text('model'), home: given.text('home') });
    const screener = new ScreenerClient({ spawn: spawnNode });
    try {
      screener.useModel(model.id, model.file);
      await screener.warmUp();
      const inputs: FoundInput[] = [];
      for await (const input of findInputs(given.words, terminal.cwd)) inputs.push(input);
      let unusable = 0;
      for (const [index, input] of inputs.entries()) {
        if (terminal.signal.aborted) return interrupted(terminal, index, inputs.length);
        terminal.progress(`${index + 1} of ${inputs.length}`);
        try {
          await screenOne(input);
        } catch (fault) {
          if (terminal.signal.aborted) return interrupted(terminal, index, inputs.length);
          if (fault instanceof OutputFault) throw fault;
          const error = toErrorInfo(fault);
          unusable++;
          reportError(terminal, error, input.path);
          await outputs.row(csvErrorRow(input.path, error));
        }
      }
      if (unusable > 0) terminal.note(`${unusable} of ${inputs.length} inputs could not be used.`);
      if (unusable < inputs.length) terminal.print(DISCLAIMER);
      return unusable > 0 ? EXIT.someUnusable : EXIT.done;
    } finally {
      screener.close();
    }

    async function screenOne(input: FoundInput): Promise<void> {
      if (input.error !== undefined) {
        throw new UserError(input.error.code, input.error.message, input.error.subject);
      }
      const pages = screener.screen(
        { kind: 'path', path: path.resolve(terminal.cwd, input.path) },
        { task, sensitivity, overlay: outputs.wantsOverlay, signal: terminal.signal },
      );
      for await (const reply of pages) {
        if (reply.kind === 'reading') continue;
        terminal.record({ path: input.path, ...withWords(reply.result) });
        terminal.print(describeResult(input.path, reply.result));
        await outputs.row(csvRow(input.path, reply.result));
        if (reply.overlay) await outputs.overlay(input.path, reply.result.page, reply.overlay);
      }
    }
  },
};

function interrupted(terminal: Terminal, done: number, total: number): ExitCode {
  terminal.note(`Stopped after ${done} of ${total} inputs.`);
  return EXIT.interrupted;
}
