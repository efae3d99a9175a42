import type { Given } from './given.ts';
import type { Terminal } from './terminal.ts';

/** Exit codes, the same for every command. */
export const EXIT = {
  done: 0,
  /** A fault of ours, or of the machine. */
  fault: 1,
  usage: 2,
  /** Finished, but some inputs could not be used; each has its own line. */
  someUnusable: 3,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Option {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help text, e.g. `FILE`. */
  readonly value?: string;
  readonly help: string;
}

/** One command; each stands in a file of its own, which is loaded only when the command is called. */
export interface Command {
  readonly name: string;
  /** After the name, e.g. `PATH... [options]`. */
  readonly usage: string;
  readonly summary: string;
  /** Further lines of help, wrapped at 90 characters. */
  readonly details?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** How many words besides options it takes. */
  readonly words: { readonly min: number; readonly max: number; readonly name: string };
  run(given: Given, terminal: Terminal): Promise<ExitCode>;
}

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'one JSON object per line on stdout, and nothing else there' },
  help: { type: 'boolean', help: 'this text' },
};

/** Wrong usage: the message names the argument. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
