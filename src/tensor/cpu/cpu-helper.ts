/** A helping thread's side of the engine `cpu`: does parts of rounds until it is sent home. Blocks its thread. */
import { NetworkWorker, type SharedNetwork, type Work } from './network-worker.ts';
import { WorkQueue } from './work-queue.ts';

/** What kinds of work the control words name, by number. */
export const WORKS: readonly Work[] = (['gradient', 'cells'] as const).flatMap((result) =>
  (['floats', 'bytes'] as const).map((pixels) => ({ result, pixels })),
);

/** @throws RangeError for a number that names none. */
function workOf(number: number): Work {
  const work = WORKS[number];
  if (work === undefined) throw new RangeError(`there is no work ${number}`);
  return work;
}

/** What a helper is started with. Can be sent to a thread as it is. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly queue: SharedArrayBuffer;
  /** From 1; 0 is the leader. */
  readonly thread: number;
}

/** A network that later rounds may be about. */
export interface HelperMessage {
  readonly id: number;
  readonly network: SharedNetwork;
}

/**
 * @param receive The next message that has come, without waiting; undefined when there is none.
 * @throws What a part throws: the thread must end with it, and the leader be told.
 */
export function helpEngine(start: HelperStart, receive: () => HelperMessage | undefined): void {
  const queue = new WorkQueue(start.queue);
  const networks = new Map<number, NetworkWorker>();
  const readMessages = () => {
    for (let message = receive(); message !== undefined; message = receive()) {
      networks.set(message.id, new NetworkWorker(start.module, message.network, start.thread));
    }
  };
  const networkOf = (id: number): NetworkWorker => {
    // A message is sent before the first round that needs it, but perhaps after this thread last looked.
    if (!networks.has(id)) readMessages();
    const network = networks.get(id);
    if (network === undefined) throw new Error(`a round of the network ${id}, which was not opened`);
    return network;
  };
  for (;;) {
    const turn = queue.turn;
    readMessages();
    queue.work(({ network, work, count, batch }, part) =>
      networkOf(network).run(workOf(work), part, count, batch),
    );
    if (!queue.sleep(turn)) return;
  }
}
