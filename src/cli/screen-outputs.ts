import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './command.ts';
import type { Given } from './given.ts';
import { OutputFault } from './output-fault.ts';
import { CSV_HEADER } from './screen-lines.ts';
import type { Terminal } from './terminal.ts';

/**
 * Files that are written beside the answer. Made at the start, so that a wrong place is known before the work.
 *
 * @param header First line of the table of `--csv`.
 * @throws UsageError for a wrong place; what is answered throws `OutputFault` when the place fails later.
 */
export async function prepareOutputs(
  given: Pick<Given, 'text'>,
  terminal: Pick<Terminal, 'cwd'>,
  header = CSV_HEADER,
) {
  const inPlace = (name: string) => {
    const value = given.text(name);
    return value === undefined ? null : path.resolve(terminal.cwd, value);
  };
  const [folder, table] = [inPlace('overlay'), inPlace('csv')];
  if (folder !== null) {
    await mkdir(folder, { recursive: true }).catch((fault: unknown) => refuse('--overlay', folder, fault));
  }
  if (table !== null) {
    await writeFile(table, `${header}\r\n`).catch((fault: unknown) => refuse('--csv', table, fault));
  }
  const taken = new Set<string>();
  return {
    wantsOverlay: folder !== null,
    row: async (line: string) => {
      if (table === null) return;
      await appendFile(table, `${line}\r\n`).catch((fault: unknown) => {
        throw new OutputFault('--csv', table, fault);
      });
    },
    overlay: async (input: string, page: number | undefined, png: Uint8Array) => {
      if (folder === null) return;
      const base = path.parse(input).name + (page === undefined ? '' : `-page${page}`);
      let name = `${base}.png`;
      for (let n = 2; taken.has(name); n++) name = `${base}-${n}.png`;
      taken.add(name);
      const file = path.join(folder, name);
      await writeFile(file, png).catch((fault: unknown) => {
        throw new OutputFault('--overlay', file, fault);
      });
    },
  };
}

function refuse(option: string, place: string, fault: unknown): never {
  const reason = fault instanceof Error ? fault.message : String(fault);
  throw new UsageError(`${option}: nothing can be written to ${place} (${reason}).`);
}
