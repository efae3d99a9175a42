import * as z from 'zod';
import { hand, participantCode, rawStroke, recording, task } from '../api/schemas.ts';
import type { SampleId } from '../base/ids.ts';
import { POINTER_KINDS } from '../ink/recording.ts';
import type { OpenJournal } from '../store/journal.ts';
import type { Store } from '../store/open-store.ts';
import type { Notices } from './notices.ts';
import type { DrawingToScreen, Screened, Screening } from './screening.ts';

/** First line of a journal. */
const journalHeader = z.object({
  task,
  hand,
  participant: participantCode.nullable(),
  unit: z.enum(['mm', 'px']),
  mmPerUnit: z.number().positive().nullable(),
  pointer: z.enum(POINTER_KINDS),
});

/**
 * Drawings that were not finished when the app, or its page, last ended: each becomes a sample, screened like any other, and
 * the screens are told. Empty ones are dropped; one that cannot be screened stays in its journal for the next start.
 */
export class Recovery {
  readonly #store: Store;
  readonly #screening: Screening;
  readonly #notices: Notices;
  #settled: Promise<number> = Promise.resolve(0);

  constructor(store: Store, screening: Screening, notices: Notices) {
    this.#store = store;
    this.#screening = screening;
    this.#notices = notices;
  }

  /** Settles when what was left is samples again, and never fails; resolves with how many came back last. */
  get settled(): Promise<number> {
    return this.#settled;
  }

  /**
   * To be called when nobody draws: at the start, and when the page that drew is gone. Once it returns, a page may draw:
   * journals begun since are none of these.
   */
  async start(): Promise<void> {
    const ids = await this.#store.journals.ids();
    const tell = (screened: Screened): void => this.#notices.add({ kind: 'recovered', ...screened });
    this.#settled = this.#settled.then(() => recoverDrawings(this.#store, this.#screening, ids, tell));
  }
}

async function recoverDrawings(
  store: Store,
  screening: Screening,
  ids: readonly SampleId[],
  tell: (screened: Screened) => void,
): Promise<number> {
  let recovered = 0;
  for (const id of ids) {
    try {
      const screened = await recoverOne(store, screening, id);
      if (screened === null) continue;
      recovered++;
      tell(screened);
    } catch (fault) {
      console.error(
        `The drawing ${id} could not be recovered yet:`,
        fault instanceof Error ? fault.message : fault,
      );
    }
  }
  return recovered;
}

async function recoverOne(store: Store, screening: Screening, id: SampleId): Promise<Screened | null> {
  const journal = await store.journals.read(id);
  const drawing = journal && drawingOf(journal);
  if (drawing === null) {
    await store.journals.setAside(id);
    return null;
  }
  if (drawing.recording.strokes.length === 0) {
    await store.journals.close(id);
    return null;
  }
  return screening.recording(drawing);
}

/** null where the header is not one of ours; strokes that are not whole are left out. */
function drawingOf(journal: OpenJournal): DrawingToScreen | null {
  const header = journalHeader.safeParse(journal.header);
  if (!header.success) return null;
  const { hand: drawnBy, participant, ...page } = header.data;
  const strokes = journal.strokes.flatMap((stroke) => {
    const whole = rawStroke.safeParse(stroke);
    return whole.success ? [whole.data] : [];
  });
  const whole = recording.safeParse({ schemaVersion: 1, ...page, strokes });
  return whole.success ? { recording: whole.data, hand: drawnBy, participant, journal: journal.id } : null;
}
