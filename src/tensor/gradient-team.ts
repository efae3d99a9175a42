/**
 * Data-parallel gradients: a batch is cut into fixed chunks, several threads compute them, the leader adds them in fixed
 * order. The result has the same bits for any number of threads.
 *
 * The memory of tfjs-backend-wasm cannot be shared, so each thread has a backend and parameters of its own; they meet in one
 * SharedArrayBuffer. How a thread is started is the caller's matter (worker_threads, Web Worker): it must load the backend
 * and call `followGradientTeam`.
 */
import {
  CLOSED,
  FINISHED,
  SharedBatch,
  TURN,
  type ComputeGradient,
  type LossAndGradient,
  type TeamSizes,
} from './shared-batch.ts';

/** What a thread needs to take part. Can be sent to it as it is. */
export interface TeamMember {
  readonly sizes: TeamSizes;
  readonly buffer: SharedArrayBuffer;
  /** From 1; 0 is the leader. */
  readonly member: number;
  /** Threads in all, with the leader. */
  readonly members: number;
}

/** How often a waiting leader looks whether a member has died, milliseconds. */
const LOOK_ROUND_MS = 500;

/** The leader's side. It computes a share itself, so one member means no other thread at all. */
export class GradientTeam {
  readonly #shared: SharedBatch;
  readonly #members: number;
  readonly #compute: ComputeGradient;
  #failure: Error | null = null;

  /** @param members Threads in all, with this one, ≥ 1. @param compute On this thread's backend. */
  constructor(sizes: TeamSizes, members: number, compute: ComputeGradient) {
    if (!Number.isInteger(members) || members < 1) throw new RangeError(`a team of ${members} threads`);
    this.#shared = new SharedBatch(sizes);
    this.#members = members;
    this.#compute = compute;
  }

  /** What to hand to each further thread. */
  invitations(): TeamMember[] {
    const { sizes, buffer } = this.#shared;
    return Array.from({ length: this.#members - 1 }, (_, i) => ({
      sizes,
      buffer,
      member: i + 1,
      members: this.#members,
    }));
  }

  /**
   * Mean loss and gradient of a batch. One call at a time.
   * @throws The error given to `fail`, or that of the leader's own share.
   */
  async lossAndGradient(
    parameters: Float32Array,
    images: Float32Array,
    labels: Uint8Array,
  ): Promise<LossAndGradient> {
    if (this.#failure) throw this.#failure;
    const { control } = this.#shared;
    this.#shared.fill(parameters, images, labels);
    Atomics.store(control, FINISHED, 0);
    Atomics.add(control, TURN, 1);
    Atomics.notify(control, TURN);
    await this.#shared.computeShare(0, this.#members, this.#compute);
    await this.#waitForOthers();
    return this.#shared.reduce();
  }

  /** Tells the leader that a thread has died; a call that waits for it ends with this error. */
  fail(error: Error): void {
    this.#failure ??= error;
    Atomics.notify(this.#shared.control, FINISHED);
  }

  /** Lets the other threads return from `followGradientTeam`. */
  close(): void {
    this.#failure ??= new Error('the gradient team was closed');
    Atomics.store(this.#shared.control, TURN, CLOSED);
    Atomics.notify(this.#shared.control, TURN);
  }

  async #waitForOthers(): Promise<void> {
    const { control } = this.#shared;
    for (;;) {
      if (this.#failure) throw this.#failure;
      const finished = Atomics.load(control, FINISHED);
      if (finished === this.#members - 1) return;
      await Atomics.waitAsync(control, FINISHED, finished, LOOK_ROUND_MS).value;
    }
  }
}

/**
 * A further thread's side: computes its share of every batch until the team is closed. Blocks its thread while it waits.
 * @throws The first error of `compute`; the caller must then let the leader's owner know, who calls `fail`.
 */
export async function followGradientTeam(invitation: TeamMember, compute: ComputeGradient): Promise<void> {
  const shared = new SharedBatch(invitation.sizes, invitation.buffer);
  const { control } = shared;
  for (let turn = 0; ;) {
    Atomics.wait(control, TURN, turn);
    turn = Atomics.load(control, TURN);
    if (turn === CLOSED) return;
    await shared.computeShare(invitation.member, invitation.members, compute);
    Atomics.add(control, FINISHED, 1);
    Atomics.notify(control, FINISHED);
  }
}
