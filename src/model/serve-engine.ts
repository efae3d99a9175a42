import { toErrorInfo } from '../base/errors.ts';
import type { Engine, Network } from '../tensor/engine.ts';
import type { EnginePort } from './engine-port.ts';
import type { EngineFacts, EngineReply, EngineRequest } from './engine-protocol.ts';

/**
 * Lets the other end of a port (remote-engine.ts) compute with an engine of this process. One request at a time, in the
 * order of their coming; a failure is the answer to what failed, and the next request is tried anew.
 *
 * @param start Starts the engine; called with the first request, and again after it failed.
 */
export function serveEngine(start: () => Promise<Engine>, port: EnginePort): void {
  const networks = new Map<number, Network>();
  let starting: Promise<Engine> | null = null;
  const engine = (): Promise<Engine> => {
    starting ??= start().catch((error: unknown) => {
      starting = null;
      throw error;
    });
    return starting;
  };

  const answer = async (request: EngineRequest): Promise<EngineReply> => {
    const { id } = request;
    switch (request.call) {
      case 'describe':
        return { id, answer: factsOf(await engine()) };
      case 'open': {
        const [number, shape] = request.args;
        networks.set(number, await (await engine()).open(shape));
        return { id, answer: null };
      }
      case 'lossAndGradient': {
        const [number, ...args] = request.args;
        return { id, answer: await networkOf(number).lossAndGradient(...args) };
      }
      case 'cellContributions': {
        const [number, ...args] = request.args;
        return { id, answer: await networkOf(number).cellContributions(...args) };
      }
      case 'closeNetwork': {
        const [number] = request.args;
        networks.get(number)?.close();
        networks.delete(number);
        return { id, answer: null };
      }
    }
  };
  const networkOf = (number: number): Network => {
    const network = networks.get(number);
    if (network === undefined) throw new Error(`network ${number} is not open`);
    return network;
  };

  let turn = Promise.resolve();
  port.onMessage((message) => {
    const request = message as EngineRequest; // our own program, by our own protocol
    turn = turn.then(async () => {
      const reply = await answer(request).catch((error: unknown) => ({
        id: request.id,
        error: toErrorInfo(error),
      }));
      try {
        port.postMessage(reply);
      } catch {
        // Nobody is left to be told.
      }
    });
  });
  port.onClose(() => {
    for (const network of networks.values()) network.close();
    networks.clear();
    starting?.then(
      (started) => started.close(),
      () => undefined,
    );
  });
}

function factsOf({ backend, detail, threads, warning }: Engine): EngineFacts {
  return { backend, detail, threads, ...(warning === undefined ? {} : { warning }) };
}
