import type { ErrorCode } from '../base/errors.ts';
import { UserError } from '../base/errors.ts';
import type { ScreenerReply, ScreenerRequest } from '../screening/screener-protocol.ts';
import { watchMemory } from './memory.ts';
import type { Port, SpawnChild } from './port.ts';

/** A request without its id, which the process counts. `Omit` would lose the union. */
export type Question<Request = ScreenerRequest> = Request extends { readonly id: number }
  ? Omit<Request, 'id'>
  : never;

export interface ProcessLimits {
  /** From a request or its last sign of life to the next reply. */
  readonly timeoutMs: number;
  /** For a new process to start and load its model. */
  readonly startMs: number;
  readonly memoryBytes: number;
  /** From a cancel to its acknowledgement; then the process is killed. */
  readonly cancelMs: number;
}

/** What a request is about, for the message when the process ends with it. */
export interface Asked {
  readonly question: Question;
  readonly subject: string;
  readonly signal?: AbortSignal | undefined;
  onReply(reply: ScreenerReply): void;
}

/**
 * One screener process and the one request it works on. Whatever ends the process (a crash, the clock, its memory)
 * rejects that request with a `UserError`; the process is then of no further use.
 */
export class ScreenerProcess {
  readonly #port: Port;
  readonly #limits: ProcessLimits;
  readonly #stopWatching: () => void;
  #nextId = 1;
  #current: {
    id: number;
    onReply: (reply: ScreenerReply) => void;
    fail: (fault: UserError) => void;
    subject: string;
  } | null = null;
  #ended = false;

  constructor(spawn: SpawnChild, limits: ProcessLimits) {
    this.#limits = limits;
    this.#port = spawn('screener');
    this.#port.onMessage((message) => {
      const reply = message as ScreenerReply; // our own program, by our own protocol
      if (reply.id === this.#current?.id) this.#current.onReply(reply);
    });
    this.#port.onClose((reason) => {
      this.#end(
        'internal',
        (subject) => `${subject} made the screener stop (${reason}). It was left out; the others go on.`,
      );
    });
    this.#stopWatching = watchMemory(this.#port, limits.memoryBytes, (bytes) => {
      const megabytes = Math.round(bytes / 1e6);
      this.#end(
        'out-of-memory',
        (subject) =>
          `${subject} needed too much memory (${megabytes} MB) and was left out. Save it at a lower resolution and try again.`,
      );
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Sends a request and resolves with its last reply. One at a time. @throws UserError */
  async ask(asked: Asked): Promise<ScreenerReply> {
    if (this.#current) throw new Error('the screener is busy');
    const id = this.#nextId++;
    const { signal, subject } = asked;
    let timer: NodeJS.Timeout | undefined;
    const cancel = () => {
      this.#send({ id: this.#nextId++, kind: 'cancel', cancels: id });
      timer = this.#arm(timer, this.#limits.cancelMs, () => this.#end('cancelled', () => 'Cancelled.'));
    };
    try {
      return await new Promise<ScreenerReply>((resolve, reject) => {
        const expect = () => {
          const limit = asked.question.kind === 'load-model' ? this.#limits.startMs : this.#limits.timeoutMs;
          timer = this.#arm(timer, limit, () =>
            this.#end(
              'timed-out',
              (name) =>
                `${name} took longer than ${limit / 1000} s and was left out. Try a smaller or cleaner copy of it.`,
            ),
          );
        };
        const onReply = (reply: ScreenerReply) => {
          if (reply.kind === 'done' || reply.kind === 'error' || reply.kind === 'patches') resolve(reply);
          else {
            if (!signal?.aborted) expect();
            asked.onReply(reply);
          }
        };
        this.#current = { id, onReply, fail: reject, subject };
        if (this.#ended) return reject(new UserError('internal', 'The screener has ended.', subject));
        if (signal?.aborted) return reject(new UserError('cancelled', 'Cancelled.', subject));
        signal?.addEventListener('abort', cancel, { once: true });
        expect();
        this.#send({ ...asked.question, id });
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      this.#current = null;
    }
  }

  /** Kills the process at once. */
  kill(): void {
    this.#end('cancelled', () => 'Steadypen was closed.');
  }

  #arm(former: NodeJS.Timeout | undefined, ms: number, then: () => void): NodeJS.Timeout {
    clearTimeout(former);
    return setTimeout(then, ms);
  }

  #send(request: ScreenerRequest): void {
    try {
      this.#port.postMessage(request);
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      this.#end('internal', (subject) => `${subject} could not be handed to the screener: ${reason}.`);
    }
  }

  #end(code: ErrorCode, message: (subject: string) => string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWatching();
    this.#port.close();
    const current = this.#current;
    current?.fail(new UserError(code, message(current.subject), current.subject));
  }
}
