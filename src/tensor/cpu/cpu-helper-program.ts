/** Entry of a helping thread of the engine `cpu` (src/tensor/load-cpu-engine.ts). */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { helpEngine, type HelperMessage, type HelperStart } from './cpu-helper.ts';

const port = parentPort;
if (port === null) throw new Error('This program is started by Steadypen itself and has no use alone.');
helpEngine(workerData as HelperStart, () => {
  const received = receiveMessageOnPort(port) as { message: HelperMessage } | undefined;
  return received?.message;
});
