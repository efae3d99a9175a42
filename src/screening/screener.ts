import type { Clock } from '../base/clock.ts';
import { toErrorInfo, UserError } from '../base/errors.ts';
import { openInput, type FileTools } from './open-input.ts';
import { makeOverlay, makeSamplePictures, type PictureTools } from './sample-pictures.ts';
import { screenInk, type LoadedModel } from './screen-ink.ts';
import type { ScreenerReply, ScreenerRequest } from './screener-protocol.ts';
import { cutTrainingPatches } from './training-patches.ts';

export interface ScreenerDeps {
  readonly clock: Clock;
  readonly files: FileTools;
  readonly pictures: PictureTools;
  /** @throws UserError `bad-model`, `no-backend`. */
  readonly loadModel: (bytes: Uint8Array, modelId: string) => Promise<LoadedModel>;
  /** Lets other messages in, so that a cancel is heard. */
  readonly pause: () => Promise<void>;
}

type Reply = (reply: ScreenerReply) => void;
type Ask<Kind extends ScreenerRequest['kind']> = Extract<ScreenerRequest, { kind: Kind }>;

export interface Screener {
  /** Answers one request; every failure becomes an `error` reply, so this never rejects. */
  handle(request: ScreenerRequest, reply: Reply): Promise<void>;
}

/** The request handler of the screener process. It keeps the model and what is running, nothing else. */
export function createScreener(deps: ScreenerDeps): Screener {
  const running = new Map<number, AbortController>();
  let model: LoadedModel | null = null;

  async function run(request: Exclude<ScreenerRequest, Ask<'cancel'>>, reply: Reply): Promise<void> {
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      switch (request.kind) {
        case 'load-model': {
          const before = model;
          model = await deps.loadModel(request.model, request.modelId);
          before?.dispose?.();
          reply({ id: request.id, kind: 'done' });
          return;
        }
        case 'screen':
          await screenPages(deps, model, request, reply, controller.signal);
          reply({ id: request.id, kind: 'done' });
          return;
        case 'patches':
          reply({ id: request.id, kind: 'patches', ...(await cut(deps, request, controller.signal)) });
          return;
      }
    } finally {
      running.delete(request.id);
    }
  }

  return {
    handle: async (request, reply) => {
      if (request.kind === 'cancel') {
        running.get(request.cancels)?.abort();
        reply({ id: request.id, kind: 'done' });
        return;
      }
      try {
        await run(request, reply);
      } catch (error) {
        reply({ id: request.id, kind: 'error', error: toErrorInfo(error) });
      }
    },
  };
}

async function screenPages(
  deps: ScreenerDeps,
  model: LoadedModel | null,
  request: Ask<'screen'>,
  reply: Reply,
  signal: AbortSignal,
): Promise<void> {
  if (model === null) throw new Error('the screener was asked before it was given a model');
  let started = deps.clock.elapsedMs();
  const opened = await openInput(request.input, deps.files);
  for (let page = 1; page <= opened.pages; page++) {
    await deps.pause();
    throwIfCancelled(signal);
    reply({ id: request.id, kind: 'reading', page, pages: opened.pages });
    const subject = await opened.readSubject(page, request.task);
    const { sensitivity } = request;
    const { result, grey, ink } = await screenInk(model, subject, { pause: deps.pause, signal, sensitivity });
    const pictures = request.pictures ? await makeSamplePictures(grey, ink, deps.pictures) : null;
    const overlay = request.overlay ? await makeOverlay(grey, result.evidence.heat, deps.pictures) : null;
    throwIfCancelled(signal);
    const elapsedMs = Math.round(deps.clock.elapsedMs() - started);
    reply({
      id: request.id,
      kind: 'page',
      result: { ...result, ...(opened.pages > 1 ? { page } : {}), elapsedMs },
      pictures,
      overlay,
      recording: opened.recording,
    });
    started = deps.clock.elapsedMs();
  }
}

function cut(deps: ScreenerDeps, request: Ask<'patches'>, signal: AbortSignal) {
  return cutTrainingPatches(request.inputs, deps.files, async () => {
    await deps.pause();
    throwIfCancelled(signal);
  });
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new UserError('cancelled', 'Screening was cancelled.');
}
