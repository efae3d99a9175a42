/** A data thread that begins and then fails in the way it is told: by its first job's seed 1 an exit, 2 an error. */
import { parentPort } from 'node:worker_threads';
import type { DataReply, DataRequest } from '../../../../src/host/data-jobs.ts';

parentPort?.on('message', (message: DataRequest) => {
  if (message.kind !== 'start') return;
  if (message.job.stream.seed === 1) process.exit(3);
  throw new Error('no more ink');
});
parentPort?.postMessage({ kind: 'ready' } satisfies DataReply);
