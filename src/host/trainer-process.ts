import { UserError } from '../base/errors.ts';
import { decodeCheckpoint } from '../model/checkpoint-file.ts';
import type {
  StartRequest,
  TrainerMessage,
  TrainerReply,
  TrainerRequest,
  TryingEngine,
} from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { isMemoryMessage } from './memory.ts';
import type { SpawnChild } from './port.ts';
import { RunPlace, startingOver } from './starting-over.ts';
import { thinnedWarning, thinOwn } from './training-memory.ts';

/** How long a trainer may take to answer a cancel before it is killed. */
const CANCEL_MS = 2000;

/**
 * Runs one training in a process of its own and passes on what it says. More own patches than it may hold are thinned first.
 * A process that dies on another backend than cpu (a driver can take it along) is followed by one that goes on from the last
 * checkpoint on the engines that are left. All are gone when this returns.
 *
 * @param signal Aborted to cancel: first by a message, after 2 s by force; at once where the reason is `closing`.
 * @param keep Puts a checkpoint file where it outlives this process; the former one stays whole until it is done. What it
 * throws becomes a warning, and training goes on.
 * @throws UserError `internal` where the last process ends without a last word.
 */
export async function* runTrainer(
  spawn: SpawnChild,
  start: StartRequest,
  signal: AbortSignal,
  keep: KeepCheckpoint = () => Promise.resolve(),
): AsyncGenerator<TrainEvent, void, void> {
  const own = start.own === null ? null : thinOwn(start.own);
  let say = start.own !== null && own !== start.own ? thinnedWarning(start.own) : null;
  let request: StartRequest = { ...start, own };
  for (;;) {
    const died = yield* runProcess(spawn, request, signal, say, keep);
    if (died === null) return;
    const failed = request.engines[died.engine];
    const [next, ...others] = request.engines.slice(died.engine + 1);
    if (signal.aborted || failed === undefined || failed.backend === 'cpu' || next === undefined) {
      throw new UserError(
        'internal',
        `The training process ended unexpectedly (${died.reason}). The active model is unchanged; start the training again.`,
        'training',
      );
    }
    const resume =
      died.checkpoint === null
        ? request.resume
        : ({ file: died.checkpoint, name: LAST_CHECKPOINT, otherwise: 'start' } as const);
    const place = resume ? decodeCheckpoint(resume.file, resume.name).state : null;
    say = startingOver(failed, next, `ended the training process ${died.where}`, died.reason, place);
    request = { ...request, engines: [next, ...others], startedOver: [...died.startedOver, say], resume };
  }
}

/** @throws Error that says why it is not kept. */
export type KeepCheckpoint = (file: Uint8Array) => Promise<void>;

const LAST_CHECKPOINT = 'The last checkpoint of this training';

/** The end of a process that did not say its last word. */
interface Died {
  readonly reason: string;
  /** Index of the engine that it was on. */
  readonly engine: number;
  /** E.g. `in epoch 3`. */
  readonly where: string;
  /** All that the run's card is to say of engines that failed before. */
  readonly startedOver: readonly string[];
  /** The last checkpoint file that it sent; null for none. */
  readonly checkpoint: Uint8Array | null;
}

/** One process from its start to its end, after a warning of ours if there is one. */
async function* runProcess(
  spawn: SpawnChild,
  request: StartRequest,
  signal: AbortSignal,
  warning: string | null,
  keep: KeepCheckpoint,
): AsyncGenerator<TrainEvent, Died | null, void> {
  signal.throwIfAborted();
  const port = spawn('trainer');
  const waiting: TrainerReply[] = warning === null ? [] : [{ kind: 'warning', message: warning }];
  const checkpoints = new Checkpoints(keep);
  let ended: string | null = null;
  let wake: () => void = () => undefined;
  let killer: NodeJS.Timeout | undefined;
  port.onMessage((message) => {
    if (isMemoryMessage(message)) return;
    const reply = message as TrainerMessage; // our own program, by our own protocol
    if (reply.kind === 'checkpoint') checkpoints.take(reply.file);
    else waiting.push(reply);
    wake();
  });
  port.onClose((reason) => {
    ended = reason;
    wake();
  });
  const cancel = () => {
    const cancelling: TrainerRequest = { kind: 'cancel' };
    if (signal.reason === 'closing' || ended !== null) return port.close();
    try {
      port.postMessage(cancelling);
    } catch {
      return port.close(); // it is ending already, and its end has not been told yet
    }
    killer = setTimeout(() => port.close(), CANCEL_MS);
  };
  signal.addEventListener('abort', cancel);
  let trying: Omit<TryingEngine, 'kind'> = { engine: 0, startedOver: request.startedOver };
  let place = new RunPlace();
  try {
    port.postMessage(request);
    for (;;) {
      while (checkpoints.isBehind) {
        const fault = await checkpoints.keepNewest();
        if (fault !== null) yield { kind: 'warning', message: fault };
      }
      const next = waiting.shift();
      if (next?.kind === 'trying') {
        trying = next;
        place = new RunPlace();
      } else if (next) {
        place.note(next);
        yield next;
        if (next.kind === 'done' || next.kind === 'failed') return null;
      } else if (ended !== null) {
        return { reason: ended, where: place.words, ...trying, checkpoint: checkpoints.newest };
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(killer);
    signal.removeEventListener('abort', cancel);
    port.close();
  }
}

/** What a process sent of its run, and what is not kept of it yet. */
class Checkpoints {
  newest: Uint8Array | null = null;
  /** Whether the newest is still to be kept. */
  isBehind = false;
  readonly #keep: KeepCheckpoint;
  #fault: string | null = null;

  constructor(keep: KeepCheckpoint) {
    this.#keep = keep;
  }

  take(file: Uint8Array): void {
    this.newest = file;
    this.isBehind = true;
  }

  /** @returns What to tell where it cannot be kept: once, until another one could be kept. */
  async keepNewest(): Promise<string | null> {
    this.isBehind = false;
    const before = this.#fault;
    try {
      if (this.newest !== null) await this.#keep(this.newest);
      this.#fault = null;
    } catch (fault) {
      this.#fault = fault instanceof Error ? fault.message : String(fault);
    }
    return this.#fault === null || this.#fault === before
      ? null
      : `A checkpoint could not be kept: ${this.#fault} Training goes on; the checkpoint before stays as it was.`;
  }
}
