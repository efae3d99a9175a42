/** `engine-rates.json` in the data folder: what was measured, by machine and version. A cache: losing it costs seconds. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { BackendRates } from '../api/contract.ts';
import { backendRates } from '../api/schemas.ts';
import { replaceFile } from '../store/replace-file.ts';

/** The window and the command line run under different programs, so that one data folder has several. */
const MOST_MACHINES = 4;

const ratesFile = z.object({
  schemaVersion: z.literal(1),
  /** Newest first. */
  machines: z.array(z.object({ identity: z.string(), backends: z.array(backendRates) })),
});
type Machines = z.infer<typeof ratesFile>['machines'];

const fileOf = (home: string) => path.join(home, 'engine-rates.json');

/** What was measured under this identity; a file that is missing, damaged or of another version holds nothing. */
export async function readRates(home: string, identity: string): Promise<readonly BackendRates[]> {
  return (await readMachines(home)).find((machine) => machine.identity === identity)?.backends ?? [];
}

/** Puts the rates of one identity in; a data folder that is missing or read-only stays as it is. */
export async function writeRates(
  home: string,
  identity: string,
  backends: readonly BackendRates[],
): Promise<void> {
  const others = (await readMachines(home)).filter((machine) => machine.identity !== identity);
  const machines = [{ identity, backends }, ...others].slice(0, MOST_MACHINES);
  const text = `${JSON.stringify({ schemaVersion: 1, machines }, null, 2)}\n`;
  // Without it the next run measures again: nothing that a user would have to know.
  await replaceFile(fileOf(home), text).catch(() => undefined);
}

async function readMachines(home: string): Promise<Machines> {
  try {
    const parsed = ratesFile.safeParse(JSON.parse(await readFile(fileOf(home), 'utf8')));
    return parsed.success ? parsed.data.machines : [];
  } catch {
    return []; // not there, not readable or not JSON: measured again
  }
}
