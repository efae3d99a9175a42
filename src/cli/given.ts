import { parseArgs } from 'node:util';
import { TASK_NAMES, taskOfName } from '../base/task-words.ts';
import type { Task } from '../base/words.ts';
import { COMMON_OPTIONS, UsageError, type Command } from './command.ts';

/** What was given on the command line, checked as it is read. Every complaint names its argument. */
export class Given {
  readonly words: readonly string[];
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  constructor(words: readonly string[], values: Readonly<Record<string, string | boolean | undefined>>) {
    this.words = words;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** @throws UsageError when the value is empty. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || typeof value === 'boolean') return undefined;
    if (value === '') throw new UsageError(`--${name} needs a value.`);
    return value;
  }

  /** @throws UsageError when the value is not one of `choices`. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : oneOf(name, value, choices);
  }

  /** Several values with commas between them. */
  choices<T extends string>(name: string, choices: readonly T[]): readonly T[] | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return [...new Set(value.split(',').map((part) => oneOf(name, part.trim(), choices)))];
  }

  /** A task by one of its names. @throws UsageError that lists them. */
  task(name: string): Task | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : (taskOfName(value) ?? refuseChoice(name, value, TASK_NAMES));
  }

  /** A whole number from `min` to `max`, both included. */
  whole(name: string, min: number, max: number): number | undefined {
    return this.#number(name, /^[+-]?\d+$/, 'a whole number', min, max);
  }

  /** A number from `min` to `max`, both included. */
  number(name: string, min: number, max: number): number | undefined {
    return this.#number(name, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a number', min, max);
  }

  #number(name: string, form: RegExp, what: string, min: number, max: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = form.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) {
      throw new UsageError(`--${name} takes ${what} from ${min} to ${max}, not "${text}".`);
    }
    return value;
  }
}

function oneOf<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  return found ?? refuseChoice(name, value, choices);
}

function refuseChoice(name: string, value: string, choices: readonly string[]): never {
  throw new UsageError(`--${name} takes ${choices.join(', ')}, not "${value}".`);
}

/** @throws UsageError for unknown options, missing values, and too few or too many words. */
export function parseCommandLine(command: Command, args: readonly string[]): Given {
  const options = { ...command.options, ...COMMON_OPTIONS };
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
          name,
          { type: option.type, ...(name === 'help' ? { short: 'h' } : {}) },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    // Node's message names the option; what follows the first sentence is about parseArgs itself.
    const message = error instanceof Error ? error.message : String(error);
    const [, dashed] = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(message) ?? [];
    if (dashed !== undefined)
      throw new UsageError(`${dashed} needs a value, and none that begins with a dash.`);
    throw new UsageError(`${(message.split(/\. |\n/)[0] ?? message).replace(/\.$/, '')}.`);
  }
  const given = new Given(parsed.positionals, parsed.values as Record<string, string | boolean | undefined>);
  if (given.flag('help')) return given;
  const { min, max, name } = command.words;
  if (given.words.length < min) throw new UsageError(`${name} is missing.`);
  if (given.words.length > max) throw new UsageError(`"${given.words[max]}" is one argument too many.`);
  return given;
}

/** The text that `--help` prints. */
export function helpText(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(
    ([name, option]) =>
      [`  --${name}${option.value === undefined ? '' : ` ${option.value}`}`, option.help] as const,
  );
  const width = Math.max(...options.map(([left]) => left.length)) + 3;
  return [
    `Usage: steadypen ${command.name} ${command.usage}`,
    '',
    command.summary,
    ...(command.details === undefined ? [] : ['', command.details]),
    '',
    'Options:',
    ...options.map(([left, right]) => left.padEnd(width) + right),
    '',
    'Exit codes: 0 all done, 1 a fault of ours, 2 wrong usage, 3 finished but some inputs could not be used.',
  ].join('\n');
}
