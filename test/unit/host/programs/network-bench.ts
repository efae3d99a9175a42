/**
 * A bench process whose backends behave as their names say: cpu has up to two threads and makes 100 images/s with each;
 * cuda takes its process along when it computes; webgpu never answers a measure. For tests of what the host does with each.
 */
import type {
  NetworkBenchReply,
  NetworkBenchRequest,
} from '../../../../src/host/bench/network-bench-protocol.ts';
import { ownPort } from '../../../../src/host/own-port.ts';

const port = ownPort();
const say = (reply: NetworkBenchReply) => port.postMessage(reply);
let backend = '';
let threads = 0;
port.onMessage((message) => {
  const request = message as NetworkBenchRequest;
  if (request.kind === 'start') {
    backend = request.backend;
    threads = Math.min(2, request.threads);
    return say({ kind: 'ready', detail: 'scripted', warning: null, threads });
  }
  if (backend === 'cuda') process.kill(process.pid, 'SIGSEGV');
  if (backend === 'cpu') say({ kind: 'measured', imagesPerSecond: 100 * threads });
});
