/** Entry of the bench process: one backend for its whole life, so that one that crashes takes no other with it. */
import { toErrorInfo } from '../base/errors.ts';
import { REFERENCE_ARCHITECTURE } from '../model/parameters.ts';
import type { OpenNetwork } from '../model/predictor.ts';
import type { Engine } from '../tensor/engine.ts';
import type { BenchBatch, NetworkBenchReply, NetworkBenchRequest } from './bench/network-bench-protocol.ts';
import { measureNetwork } from './bench/network-steps.ts';
import { openEngineHere } from './engine-door.ts';
import { nodeClock } from './node-clock.ts';
import { ownPort } from './own-port.ts';

const port = ownPort();
let batch: BenchBatch | null = null;
let started: { readonly engine: Engine; readonly open: OpenNetwork } | null = null;

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
      started?.engine.close();
      started = null;
      batch = request.batch ?? batch ?? (await makeBatch());
      const engine = await openEngineHere(request.backend, { threads: request.threads });
      const network = await engine.open(REFERENCE_ARCHITECTURE);
      started = { engine, open: { architecture: REFERENCE_ARCHITECTURE, network } };
      const { detail, threads, warning = null } = engine;
      return { kind: 'ready', detail, warning, threads };
    }
    case 'measure': {
      if (started === null || batch === null) throw new Error('measure came before start');
      const { bench, seconds } = request;
      const on = { batch, open: started.open };
      return { kind: 'measured', imagesPerSecond: await measureNetwork(nodeClock, bench, on, seconds) };
    }
  }
}

async function makeBatch(): Promise<BenchBatch> {
  const { makeBenchBatch } = await import('./bench/bench-pictures.ts');
  return makeBenchBatch();
}
