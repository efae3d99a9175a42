/**
 * How threads share out the parts of a round: a leader opens it, everybody claims parts until none is left, the leader
 * waits for the last. Who computes a part is left to chance; where its result goes is not.
 *
 * The words are shared. A claim is one compare-and-swap on a word that holds the round's number and the next part, and the
 * leader closes that word before it changes anything, so that a thread that comes late can never take a part of a round that
 * it has not seen open.
 */

/** Places of the control words. */
const TURN = 0;
const CLAIMS = 1;
const PARTS = 2;
const DONE = 3;
const FAILED = 4;
const NETWORK = 5;
const WORK = 6;
const COUNT = 7;
const BATCH = 8;
const WORDS = 16;

/** Parts fit in the low bits of a claim word; the highest of them means "closed". */
const PART_BITS = 12;
const CLOSED = (1 << PART_BITS) - 1;
const ROUND_MASK = 0x7ffff;
/** Value of TURN that sends the helpers home. */
const END = -1;

/** One round: which network, what, of how many images, in how many parts. All whole numbers. */
export interface Round {
  readonly network: number;
  readonly work: number;
  /** Images of this round, and of the batch that it belongs to. */
  readonly count: number;
  readonly batch: number;
  readonly parts: number;
}

export class WorkQueue {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  #round = 0;

  /** @param buffer That of the leader; a new one unless given. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4 * WORDS)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Leader: closes the last round, so that what it reads may be changed. Its parts must all be done. */
  close(): void {
    this.#round = (this.#round + 1) & ROUND_MASK;
    Atomics.store(this.#words, CLAIMS, (this.#round << PART_BITS) | CLOSED);
  }

  /** Leader, after `close`: opens a round and wakes everybody. */
  open({ network, work, count, batch, parts }: Round): void {
    if (parts < 1 || parts >= CLOSED) throw new RangeError(`a round of ${parts} parts`);
    const words = this.#words;
    Atomics.store(words, PARTS, parts);
    Atomics.store(words, DONE, 0);
    Atomics.store(words, NETWORK, network);
    Atomics.store(words, WORK, work);
    Atomics.store(words, COUNT, count);
    Atomics.store(words, BATCH, batch);
    Atomics.store(words, CLAIMS, this.#round << PART_BITS);
    this.wake();
  }

  /** Leader: lets sleeping helpers look for work and messages. */
  wake(): void {
    Atomics.store(this.#words, TURN, (Atomics.load(this.#words, TURN) + 1) & 0x7fffffff);
    Atomics.notify(this.#words, TURN);
  }

  /** Leader: sends the helpers home. */
  end(): void {
    Atomics.store(this.#words, TURN, END);
    Atomics.notify(this.#words, TURN);
  }

  /**
   * Claims and does parts until none is left.
   * @param run Gets the round and the part. What it throws is told to the leader through `failed`, and thrown here.
   */
  work(run: (round: Omit<Round, 'parts'>, part: number) => void): void {
    const words = this.#words;
    for (;;) {
      const claim = Atomics.load(words, CLAIMS);
      const part = claim & CLOSED;
      if (part === CLOSED || part >= Atomics.load(words, PARTS)) return;
      if (Atomics.compareExchange(words, CLAIMS, claim, claim + 1) !== claim) continue;
      try {
        const [network, work, count, batch] = [NETWORK, WORK, COUNT, BATCH].map((place) =>
          Atomics.load(words, place),
        ) as [number, number, number, number];
        run({ network, work, count, batch }, part);
      } catch (error) {
        Atomics.store(words, FAILED, 1);
        throw error;
      } finally {
        Atomics.add(words, DONE, 1);
        Atomics.notify(words, DONE);
      }
    }
  }

  /** Whether a part of this queue has ever failed, whoever did it. */
  get failed(): boolean {
    return Atomics.load(this.#words, FAILED) !== 0;
  }

  /** Leader: blocks until all parts are done, at most `ms`. @returns whether they are. */
  waitForAll(ms: number): boolean {
    const words = this.#words;
    for (;;) {
      const done = Atomics.load(words, DONE);
      if (done >= Atomics.load(words, PARTS)) return true;
      if (Atomics.wait(words, DONE, done, ms) === 'timed-out') return false;
    }
  }

  /** What `sleep` is to be called with: read before looking for work, so that no call to wake is missed. */
  get turn(): number {
    return Atomics.load(this.#words, TURN);
  }

  /** Helper: blocks until the leader wakes it after `turn` was read. @returns false at the end of all work. */
  sleep(turn: number): boolean {
    if (turn === END) return false;
    Atomics.wait(this.#words, TURN, turn);
    return Atomics.load(this.#words, TURN) !== END;
  }
}
