/** The process that measures one backend, seen from the one that reports it. */
import { fromErrorInfo, UserError } from '../../base/errors.ts';
import type { BackendName } from '../../base/words.ts';
import { isMemoryMessage } from '../memory.ts';
import type { Port, SpawnChild } from '../port.ts';
import type { NetworkBenchName } from './bench-types.ts';
import type { BenchBatch, NetworkBenchReply, NetworkBenchRequest } from './network-bench-protocol.ts';

type Ready = Extract<NetworkBenchReply, { kind: 'ready' }>;

/** One question at a time. Every answer may be waited for so long and no longer; then the process is ended. */
export interface NetworkBench {
  /**
   * Loads the backend and opens the reference net on it; again with another number of threads as often as wanted.
   * @throws UserError `no-backend` when it does not load or its process ends; `timed-out`.
   */
  start(threads: number, batch: BenchBatch | null, limitMs: number): Promise<Ready>;
  /**
   * Images per second, over at least one step and at least `seconds`.
   * @throws UserError as `start` does, and whatever the engine says of itself.
   */
  measure(bench: NetworkBenchName, seconds: number, limitMs: number): Promise<number>;
  /** Ends the process; what waits is refused. Safe to call twice. */
  close(): void;
}

/** Starts the process; nothing is loaded yet. */
export function openNetworkBench(backend: BackendName, spawn: SpawnChild): NetworkBench {
  const { ask, close } = openPort(backend, spawn('network-bench'));
  return {
    start: async (threads, batch, limitMs) => {
      const reply = await ask({ kind: 'start', backend, threads, batch }, limitMs);
      if (reply.kind !== 'ready') throw unexpected(backend, reply);
      return reply;
    },
    measure: async (bench, seconds, limitMs) => {
      const reply = await ask({ kind: 'measure', bench, seconds }, limitMs);
      if (reply.kind !== 'measured') throw unexpected(backend, reply);
      return reply.imagesPerSecond;
    },
    close,
  };
}

/** The end of the process is an answer too. */
function openPort(backend: BackendName, port: Port) {
  let waiting: PromiseWithResolvers<NetworkBenchReply> | null = null;
  const take = () => {
    const taken = waiting;
    waiting = null;
    return taken;
  };
  port.onMessage((message) => {
    if (!isMemoryMessage(message)) take()?.resolve(message as NetworkBenchReply);
  });
  let ended: UserError | null = null;
  port.onClose((reason) => {
    const [how = reason] = reason.split('\n');
    ended = new UserError(
      'no-backend',
      `The process that measured the backend ${backend} ended: ${how}.`,
      backend,
    );
    take()?.reject(ended);
  });
  const ask = async (request: NetworkBenchRequest, limitMs: number): Promise<NetworkBenchReply> => {
    if (ended !== null) throw ended;
    waiting = Promise.withResolvers<NetworkBenchReply>();
    const reply = waiting.promise;
    const timer = setTimeout(() => {
      const seconds = Math.round(limitMs / 1000);
      const message = `The backend ${backend} gave no answer within ${seconds} s.`;
      take()?.reject(new UserError('timed-out', message, backend));
      port.close();
    }, limitMs);
    try {
      port.postMessage(request);
      return await reply;
    } finally {
      clearTimeout(timer);
    }
  };
  return { ask, close: () => port.close() };
}

function unexpected(backend: BackendName, reply: NetworkBenchReply): Error {
  return reply.kind === 'error'
    ? fromErrorInfo(reply.error)
    : new Error(`the bench process of ${backend} answered ${reply.kind} out of turn`);
}
