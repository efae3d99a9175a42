/**
 * Entry of the screener process: opens untrusted files and judges them, one request at a time. It has no database and
 * may be killed at any instant. The tensor backend and the picture library load side by side while the host still
 * sends the first request.
 */
import nodeModule from 'node:module';
import { availableParallelism } from 'node:os';
import { openPicture, readBounded } from '../imaging/decode.ts';
import { encodeColourPng, encodeGreyWebp, encodeInkPng } from '../imaging/encode.ts';
import { loadSharp } from '../imaging/sharp-library.ts';
import { createScreener } from '../screening/screener.ts';
import type { ScreenerRequest } from '../screening/screener-protocol.ts';
import { nodeClock } from './node-clock.ts';
import { ownPort } from './own-port.ts';

/** More do not make a page faster than it is read. */
const MOST_THREADS = 4;

const port = ownPort();
const loadModelFile = loadEngine();
// A failure is told with the first request that needs the part.
loadModelFile.catch(() => undefined);
loadSharp().catch(() => undefined);

const screener = createScreener({
  clock: nodeClock,
  files: { readFile: readBounded, openPicture },
  pictures: { encodeColourPng, encodeGreyWebp, encodeInkPng },
  loadModel: async (bytes, modelId) => (await loadModelFile)(bytes, modelId),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
});

port.onMessage((message) => {
  const request = message as ScreenerRequest; // our own host, by our own protocol
  void screener
    .handle(request, (reply) => port.postMessage(reply))
    .then(() => {
      if (request.kind === 'screen') keepCompiledOnce();
    });
});

/** Killed at any instant, this process has no end at which Node would keep what it compiled. Older Nodes keep nothing. */
const { flushCompileCache }: Partial<Pick<typeof nodeModule, 'flushCompileCache'>> = nodeModule;
let isKept = false;
function keepCompiledOnce(): void {
  if (!isKept) flushCompileCache?.();
  isKept = true;
}

/** The tensor library is large: it is loaded while the port is already open. */
async function loadEngine() {
  const [{ openEngine }, model] = await Promise.all([
    import('../model/open-engine.ts'),
    import('../screening/load-model.ts'),
  ]);
  const engine = await openEngine('cpu', { threads: Math.min(MOST_THREADS, availableParallelism()) });
  return (bytes: Uint8Array, modelId: string) => model.loadModelFile(engine, bytes, modelId);
}
