/** Entry of a data thread: makes what it is asked for, a little ahead of what has been taken. */
import { parentPort } from 'node:worker_threads';
import { buffersOf, partsOf, type DataJob, type DataReply, type DataRequest } from './data-jobs.ts';

/** Parts that may wait to be taken: enough to work on while the receiver is busy, little enough to hold. */
const MOST_WAITING = 2;

if (parentPort === null) throw new Error('This program is started by Steadypen itself and has no use alone.');
const port = parentPort;
let waiting = 0;
let wake: () => void = () => undefined;

port.on('message', (message: DataRequest) => {
  if (message.kind === 'start') return void work(message.job);
  waiting--;
  wake();
});
say({ kind: 'ready' });

async function work(job: DataJob): Promise<void> {
  for (const part of partsOf(job)) {
    while (waiting >= MOST_WAITING) await new Promise<void>((resolve) => (wake = resolve));
    waiting++;
    say({ kind: 'part', part }, buffersOf(part));
  }
  say({ kind: 'ended' });
}

function say(reply: DataReply, moved: ArrayBuffer[] = []): void {
  port.postMessage(reply, moved);
}
