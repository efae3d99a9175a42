import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { BackendRates, DoctorReport } from '../api/contract.ts';
import { toErrorInfo } from '../base/errors.ts';
import type { Store } from '../store/open-store.ts';
import { describeParts } from './doctor-parts.ts';

export interface DoctorInput {
  readonly home: string;
  readonly hostKind: DoctorReport['host'];
  readonly version: string;
  /** What is known of how fast the backends are. */
  readonly rates: readonly BackendRates[];
  /** null where the data folder cannot be opened; `storeFault` says why. */
  readonly store: Store | null;
  readonly storeFault?: unknown;
}

/** What is here, what is not, and what to do about it. Never throws for something that is missing. */
export async function createDoctorReport(input: DoctorInput): Promise<DoctorReport> {
  const [parts, backends, dataFolder, database] = await Promise.all([
    describeParts(),
    describeBackends(),
    describeDataFolder(input.home),
    describeDatabase(input),
  ]);
  return {
    version: input.version,
    host: input.hostKind,
    parts,
    backends,
    rates: [...input.rates],
    dataFolder,
    database,
  };
}

async function describeBackends(): Promise<DoctorReport['backends']> {
  const tensor = await import('../tensor/load-backend.ts');
  const backends = await tensor.describeBackends();
  return backends.map((backend) => ({ ...backend, remedy: backend.found ? null : backend.remedy }));
}

async function describeDataFolder(home: string): Promise<DoctorReport['dataFolder']> {
  try {
    await fs.access(home, fs.constants.W_OK);
    const bytes = await sizeOf(home);
    return { path: home, exists: true, writable: true, bytes, detail: 'ready' };
  } catch (fault) {
    if (!isMissing(fault)) {
      return { path: home, exists: true, writable: false, bytes: 0, detail: toErrorInfo(fault).message };
    }
    const refusal = await whyNotMade(home);
    const detail =
      refusal === null
        ? 'not there yet; it is made when the app first starts'
        : `not there, and it cannot be made: ${refusal}`;
    return { path: home, exists: false, writable: refusal === null, bytes: 0, detail };
  }
}

/** Whether the nearest folder above that is there lets a folder be made in it: null, or what it says. */
async function whyNotMade(home: string): Promise<string | null> {
  const above = path.dirname(home);
  try {
    await fs.access(above, fs.constants.W_OK);
    return null;
  } catch (fault) {
    return isMissing(fault) && above !== home ? whyNotMade(above) : toErrorInfo(fault).message;
  }
}

function isMissing(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
}

/** Bytes of all files below a folder. Files that vanish meanwhile count as nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        fs.stat(path.join(entry.parentPath, entry.name)).then(
          (stat) => stat.size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function describeDatabase({ store, storeFault }: DoctorInput): Promise<DoctorReport['database']> {
  if (store === null) {
    if (storeFault === undefined) {
      const detail = 'not there yet; it is made when the app first starts';
      return { exists: false, ok: true, detail, samples: 0 };
    }
    return { exists: true, ok: false, detail: toErrorInfo(storeFault).message, samples: 0 };
  }
  return { exists: true, ...(await store.check()) };
}
