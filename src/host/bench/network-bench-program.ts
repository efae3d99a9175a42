/** Entry of the bench process: one backend for its whole life, so that one that crashes takes no other with it. */
import { toErrorInfo } from '../../base/errors.ts';
import type { OpenNetwork } from '../../model/predictor.ts';
import { openEngine } from '../../model/open-engine.ts';
import { REFERENCE_ARCHITECTURE } from '../../model/parameters.ts';
import { nodeClock } from '../node-clock.ts';
import { ownPort } from '../own-port.ts';
import type { BenchBatch, NetworkBenchReply, NetworkBenchRequest } from './network-bench-protocol.ts';
import { measureNetwork } from './network-steps.ts';

const port = ownPort();
let started: { readonly batch: BenchBatch; readonly open: OpenNetwork } | null = null;

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
      const engine = await openEngine(request.backend);
      const network = await engine.open(REFERENCE_ARCHITECTURE);
      started = { batch: request.batch, open: { architecture: REFERENCE_ARCHITECTURE, network } };
      const { detail, threads, warning = null } = engine;
      return { kind: 'ready', detail, warning, threads };
    }
    case 'measure': {
      if (started === null) throw new Error('measure came before start');
      const { bench, seconds } = request;
      return { kind: 'measured', imagesPerSecond: await measureNetwork(nodeClock, bench, started, seconds) };
    }
  }
}
