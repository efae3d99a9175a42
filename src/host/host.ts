import type { DoctorReport } from '../api/contract.ts';
import type { Clock } from '../base/clock.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { createDoctorReport } from './doctor.ts';
import type { SpawnChild } from './port.ts';
import { createRouter, type HostRouter } from './router.ts';
import { AppSettings } from './settings.ts';

export interface HostOptions {
  /** Data folder, absolute (src/store/home.ts). */
  readonly home: string;
  readonly hostKind: DoctorReport['host'];
  /** Starts the screener and trainer processes. */
  readonly spawn: SpawnChild;
  readonly clock: Clock;
  /** Of the app, as in package.json. */
  readonly version: string;
  /** Folder with the factory model and the examples. */
  readonly assetsFolder: string;
}

/** What the routes work with. */
export interface Host {
  readonly store: Store;
  readonly settings: AppSettings;
  doctor(): Promise<DoctorReport>;
}

export interface RunningHost extends Host {
  readonly router: HostRouter;
  /** Ends the child processes and closes the data folder, within 2 s. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Puts the app together: the same for the loopback server, Electron and tests.
 *
 * @throws UserError where the data folder cannot be used (src/store/open-store.ts).
 */
export async function createHost(options: HostOptions): Promise<RunningHost> {
  const store = await openStore(options.home, { clock: options.clock });
  const host: Host = {
    store,
    settings: new AppSettings(store),
    doctor: () =>
      createDoctorReport({ home: options.home, hostKind: options.hostKind, version: options.version, store }),
  };
  let closing: Promise<void> | null = null;
  return {
    ...host,
    router: createRouter(host),
    close: () => (closing ??= store.close()),
  };
}
