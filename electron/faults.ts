import { CrashCount } from './crash-count.ts';

/** The part of `process` used here. */
export interface FaultSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (fault: unknown) => void): unknown;
}

export interface FaultDeps {
  /** Asks what to do about a fault; may open the logs on the way. @param canGoOn The app is in a state that is known. */
  readonly ask: (what: string, canGoOn: boolean) => Promise<'go-on' | 'restart' | 'quit'>;
  readonly restart: () => void;
  readonly quit: () => void;
}

/**
 * What nobody caught: noted, and put to the user, at most once a minute. After an exception the app ends, in good order, since
 * nobody knows what was left half done; what is acknowledged is on the disk by then. A promise that failed leaves the rest
 * as it was: the app may go on.
 */
export function handleFaults(target: FaultSource, { ask, restart, quit }: FaultDeps): void {
  const recent = new CrashCount();
  const handle = async (fault: unknown, canGoOn: boolean): Promise<void> => {
    console.error(
      canGoOn ? 'A promise failed that nobody waits for:' : 'An exception that nobody caught:',
      fault,
    );
    if (recent.add(performance.now()) > 1) return;
    const chosen = await ask(fault instanceof Error ? fault.message : String(fault), canGoOn);
    if (chosen === 'restart') restart();
    if (chosen === 'quit') quit();
  };
  target.on('uncaughtException', (fault) => void handle(fault, false));
  target.on('unhandledRejection', (fault) => void handle(fault, true));
}
