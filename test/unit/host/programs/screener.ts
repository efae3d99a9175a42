/**
 * A screener that does what the name of its input says: `crash`, `hang`, `deaf` (hangs and ignores a cancel), `eat`
 * (memory), `broken` (an error), `engine` (its engine has failed, and fails from then on), `3 pages`, anything else one page. For tests of what the host does with each.
 */
import { ownPort } from '../../../../src/host/own-port.ts';
import type { ScreenerReply, ScreenerRequest } from '../../../../src/screening/screener-protocol.ts';
import { resultOf } from '../../store/support.ts';

const port = ownPort();
const reply = (message: ScreenerReply) => port.postMessage(message);
const text = new TextEncoder();
let modelId = 'none';
let engineFailed = false;
const eaten: Uint8Array[] = [];
const hanging = new Map<number, () => void>();

port.onMessage((message) => {
  const request = message as ScreenerRequest;
  switch (request.kind) {
    case 'load-model':
      modelId = request.modelId;
      return reply({ id: request.id, kind: 'done' });
    case 'cancel':
      return hanging.get(request.cancels)?.();
    case 'patches':
      return patches(request);
    case 'screen':
      return screen(request);
  }
});

function screen(request: Extract<ScreenerRequest, { kind: 'screen' }>): void {
  const { id, input } = request;
  const name = input.kind === 'recording' ? 'drawing' : (input.name ?? 'path');
  if (/crash/.test(name)) {
    console.error('last words');
    process.exit(7);
  }
  if (/eat/.test(name)) for (;;) eaten.push(new Uint8Array(20e6).fill(1));
  if (/deaf/.test(name)) return;
  if (/hang/.test(name)) {
    reply({ id, kind: 'reading', page: 1, pages: 2 });
    hanging.set(id, () => reply({ id, kind: 'error', error: { code: 'cancelled', message: 'Cancelled.' } }));
    return;
  }
  engineFailed ||= /engine/.test(name);
  if (engineFailed) {
    const message = 'The backend cpu failed: a thread ended.';
    return reply({ id, kind: 'error', error: { code: 'engine-failed', message } });
  }
  if (/broken/.test(name)) {
    const message = `${name} is damaged. Export it again.`;
    return reply({ id, kind: 'error', error: { code: 'damaged', message, subject: name } });
  }
  const pages = /3 pages/.test(name) ? 3 : 1;
  for (let page = 1; page <= pages; page++) {
    reply({ id, kind: 'reading', page, pages });
    const task = request.task ?? (input.kind === 'recording' ? (input.recording.task ?? 'page') : 'page');
    const result = resultOf({
      kind: input.kind === 'recording' ? 'recording' : 'scan',
      task,
      modelId,
      sensitivity: request.sensitivity,
      verdict: 'tremor-like',
      probability: 0.9,
      ...(pages > 1 ? { page } : {}),
    });
    const pictures = {
      thumb: text.encode('thumb'),
      page: text.encode('page'),
      ink: text.encode('ink'),
      width: 64,
      height: 48,
    };
    reply({
      id,
      kind: 'page',
      result,
      pictures: request.pictures ? pictures : null,
      overlay: null,
      recording: null,
    });
  }
  reply({ id, kind: 'done' });
}

/** One patch for each sample, all of its subject and label. */
function patches(request: Extract<ScreenerRequest, { kind: 'patches' }>): void {
  const { inputs } = request;
  if (inputs.some(({ input }) => input.kind !== 'recording' && /crash/.test(input.name ?? '')))
    process.exit(7);
  reply({
    id: request.id,
    kind: 'patches',
    patches: {
      count: inputs.length,
      pixels: new Uint8Array(inputs.length * 128 * 128),
      labels: Uint8Array.from(inputs, (input) => (input.tremorLike ? 1 : 0)),
      subjects: inputs.map((input) => input.subject),
      groups: inputs.map(() => 'spiral' as const),
    },
    skipped: [],
  });
}
