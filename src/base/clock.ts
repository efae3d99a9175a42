/** Time as an argument, so that the core never asks the machine. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  nowMs(): number;
  /** Monotonic milliseconds from an arbitrary origin, for durations. */
  elapsedMs(): number;
}
