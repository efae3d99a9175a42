import type { DoctorReport } from '../api/contract.ts';
import type { Clock } from '../base/clock.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { createDoctorReport } from './doctor.ts';
import { EngineRates } from './engine-rates.ts';
import { Examples } from './examples.ts';
import { HandedFiles } from './handed-files.ts';
import { ModelShelf } from './model-shelf.ts';
import { Notices } from './notices.ts';
import type { SpawnChild } from './port.ts';
import { Recovery } from './recovery.ts';
import { createRouter, type HostRouter } from './router.ts';
import { ScreenerClient } from './screener-client.ts';
import { Screening } from './screening.ts';
import { AppSettings } from './settings.ts';
import { TrainingRuns } from './training-runs.ts';

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
  readonly shelf: ModelShelf;
  readonly screening: Screening;
  readonly training: TrainingRuns;
  readonly examples: Examples;
  readonly recovery: Recovery;
  readonly notices: Notices;
  readonly handedFiles: HandedFiles;
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
  const { home, hostKind, version, spawn, clock, assetsFolder } = options;
  const store = await openStore(home, { clock });
  const screener = new ScreenerClient({ spawn });
  const shelf = new ModelShelf(store, assetsFolder);
  const settings = new AppSettings(store);
  const screening = new Screening(store, shelf, screener, settings);
  const rates = new EngineRates({ home, spawn, clock, version });
  const training = new TrainingRuns({ store, shelf, screener, spawn, clock, rates });
  await shelf.registerFactory();
  const notices = new Notices();
  const cutOff = await training.settleInterrupted();
  if (cutOff !== null) notices.add({ kind: 'training-cut-off', run: cutOff });
  // The first sample should not wait for the process and the model to load; what fails here is told with that sample.
  screening.warmUp().catch(() => undefined);
  const recovery = new Recovery(store, screening, notices);
  await recovery.start();
  const host: Host = {
    store,
    settings,
    shelf,
    screening,
    training,
    examples: new Examples(assetsFolder),
    recovery,
    notices,
    handedFiles: new HandedFiles(notices),
    doctor: async () => {
      const known = await rates.known(); // told, not measured: that is for a run, or for `steadypen doctor`
      return createDoctorReport({ home, hostKind, version, store, rates: known });
    },
  };
  const end = async () => {
    screener.close();
    await Promise.all([training.close(), recovery.settled]);
    await store.close();
  };
  let closing: Promise<void> | null = null;
  return { ...host, router: createRouter(host), close: () => (closing ??= end()) };
}
