import { UserError } from '../base/errors.ts';
import type { Task } from '../base/words.ts';
import { isRecordingName, readRecording } from '../ink/formats/read-recording.ts';
import { readClock } from '../ink/clock-evidence.ts';
import { measureTremor } from '../ink/kinematics.ts';
import type { Recording } from '../ink/recording.ts';
import type { DecodedPage, Picture } from '../imaging/decode.ts';
import { inkMapOf } from '../imaging/ink-map.ts';
import { drawRecording, drawStrokesNeutrally } from '../imaging/recording-picture.ts';
import { resolveTask } from '../imaging/task-source.ts';
import type { InkSubject } from './screen-ink.ts';
import type { ScreenInput } from './screener-protocol.ts';

/** How files are opened: src/imaging/decode.ts, or a double in tests. */
export interface FileTools {
  readFile(path: string): Promise<Uint8Array>;
  openPicture(bytes: Uint8Array, name: string): Promise<Picture>;
}

/** An input whose pages can be had one by one. */
export interface OpenedInput {
  readonly pages: number;
  /** Set where the input is or holds a recording. */
  readonly recording: Recording | null;
  /**
   * @param page From 1.
   * @param task By the user; null: what the file, its name or the shape says.
   */
  readSubject(page: number, task: Task | null): Promise<InkSubject>;
}

/**
 * Opens whatever is to be screened.
 *
 * @throws UserError naming the input.
 */
export async function openInput(input: ScreenInput, tools: FileTools): Promise<OpenedInput> {
  if (input.kind === 'recording') return openRecording(input.recording, null);
  const { bytes, name } =
    input.kind === 'path'
      ? { bytes: await tools.readFile(input.path), name: input.name ?? input.path }
      : { bytes: input.bytes, name: input.name };
  if (isRecordingName(name)) return openRecording(readRecording(bytes, name), name);
  const picture = await tools.openPicture(bytes, name);
  return {
    pages: picture.pages,
    recording: null,
    readSubject: async (page, task) => subjectOfPage(await picture.readPage(page), task, name),
  };
}

function subjectOfPage(page: DecodedPage, task: Task | null, name: string): InkSubject {
  return {
    kind: 'scan',
    grey: page.grey,
    original: { width: page.originalWidth, height: page.originalHeight },
    pxPerMm: page.pxPerMm,
    task,
    name,
    tremor: null,
    clock: null,
    warnings: [],
  };
}

/** @param name Of its file; null for a drawing of the app. */
function openRecording(recording: Recording, name: string | null): OpenedInput {
  return {
    pages: 1,
    recording,
    readSubject: (_page, task) => Promise.resolve(subjectOfRecording(recording, task, name)),
  };
}

function subjectOfRecording(recording: Recording, task: Task | null, name: string | null): InkSubject {
  const isSaid = task !== null || recording.task !== null;
  const neutral = isSaid ? null : drawStrokesNeutrally(recording.strokes);
  const ink = neutral === null ? null : inkMapOf(neutral);
  const resolved = resolveTask({ told: task, file: recording.task, name, ink });
  const known: Recording = { ...recording, task: resolved.task };
  const picture = drawRecording(known);
  if (picture === null) {
    const what = name ?? 'The drawing';
    throw new UserError('no-strokes', `${what} holds no strokes. Draw something first.`, what);
  }
  const clock = readClock(known, resolved.group);
  const { measures, warnings } = measureTremor(known, clock);
  return {
    kind: 'recording',
    grey: picture,
    original: picture,
    pxPerMm: picture.pxPerMm,
    task: resolved.task,
    resolved,
    tremor: measures,
    clock,
    warnings,
  };
}
