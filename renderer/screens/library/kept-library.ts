import type { App } from '../../state/app.svelte.ts';
import { LibraryState, type LibraryNews } from '../../state/library.svelte.ts';
import { SampleState } from '../../state/sample.svelte.ts';
import { say } from '../../state/toasts.ts';
import { words } from '../../words/words.ts';

const w = words.library;

/** The window's one library: filters, cursor and place survive a look elsewhere. */
export class KeptLibrary extends LibraryState {
  constructor(app: App) {
    super({
      api: app.api,
      now: () => new Date(),
      tell: (news, undo) => say(newsText(news), { undo }),
    });
  }
}

export class KeptSample extends SampleState {
  constructor(app: App) {
    super({
      api: app.api,
      tell: (sample, label, undo) => say(newsText({ kind: 'labelled', samples: [sample], label }), { undo }),
    });
  }
}

/** "Spiral, scan of P-009 labelled regular", "3 samples moved to the bin". */
export function newsText(news: LibraryNews): string {
  const { samples } = news;
  const [only] = samples;
  const name = only && samples.length === 1 ? w.nameOf(w.titleOf(only), only.participant) : null;
  if (news.kind === 'deleted') return name === null ? w.deletedMany(samples.length) : w.deleted(name);
  return name === null ? w.labelledMany(samples.length, news.label) : w.labelled(name, news.label);
}
