import { UserError } from '../base/errors.ts';
import type { Task } from '../base/words.ts';
import { isRecordingName, readRecording } from '../ink/formats/read-recording.ts';
import { measureTremor } from '../ink/kinematics.ts';
import type { Recording } from '../ink/recording.ts';
import type { DecodedPage, Picture } from '../imaging/decode.ts';
import { drawRecording } from '../imaging/recording-picture.ts';
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
  /** @param page From 1. */
  readSubject(page: number, task: Task | null): Promise<InkSubject>;
}

/**
 * Opens whatever is to be screened.
 *
 * @throws UserError naming the input.
 */
export async function openInput(input: ScreenInput, tools: FileTools): Promise<OpenedInput> {
  if (input.kind === 'recording') return openRecording(input.recording, 'The drawing');
  const { bytes, name } =
    input.kind === 'path'
      ? { bytes: await tools.readFile(input.path), name: input.name ?? input.path }
      : { bytes: input.bytes, name: input.name };
  if (isRecordingName(name)) return openRecording(readRecording(bytes, name), name);
  const picture = await tools.openPicture(bytes, name);
  return {
    pages: picture.pages,
    recording: null,
    readSubject: async (page, task) => subjectOfPage(await picture.readPage(page), task),
  };
}

function subjectOfPage(page: DecodedPage, task: Task | null): InkSubject {
  return {
    kind: 'scan',
    grey: page.grey,
    original: { width: page.originalWidth, height: page.originalHeight },
    pxPerMm: page.pxPerMm,
    task,
    tremor: null,
    warnings: [],
  };
}

function openRecording(recording: Recording, name: string): OpenedInput {
  return {
    pages: 1,
    recording,
    readSubject: (_page, task) => Promise.resolve(subjectOfRecording(recording, task, name)),
  };
}

function subjectOfRecording(recording: Recording, task: Task | null, name: string): InkSubject {
  const asked = task ?? recording.task;
  const picture = drawRecording({ ...recording, task: asked });
  if (picture === null) {
    throw new UserError('no-strokes', `${name} holds no strokes. Draw something first.`, name);
  }
  const { measures, warnings } = measureTremor(recording);
  return {
    kind: 'recording',
    grey: picture,
    original: picture,
    pxPerMm: picture.pxPerMm,
    task: asked,
    tremor: measures,
    warnings,
  };
}
