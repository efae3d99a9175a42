/** An engine that computes on the other end of a port (serve-engine.ts): in another process, or in a worker of a page. */
import { fromErrorInfo, UserError } from '../base/errors.ts';
import type { Engine, Network, NetworkShape } from '../tensor/engine.ts';
import type { EnginePort } from './engine-port.ts';
import type { EngineCalls, EngineReply } from './engine-protocol.ts';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks the other end to start its engine.
 * @returns Behaves like the engine over there; its `close` closes the port. Calls fail with `engine-failed` from the moment
 *   at which the other end goes away, those that wait for an answer too.
 * @throws UserError `no-backend` as the other end says it, or `engine-failed`.
 */
export async function connectEngine(port: EnginePort): Promise<Engine> {
  const line = new Line(port);
  const { backend, detail, threads, warning } = await line.ask('describe');
  let networks = 0;
  return {
    backend,
    detail,
    threads,
    ...(warning === undefined ? {} : { warning }),
    open: async (shape) => {
      const number = networks++;
      await line.ask('open', number, shapeOf(shape));
      return networkOf(line, number);
    },
    close: () => line.close('it was closed'),
  };
}

function networkOf(line: Line, number: number): Network {
  let open = true;
  return {
    lossAndGradient: (flat, images, labels) => line.ask('lossAndGradient', number, flat, images, labels),
    cellContributions: (flat, images, count) => line.ask('cellContributions', number, flat, images, count),
    close: () => {
      if (!open) return;
      open = false;
      line.ask('closeNetwork', number).catch(() => undefined); // with its engine gone it is closed already
    },
  };
}

/** What may be a whole architecture is sent as what was asked for. */
function shapeOf({ inputSide, channels }: NetworkShape): NetworkShape {
  return { inputSide, channels: [...channels] };
}

/** Pairs answers with what asked for them. */
class Line {
  readonly #port: EnginePort;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #ended: UserError | null = null;

  constructor(port: EnginePort) {
    this.#port = port;
    port.onClose((reason) => this.#end(reason));
    port.onMessage((message) => {
      const reply = message as EngineReply; // our own program, by our own protocol
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(fromErrorInfo(reply.error));
      else waiting?.resolve(reply.answer as never);
    });
  }

  ask<Name extends keyof EngineCalls>(
    call: Name,
    ...args: EngineCalls[Name]['args']
  ): Promise<EngineCalls[Name]['answer']> {
    return new Promise<EngineCalls[Name]['answer']>((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended);
      const id = this.#asked++;
      this.#waiting.set(id, { resolve, reject });
      try {
        this.#port.postMessage({ id, call, args });
      } catch (error) {
        this.#end(error instanceof Error ? error.message : String(error));
      }
    });
  }

  close(reason: string): void {
    this.#end(reason);
    this.#port.close();
  }

  #end(reason: string): void {
    this.#ended ??= new UserError(
      'engine-failed',
      `The engine that computes in another process is gone (${reason}). Train again, or on the engine cpu.`,
      'engine',
    );
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
