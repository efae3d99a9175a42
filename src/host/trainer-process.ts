import { UserError } from '../base/errors.ts';
import type { StartRequest, TrainerReply, TrainerRequest, TryingEngine } from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { isMemoryMessage } from './memory.ts';
import type { SpawnChild } from './port.ts';
import { RunPlace, startingOver } from './starting-over.ts';
import { thinnedWarning, thinOwn } from './training-memory.ts';

/** How long a trainer may take to answer a cancel before it is killed. */
const CANCEL_MS = 2000;

/**
 * Runs one training in a process of its own and passes on what it says. More own patches than it may hold are thinned first.
 * A process that dies on another backend than cpu (a driver can take it along) is followed by one that starts over on the
 * engines that are left. All are gone when this returns.
 *
 * @param signal Aborted to cancel: first by a message, after 2 s by force; at once where the reason is `closing`.
 * @throws UserError `internal` where the last process ends without a last word.
 */
export async function* runTrainer(
  spawn: SpawnChild,
  start: StartRequest,
  signal: AbortSignal,
): AsyncGenerator<TrainEvent, void, void> {
  const own = start.own === null ? null : thinOwn(start.own);
  let say = start.own !== null && own !== start.own ? thinnedWarning(start.own) : null;
  let request = { ...start, own };
  for (;;) {
    const died = yield* runProcess(spawn, request, signal, say);
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
    say = startingOver(failed, next, `ended the training process ${died.where}`, died.reason);
    request = { ...request, engines: [next, ...others], startedOver: [...died.startedOver, say] };
  }
}

/** The end of a process that did not say its last word. */
interface Died {
  readonly reason: string;
  /** Index of the engine that it was on. */
  readonly engine: number;
  /** E.g. `in epoch 3`. */
  readonly where: string;
  /** All that the run's card is to say of engines that failed before. */
  readonly startedOver: readonly string[];
}

/** One process from its start to its end, after a warning of ours if there is one. */
async function* runProcess(
  spawn: SpawnChild,
  request: StartRequest,
  signal: AbortSignal,
  warning: string | null,
): AsyncGenerator<TrainEvent, Died | null, void> {
  signal.throwIfAborted();
  const port = spawn('trainer');
  const waiting: TrainerReply[] = warning === null ? [] : [{ kind: 'warning', message: warning }];
  let ended: string | null = null;
  let wake: () => void = () => undefined;
  let killer: NodeJS.Timeout | undefined;
  port.onMessage((message) => {
    if (isMemoryMessage(message)) return;
    waiting.push(message as TrainerReply); // our own program, by our own protocol
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
      const next = waiting.shift();
      if (next?.kind === 'trying') {
        trying = next;
        place = new RunPlace();
      } else if (next) {
        place.note(next);
        yield next;
        if (next.kind === 'done' || next.kind === 'failed') return null;
      } else if (ended !== null) {
        return { reason: ended, where: place.words, ...trying };
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(killer);
    signal.removeEventListener('abort', cancel);
    port.close();
  }
}
