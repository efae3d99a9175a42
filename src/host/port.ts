/**
 * The least that utilityProcess, worker threads, child_process.fork and browser workers have in common.
 * Messages are structured-clone values; binary travels as Uint8Array.
 */
export interface Port {
  /** Process number of the peer where it is a process that has started; to watch its memory. */
  readonly pid?: number | undefined;
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: (reason: string) => void): void;
  /** Ends the peer or the connection; safe to call twice. */
  close(): void;
}

/** Our child programs: the entries `src/host/<name>-program.ts`. */
export type ProgramName = 'screener' | 'trainer' | 'network-bench';

/** Starts one of our child programs and gives the port to it. Node and Electron each have one. */
export type SpawnChild = (program: ProgramName) => Port;
