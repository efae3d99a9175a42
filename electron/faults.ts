/** Promises that fail are asked about this seldom. */
const BETWEEN_QUESTIONS_MS = 60_000;

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
 * What nobody caught: noted, and put to the user. After an exception the app ends, in good order, since nobody knows what was left
 * half done; what is acknowledged is on the disk by then. A promise that failed leaves the rest as it was: the app may go on, and
 * the next one is asked about a minute after the answer at the earliest. An exception is put to the user whatever came before,
 * unless one is being asked about.
 */
export function handleFaults(target: FaultSource, { ask, restart, quit }: FaultDeps): void {
  const asking = { exception: false, rejection: false };
  let answeredMs = -Infinity;
  const put = async (fault: unknown, kind: keyof typeof asking): Promise<void> => {
    asking[kind] = true;
    try {
      const chosen = await ask(fault instanceof Error ? fault.message : String(fault), kind === 'rejection');
      if (chosen === 'restart') restart();
      if (chosen === 'quit') quit();
    } finally {
      asking[kind] = false;
      answeredMs = performance.now();
    }
  };
  target.on('uncaughtException', (fault) => {
    console.error('An exception that nobody caught:', fault);
    if (!asking.exception) void put(fault, 'exception');
  });
  target.on('unhandledRejection', (fault) => {
    console.error('A promise failed that nobody waits for:', fault);
    const isSoon = performance.now() - answeredMs < BETWEEN_QUESTIONS_MS;
    if (!asking.exception && !asking.rejection && !isSoon) void put(fault, 'rejection');
  });
}
