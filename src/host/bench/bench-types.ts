/** Words of `steadypen bench`. */

/** Measured on the network alone, in a process of its own per backend. */
export const NETWORK_BENCHES = ['train', 'train-rvsm', 'infer-1', 'infer-32'] as const;
export type NetworkBenchName = (typeof NETWORK_BENCHES)[number];

/** Measured on the app: the screener process with the factory model, and the command line from its start. */
export type AppBenchName = 'screen-spiral' | 'screen-a4' | 'start';
export type BenchName = NetworkBenchName | AppBenchName;

/** Images per step of a training bench, and of `infer-32`. */
export const BENCH_BATCH = 32;

/** One thing that is measured once per round. */
export interface Contestant {
  readonly bench: BenchName;
  /** A backend of ours, or `torch`. */
  readonly backend: string;
  readonly threads: number;
  readonly unit: 'images/s' | 'ms';
  /** Once; the result is in `unit`, > 0. */
  measure(): Promise<number>;
}

/** What is known of a contestant in the end. */
export interface BenchLine extends Omit<Contestant, 'measure'> {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Contestants that share a process, a folder or the like. */
export interface BenchSource {
  readonly contestants: readonly Contestant[];
  /** What is measured, for the head of the report: library, version, how it computes. */
  readonly detail: string;
  /** Ends its processes and removes its files; a measure that runs is refused. Safe to call twice. */
  close(): void;
}
