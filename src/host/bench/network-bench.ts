/** The network's measures on one backend, seen from the process that reports them. */
import { fileURLToPath } from 'node:url';
import { fromErrorInfo, UserError } from '../../base/errors.ts';
import type { BackendName } from '../../base/words.ts';
import type { Port } from '../port.ts';
import { forkProgram } from '../spawn-node.ts';
import { NETWORK_BENCHES, type BenchSource } from './bench-types.ts';
import type { BenchBatch, NetworkBenchReply, NetworkBenchRequest } from './network-bench-protocol.ts';

const PROGRAM = fileURLToPath(new URL('./network-bench-program.ts', import.meta.url));

/**
 * Starts a process, loads the backend there and hands it the batch.
 *
 * @param seconds Least time of one measure.
 * @throws UserError `no-backend` when the backend does not load.
 */
export async function startNetworkBench(
  backend: BackendName,
  batch: BenchBatch,
  seconds: number,
): Promise<BenchSource> {
  const { ask, close } = openBench(backend, forkProgram(PROGRAM));
  try {
    const ready = await ask({ kind: 'start', backend, batch });
    if (ready.kind !== 'ready') throw unexpected(backend, ready);
    const { detail, warning, threads } = ready;
    return {
      detail: `${backend}: ${detail}${warning === null ? '' : `. ${warning}`}`,
      contestants: NETWORK_BENCHES.map((bench) => ({
        bench,
        backend,
        threads,
        unit: 'images/s',
        measure: async () => {
          const reply = await ask({ kind: 'measure', bench, seconds });
          if (reply.kind !== 'measured') throw unexpected(backend, reply);
          return reply.imagesPerSecond;
        },
      })),
      close,
    };
  } catch (fault) {
    close();
    throw fault;
  }
}

/** One question at a time; the end of the process is an answer too. */
function openBench(backend: BackendName, port: Port) {
  let waiting: PromiseWithResolvers<NetworkBenchReply> | null = null;
  const take = () => {
    const taken = waiting;
    waiting = null;
    return taken;
  };
  port.onMessage((message) => take()?.resolve(message as NetworkBenchReply));
  port.onClose((reason) =>
    take()?.reject(
      new UserError(
        'no-backend',
        `The process that measured the backend ${backend} ended: ${reason}.`,
        backend,
      ),
    ),
  );
  return {
    ask: async (request: NetworkBenchRequest): Promise<NetworkBenchReply> => {
      waiting = Promise.withResolvers<NetworkBenchReply>();
      const reply = waiting.promise;
      port.postMessage(request);
      return reply;
    },
    close: () => port.close(),
  };
}

function unexpected(backend: BackendName, reply: NetworkBenchReply): Error {
  return reply.kind === 'error'
    ? fromErrorInfo(reply.error)
    : new Error(`the bench process of ${backend} answered ${reply.kind} out of turn`);
}
