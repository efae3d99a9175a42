/** Entry of the trainer process: takes one `start` and sends `TrainerReply`s. The host closes it after the last, or kills it at any instant. */
import type { CheckpointReply, StartRequest, TrainerRequest } from '../model/trainer-protocol.ts';
import { openEngineHere } from './engine-door.ts';
import { nodeClock } from './node-clock.ts';
import { ownPort } from './own-port.ts';
import { runTrainingRequest } from './training-run.ts';

const port = ownPort();
const controller = new AbortController();
let started = false;

port.onMessage((message) => {
  const request = message as TrainerRequest;
  switch (request.kind) {
    case 'cancel':
      controller.abort();
      return;
    case 'start':
      if (started) throw new Error('a trainer process trains once');
      started = true;
      void train(request);
  }
});

async function train(request: StartRequest): Promise<void> {
  const run = runTrainingRequest(
    { clock: nodeClock, signal: controller.signal, openEngine: openEngineHere, saveCheckpoint },
    request,
  );
  for await (const event of run) port.postMessage(event);
}

function saveCheckpoint(file: Uint8Array): void {
  const message: CheckpointReply = { kind: 'checkpoint', file };
  port.postMessage(message);
}
