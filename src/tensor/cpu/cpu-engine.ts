/**
 * The engine `cpu`: whole networks on our kernels, in one memory that several threads share. A batch is cut into fixed chunks
 * whose results have fixed places and are added up in fixed order, so that the bits are the same for any number of threads.
 * tfjs takes no part in it.
 */
import { UserError } from '../../base/errors.ts';
import type { Engine, Network, NetworkShape } from '../engine.ts';
import { WORKS, type HelperMessage, type HelperStart } from './cpu-helper.ts';
import { CpuNetwork, type Room } from './cpu-network.ts';
import { blankPageOf, geometryOf } from './geometry.ts';
import { CHUNK, planMemory } from './memory-plan.ts';
import { NetworkWorker, type Work } from './network-worker.ts';
import { WorkQueue } from './work-queue.ts';

/** A thread that runs `helpEngine`. */
export interface HelperThread {
  post(message: HelperMessage): void;
  end(): void;
}

export interface CpuEngineParts {
  /** Content of steadypen-engine.wasm, compiled. */
  readonly module: WebAssembly.Module;
  /** Threads in all, this one included, ≥ 1. */
  readonly threads: number;
  /** Starts one further thread. @param onDeath Called once when it ends before it is told to. */
  readonly startHelper: (start: HelperStart, onDeath: (reason: string) => void) => HelperThread;
  /** Lets other events of this thread be seen. */
  readonly nextTurn: () => Promise<void>;
}

/** How long the leader sleeps at most before it looks whether a helper has died. */
const LOOK_ROUND_MS = 100;
const PAGE = 65_536;
/** A network that takes more than this is at fault itself where there is no memory for it. */
const LARGE_BYTES = 500e6;

export class CpuEngine implements Engine {
  readonly backend = 'cpu';
  readonly threads: number;
  readonly detail = 'own WebAssembly kernels with SIMD';
  readonly #parts: CpuEngineParts;
  readonly #queue = new WorkQueue();
  readonly #helpers: HelperThread[];
  /**
   * Memories of closed networks, for the next ones of the same shape. A helper that sleeps does not collect its garbage, so
   * that a memory once handed out is never given back while the threads live.
   */
  readonly #free = new Map<string, Room[]>();
  #rooms = 0;
  #fault: UserError | null = null;
  #busy = false;

  constructor(parts: CpuEngineParts) {
    this.#parts = parts;
    this.threads = parts.threads;
    this.#queue.close();
    this.#helpers = Array.from({ length: parts.threads - 1 }, (_, i) =>
      parts.startHelper(
        { module: parts.module, queue: this.#queue.buffer, thread: i + 1 },
        (reason) => (this.#fault ??= failure(`a thread ended: ${reason}`)),
      ),
    );
  }

  /** @param shape One that `suitsKernels`. */
  open(shape: NetworkShape): Promise<Network> {
    const key = JSON.stringify([shape.inputSide, shape.channels]);
    const free = this.#free.get(key) ?? [];
    this.#free.set(key, free);
    const room = free.pop() ?? this.#makeRoom(shape);
    return Promise.resolve(
      new CpuNetwork(room, {
        run: (work, count, batch, prepare) => this.#run(room, work, count, batch, prepare),
        closed: () => void free.push(room),
      }),
    );
  }

  #makeRoom(shape: NetworkShape): Room {
    const { module, threads } = this.#parts;
    const { bytes } = planMemory(geometryOf(shape), blankPageOf(shape), threads);
    const memory = makeMemory(bytes);
    const id = this.#rooms++;
    const network = { shape, threads, memory };
    for (const helper of this.#helpers) helper.post({ id, network });
    this.#queue.wake();
    return { id, memory, worker: new NetworkWorker(module, network, 0) };
  }

  close(): void {
    this.#fault ??= failure('it was closed');
    this.#queue.end();
    for (const helper of this.#helpers) helper.end();
  }

  /** One round. @param prepare Changes what the round reads; called when no thread is reading. */
  async #run(
    { id: network, worker }: Room,
    work: Work,
    count: number,
    batch: number,
    prepare: () => void,
  ): Promise<void> {
    if (this.#fault !== null) throw this.#fault;
    if (this.#busy) throw new Error('an engine computes one round at a time');
    this.#busy = true;
    const queue = this.#queue;
    try {
      queue.close();
      prepare();
      const parts = work.result === 'cells' ? count : Math.ceil(count / CHUNK);
      queue.open({ network, work: WORKS.indexOf(work), count, batch, parts });
      queue.work((_, part) => worker.run(work, part, count, batch));
      while (!queue.waitForAll(LOOK_ROUND_MS)) {
        await this.#parts.nextTurn();
        if (this.#fault !== null) throw this.#fault;
      }
      if (queue.failed) throw (this.#fault ??= failure('a thread failed'));
    } catch (error) {
      // Other threads may still be at work on this round, so that no other can be opened.
      this.#fault ??= failure(error instanceof Error ? error.message : String(error));
      throw this.#fault;
    } finally {
      this.#busy = false;
    }
  }
}

function makeMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    const size = `${Math.round(bytes / 1e6)} MB`;
    throw new UserError(
      'out-of-memory',
      bytes > LARGE_BYTES
        ? `There is no memory for a network of this size (${size}): choose fewer channels or smaller pictures.`
        : `The system gave no room for a network of ${size}: close other programs, or raise the limit on address space (ulimit -v).`,
      'network',
      { cause },
    );
  }
}

function failure(reason: string): UserError {
  return new UserError('engine-failed', `The backend cpu failed: ${reason}.`, 'cpu');
}
