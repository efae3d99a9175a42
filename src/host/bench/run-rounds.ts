/** Interleaved measuring: what changes on the machine in between hits every contestant alike. */
import type { Contestant } from './bench-types.ts';

export interface Measured {
  readonly contestant: Contestant;
  /** One value per round, in the order of the rounds. */
  readonly values: readonly number[];
}

export interface RoundsOptions {
  readonly rounds: number;
  /** Asked after each round that counts: true makes it the last. */
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
  /** @param round From 1; 0 warms up. */
  readonly onRound: (round: number) => void;
  /** A contestant that failed is left out from then on. */
  readonly onFailure: (contestant: Contestant, fault: unknown) => void;
}

/**
 * Measures each contestant once per round, in the same order every time. A first round warms up and is not counted.
 *
 * @returns Those that came through all rounds, in the order given; all with equally many values.
 * @throws The reason of the signal when it is aborted.
 */
export async function runRounds(
  contestants: readonly Contestant[],
  { rounds, isOver, signal, onRound, onFailure }: RoundsOptions,
): Promise<Measured[]> {
  let running = contestants.map((contestant) => ({ contestant, values: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    const through: typeof running = [];
    for (const entry of running) {
      signal.throwIfAborted();
      try {
        const value = await entry.contestant.measure();
        if (!(Number.isFinite(value) && value > 0)) throw new Error(`it measured ${value}`);
        if (round > 0) entry.values.push(value);
        through.push(entry);
      } catch (fault) {
        signal.throwIfAborted();
        onFailure(entry.contestant, fault);
      }
    }
    running = through;
    if (round > 0 && isOver()) break;
  }
  return running;
}
