import { UserError } from '../base/errors.ts';
import type { TrainerReply, TrainerRequest } from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { isMemoryMessage } from './memory.ts';
import type { SpawnChild } from './port.ts';
import { thinnedWarning, thinOwn } from './training-memory.ts';

/** How long a trainer may take to answer a cancel before it is killed. */
const CANCEL_MS = 2000;

/**
 * Runs one training in a process of its own and passes on what it says. More own patches than it may hold are thinned first. The process is gone when this returns.
 *
 * @param signal Aborted to cancel: first by a message, after 2 s by force; at once where the reason is `closing`.
 * @throws UserError `internal` where the process ends without a last word.
 */
export async function* runTrainer(
  spawn: SpawnChild,
  start: Extract<TrainerRequest, { kind: 'start' }>,
  signal: AbortSignal,
): AsyncGenerator<TrainEvent, void, void> {
  signal.throwIfAborted();
  const port = spawn('trainer');
  const waiting: TrainEvent[] = [];
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
    const request: TrainerRequest = { kind: 'cancel' };
    if (signal.reason === 'closing' || ended !== null) return port.close();
    try {
      port.postMessage(request);
    } catch {
      return port.close(); // it is ending already, and its end has not been told yet
    }
    killer = setTimeout(() => port.close(), CANCEL_MS);
  };
  signal.addEventListener('abort', cancel);
  try {
    const own = start.own === null ? null : thinOwn(start.own);
    port.postMessage({ ...start, own });
    if (start.own !== null && own !== start.own)
      yield { kind: 'warning', message: thinnedWarning(start.own) };
    for (;;) {
      const next = waiting.shift();
      if (next) {
        yield next;
        if (next.kind === 'done' || next.kind === 'failed') return;
      } else if (ended !== null) {
        throw new UserError(
          'internal',
          `The training process ended unexpectedly (${ended}). The active model is unchanged; start the training again.`,
          'training',
        );
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(killer);
    signal.removeEventListener('abort', cancel);
    port.close();
  }
}
