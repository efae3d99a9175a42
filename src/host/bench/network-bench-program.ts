/** Entry of the bench process: one backend for its whole life, so that one that crashes takes no other with it. */
import { toErrorInfo } from '../../base/errors.ts';
import { loadBackend } from '../../tensor/load-backend.ts';
import { nodeClock } from '../node-clock.ts';
import { ownPort } from '../own-port.ts';
import type { BenchBatch, NetworkBenchReply, NetworkBenchRequest } from './network-bench-protocol.ts';
import { measureNetwork } from './network-steps.ts';

const port = ownPort();
let batch: BenchBatch | null = null;

port.onMessage((message) => {
  const request = message as NetworkBenchRequest; // our own host, by our own protocol
  answer(request).then(
    (reply) => port.postMessage(reply),
    (fault: unknown) => {
      const reply: NetworkBenchReply = { kind: 'error', error: toErrorInfo(fault) };
      port.postMessage(reply);
    },
  );
});

async function answer(request: NetworkBenchRequest): Promise<NetworkBenchReply> {
  switch (request.kind) {
    case 'start': {
      batch = request.batch;
      const { detail, warning = null } = await loadBackend(request.backend);
      return { kind: 'ready', detail, warning, threads: 1 };
    }
    case 'measure': {
      if (batch === null) throw new Error('measure came before start');
      const { bench, seconds } = request;
      return { kind: 'measured', imagesPerSecond: await measureNetwork(nodeClock, bench, batch, seconds) };
    }
  }
}
