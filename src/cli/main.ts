/** `steadypen <command>`: finds the command, loads it, runs it, and turns faults into messages and exit codes. */
import { toErrorInfo, type ErrorCode } from '../base/errors.ts';
import { appVersion } from './app-files.ts';
import { EXIT, UsageError, type Command, type ExitCode } from './command.ts';
import { helpText, parseCommandLine } from './given.ts';
import { createTerminal, exitOnClosedPipe, reportError } from './terminal.ts';

/** Summaries stand here too, so that `steadypen --help` loads no command. */
const COMMANDS: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<{ readonly command: Command }> }>
> = {
  screen: {
    summary: 'screen images and recordings for tremor-like movement',
    load: () => import('./screen.ts'),
  },
  synth: {
    summary: 'write synthetic drawings, their recordings and a manifest',
    load: () => import('./synth.ts'),
  },
  train: { summary: 'train a sparse model', load: () => import('./train.ts') },
  evaluate: {
    summary: 'how well a model, or training in folds, tells labelled files apart',
    load: () => import('./evaluate.ts'),
  },
  models: {
    summary: 'list, show, export, import and choose the models of the app',
    load: () => import('./models.ts'),
  },
  reproduce: {
    summary: "make the paper's table, beside magnitude pruning",
    load: () => import('./reproduce.ts'),
  },
  bench: { summary: 'measure how fast this machine trains and screens', load: () => import('./bench.ts') },
  doctor: { summary: 'what is found here and what is missing, and why', load: () => import('./doctor.ts') },
  serve: { summary: 'run the app for a browser on this machine', load: () => import('./serve.ts') },
};

/** Faults that lie in what was asked for, not in us. */
const USAGE_CODES: ReadonlySet<ErrorCode> = new Set(['bad-argument', 'bad-model', 'no-backend', 'not-found']);
const INPUT_CODES: ReadonlySet<ErrorCode> = new Set([
  'no-inputs',
  'too-few-samples',
  'empty-file',
  'not-an-image',
  'unsupported-format',
  'damaged',
  'too-large',
  'too-small',
  'no-strokes',
]);

/**
 * Runs one command line to its end and sets the exit code of this process.
 * @param args Without the program's own name.
 */
export async function main(args: readonly string[]): Promise<void> {
  exitOnClosedPipe(process.stdout);
  exitOnClosedPipe(process.stderr);
  process.exitCode = await runCommandLine(args);
}

async function runCommandLine([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === '--version') {
    process.stdout.write(`${appVersion()}\n`);
    return EXIT.done;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(`${overview()}\n`);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    process.stderr.write(`steadypen: there is no command "${name}".\n\n${overview()}\n`);
    return EXIT.usage;
  }
  const { command } = await entry.load();
  return runCommand(command, args);
}

async function runCommand(command: Command, args: readonly string[]): Promise<ExitCode> {
  const stopping = new AbortController();
  const terminal = createTerminal(process, {
    json: args.includes('--json'),
    cwd: process.cwd(),
    env: process.env,
    signal: stopping.signal,
  });
  const stop = () => {
    // The second time somebody means it.
    if (stopping.signal.aborted) process.exit(EXIT.interrupted);
    stopping.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const given = parseCommandLine(command, args);
    if (given.flag('help')) {
      process.stdout.write(`${helpText(command)}\n`);
      return EXIT.done;
    }
    return await command.run(given, terminal);
  } catch (error) {
    if (stopping.signal.aborted) return EXIT.interrupted;
    if (error instanceof UsageError) {
      terminal.note(`steadypen ${command.name}: ${error.message}\nSee: steadypen ${command.name} --help`);
      return EXIT.usage;
    }
    const info = toErrorInfo(error);
    reportError(terminal, info);
    if (info.code === 'internal' && error instanceof Error) terminal.note(error.stack ?? '');
    if (info.code === 'cancelled') return EXIT.interrupted;
    if (USAGE_CODES.has(info.code)) return EXIT.usage;
    return INPUT_CODES.has(info.code) ? EXIT.someUnusable : EXIT.fault;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 3;
  return [
    'Usage: steadypen <command> [...]',
    '',
    'Screens handwriting and drawing for tremor-like movement, offline. A screening aid, not a diagnosis.',
    '',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`),
    '',
    'Each command explains itself with --help, and prints JSON lines with --json.',
  ].join('\n');
}
