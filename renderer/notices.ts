import type { Notice } from './api/types.ts';
import { KeptTraining } from './screens/train/kept-training.ts';
import type { App } from './state/app.svelte.ts';
import { Screening } from './state/screening.svelte.ts';
import { say, sayFault, TOAST_MS } from './state/toasts.ts';
import { words } from './words/words.ts';

/** An offer to go on stays long enough to come back to the screen and read it. */
const OFFER_MS = 60_000;

/** Acts on what the host says unasked, until `signal` or the end of the connection. */
export async function followNotices(app: App, signal: AbortSignal): Promise<void> {
  try {
    const notices = await app.api.app.notices(undefined, { signal });
    for await (const notice of notices) act(app, notice);
  } catch (error) {
    // The end of the connection is told elsewhere.
    if (!signal.aborted && app.connection === 'open') sayFault(error);
  }
}

function act(app: App, notice: Notice): void {
  switch (notice.kind) {
    case 'recovered': {
      const { sample, result } = notice;
      return app.keep(Screening).showRecovered({ sample, result });
    }
    case 'page-crashed':
      return say(words.common.pageCrashed, { durationMs: TOAST_MS });
    case 'graphics-crashed':
      return say(words.common.graphicsCrashed, { durationMs: TOAST_MS });
    case 'training-cut-off':
      return offerToGoOn(app, notice.run);
    case 'files':
      return void fetchFiles(app, notice.files).then(
        (files) => app.keep(Screening).openFiles(files),
        sayFault,
      );
    case 'go':
      return app.router.go(notice.screen);
  }
}

function offerToGoOn(app: App, run: Extract<Notice, { kind: 'training-cut-off' }>['run']): void {
  const label = run.resumable ? words.train.goOn : words.train.startAgain;
  const goOn = async (): Promise<void> => {
    app.router.go('train');
    await app.keep(KeptTraining).goOn(run.request);
  };
  say(words.train.cutOff, { action: { label, run: goOn }, durationMs: OFFER_MS });
}

/** Those that cannot be read are told of one by one. */
async function fetchFiles(
  app: App,
  handed: Extract<Notice, { kind: 'files' }>['files'],
): Promise<readonly File[]> {
  const files: File[] = [];
  for (const { id, name } of handed) {
    try {
      files.push(new File([await app.api.app.handedFile({ id })], name));
    } catch (error) {
      sayFault(error);
    }
  }
  return files;
}
