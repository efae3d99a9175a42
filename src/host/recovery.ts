import * as z from 'zod';
import { hand, participantCode, rawStroke, recording, task } from '../api/schemas.ts';
import type { SampleId } from '../base/ids.ts';
import { POINTER_KINDS } from '../ink/recording.ts';
import type { OpenJournal } from '../store/journal.ts';
import type { Store } from '../store/open-store.ts';
import type { DrawingToScreen, Screening } from './screening.ts';

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
 * Turns drawings that were not finished when the app last ended into samples, screened like any other. Empty ones are
 * dropped; one that cannot be screened stays in its journal for the next start.
 *
 * @param ids Journals found at the start; those begun since are none of ours.
 * @returns How many samples came back.
 */
export async function recoverDrawings(
  store: Store,
  screening: Screening,
  ids: readonly SampleId[],
): Promise<number> {
  let recovered = 0;
  for (const id of ids) {
    try {
      if (await recoverOne(store, screening, id)) recovered++;
    } catch (fault) {
      console.error(
        `The drawing ${id} could not be recovered yet:`,
        fault instanceof Error ? fault.message : fault,
      );
    }
  }
  return recovered;
}

async function recoverOne(store: Store, screening: Screening, id: SampleId): Promise<boolean> {
  const journal = await store.journals.read(id);
  const drawing = journal && drawingOf(journal);
  if (drawing === null) {
    await store.journals.setAside(id);
    return false;
  }
  if (drawing.recording.strokes.length === 0) {
    await store.journals.close(id);
    return false;
  }
  await screening.recording(drawing);
  return true;
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
