/** Entry of a thread that trains for the reproduction, one network after the other, on one core. */
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../base/errors.ts';
import { openEngine } from '../../model/open-engine.ts';
import { trainRun } from '../../reproduction/train-run.ts';
import { nodeClock } from '../node-clock.ts';
import type { StudyReply, StudyRequest, StudyThreadStart } from './study-protocol.ts';

const port = parentPort;
if (port === null) throw new Error('This program is started by Steadypen itself and has no use alone.');
const { datasets, threads, origin } = workerData as StudyThreadStart;
const engine = await openEngine('cpu', { threads });

port.on('message', (request: StudyRequest) => void answer(request));

async function answer({ spec, size }: StudyRequest): Promise<void> {
  const patches = datasets[spec.dataset];
  if (patches === undefined) throw new Error(`the thread has no patches of ${spec.dataset}`);
  let reply: StudyReply;
  try {
    reply = {
      kind: 'trained',
      run: await trainRun({ engine, clock: nodeClock }, patches, spec, size, origin),
    };
  } catch (fault) {
    // A loss that is no number is a result of this training, not of the whole.
    if (!(fault instanceof UserError && fault.code === 'non-finite-loss')) throw fault;
    reply = { kind: 'failed', spec, message: fault.message };
  }
  port?.postMessage(reply);
}
