import type { ErrorInfo } from '../base/errors.ts';

/** Where a command writes, and how it learns that it should stop. */
export interface Terminal {
  readonly json: boolean;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** One line of results on stdout, for people; nothing with `--json`. */
  print(line: string): void;
  /** One result on stdout as JSON, with `--json` only. */
  record(value: object): void;
  /** Progress and remarks, on stderr. */
  note(line: string): void;
  /** Progress that overwrites itself on a terminal and is left out elsewhere. */
  progress(line: string): void;
}

export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** A terminal on two streams: with `json` only records go to stdout; progress is one line that rewrites itself, on a TTY only. */
export function createTerminal(
  streams: Streams,
  settings: Pick<Terminal, 'json' | 'cwd' | 'env' | 'signal'>,
): Terminal {
  let progressWidth = 0;
  const clear = () => {
    if (progressWidth > 0) streams.stderr.write(`\r${' '.repeat(progressWidth)}\r`);
    progressWidth = 0;
  };
  return {
    ...settings,
    print: (line) => {
      if (settings.json) return;
      clear();
      streams.stdout.write(`${line}\n`);
    },
    record: (value) => {
      if (settings.json) streams.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note: (line) => {
      clear();
      streams.stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (streams.stderr.isTTY !== true) return;
      clear();
      streams.stderr.write(line);
      progressWidth = line.length;
    },
  };
}

/** Quiet end when the reader of our output goes away, as `head` does. */
export function exitOnClosedPipe(stream: NodeJS.WritableStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** One line for a fault: with `--json` on stdout as `{path?, error}`, otherwise on stderr. */
export function reportError(terminal: Terminal, error: ErrorInfo, path?: string): void {
  const { code, message } = error;
  terminal.record({ ...(path === undefined ? {} : { path }), error: { code, message } });
  if (!terminal.json) terminal.note(`steadypen: ${message}`);
}
