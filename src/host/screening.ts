import { randomUUID } from 'node:crypto';
import type { RecordingInput, SampleSummary, ScreenEvent, ScreenResultView } from '../api/contract.ts';
import { MAX_UPLOAD_BYTES } from '../api/schemas.ts';
import { UserError } from '../base/errors.ts';
import type { BlobHash, SampleId } from '../base/ids.ts';
import type { Hand, Task } from '../base/words.ts';
import type { NewSample } from '../store/samples.ts';
import type { Store } from '../store/open-store.ts';
import { asSampleId } from './ids.ts';
import type { ModelShelf } from './model-shelf.ts';
import type { ScreenedPage, ScreenerClient } from './screener-client.ts';
import type { AppSettings } from './settings.ts';

export interface Screened {
  readonly sample: SampleSummary;
  readonly result: ScreenResultView;
}

export interface DrawingToScreen {
  readonly recording: RecordingInput;
  readonly hand: Hand;
  readonly participant: string | null;
  /** Of the drawing's journal; null where it has none. */
  readonly journal: SampleId | null;
}

export interface FileToScreen {
  readonly file: Blob;
  readonly name: string;
  readonly task: Task | null;
  readonly participant: string | null;
}

/** Screens what comes in with the active model, as sensitively as the settings say, and keeps it with its result. */
export class Screening {
  readonly #store: Store;
  readonly #shelf: ModelShelf;
  readonly #screener: ScreenerClient;
  readonly #settings: AppSettings;
  /** Drawings that are being screened: one is never screened twice at a time. */
  readonly #busy = new Map<SampleId, Promise<void>>();

  constructor(store: Store, shelf: ModelShelf, screener: ScreenerClient, settings: AppSettings) {
    this.#store = store;
    this.#shelf = shelf;
    this.#screener = screener;
    this.#settings = settings;
  }

  /** Starts the screener with the active model. @throws UserError `bad-model` where there is none. */
  async warmUp(): Promise<void> {
    await this.#useActiveModel();
    await this.#screener.warmUp();
  }

  /**
   * Screens and keeps a finished drawing. Until it is stored it stays in its journal, so that whatever fails here it is
   * found again at the next start.
   * @throws UserError `no-strokes`, or why it could not be screened or stored.
   */
  async recording(drawing: DrawingToScreen, signal?: AbortSignal): Promise<Screened> {
    if (drawing.recording.strokes.length === 0) {
      if (drawing.journal !== null) await this.#store.journals.close(drawing.journal);
      throw new UserError('no-strokes', 'Nothing was drawn. Draw on the page first.', 'recording');
    }
    const id = drawing.journal ?? (await this.#journal(drawing));
    await this.#busy.get(id)?.catch(() => undefined); // e.g. for a page that has crashed since: it may have come to its end
    const work = this.#screenOnce(id, drawing, signal);
    this.#busy.set(id, work);
    await work.finally(() => this.#busy.delete(id));
    const screened = await this.#read(id);
    await this.#store.journals.close(id);
    return screened;
  }

  /** Leaves alone what is stored already. */
  async #screenOnce(id: SampleId, drawing: DrawingToScreen, signal: AbortSignal | undefined): Promise<void> {
    if (await this.#store.library.has(id)) return;
    const { recording, hand, participant } = drawing;
    await this.#useActiveModel();
    const { sensitivity } = await this.#settings.read();
    const options = { task: recording.task, sensitivity, pictures: true, signal };
    for await (const reply of this.#screener.screen({ kind: 'recording', recording }, options)) {
      if (reply.kind !== 'page') continue;
      await this.#keep({ id, hand, participant, originalName: null, file: null }, { ...reply, recording });
    }
  }

  /**
   * Screens a file and keeps each page as it comes. Nothing is kept of a file that cannot be read.
   * @throws UserError naming the file.
   */
  async *file(input: FileToScreen, signal?: AbortSignal): AsyncGenerator<ScreenEvent, void, void> {
    const { name, task, participant } = input;
    if (input.file.size > MAX_UPLOAD_BYTES) throw tooLarge(input);
    await this.#useActiveModel();
    const { sensitivity } = await this.#settings.read();
    const options = { task, sensitivity, pictures: true, signal };
    const incoming = await this.#store.blobs.receive(input.file.stream());
    try {
      const source = { kind: 'path', path: incoming.path, name } as const;
      let file: BlobHash | null = null;
      for await (const reply of this.#screener.screen(source, options)) {
        if (reply.kind === 'reading') {
          yield { kind: 'reading', page: reply.page, pages: reply.pages };
          continue;
        }
        file ??= await incoming.keep(); // the screener has read it whole before its first page
        const id = asSampleId(randomUUID());
        await this.#keep({ id, hand: null, participant, originalName: name, file }, reply);
        yield { kind: 'sample', ...(await this.#read(id)) };
      }
    } finally {
      await incoming.discard();
    }
  }

  /** Screens a file of one page. @throws UserError naming the file. */
  async firstPage(input: FileToScreen, signal?: AbortSignal): Promise<Screened> {
    for await (const event of this.file(input, signal)) {
      if (event.kind === 'sample') return { sample: event.sample, result: event.result };
    }
    throw new UserError('damaged', `${input.name} holds no page.`, input.name);
  }

  async #useActiveModel(): Promise<void> {
    const model = await this.#shelf.active();
    this.#screener.useModel(model.id, model.file);
  }

  async #keep(
    sample: Omit<NewSample, 'result' | 'pictures' | 'recording'>,
    page: Pick<ScreenedPage, 'result' | 'pictures' | 'recording'>,
  ): Promise<void> {
    const { result, pictures, recording } = page;
    await this.#store.samples.add({ ...sample, result, pictures, recording });
  }

  async #read(id: SampleId): Promise<Screened> {
    const [sample, result] = [await this.#store.library.row(id), await this.#store.library.result(id)];
    return { sample, result };
  }

  async #journal({ recording, hand, participant }: DrawingToScreen): Promise<SampleId> {
    const id = asSampleId(randomUUID());
    const { task, unit, mmPerUnit, pointer } = recording;
    await this.#store.journals.begin(id, { task, hand, participant, unit, mmPerUnit, pointer });
    for (const stroke of recording.strokes) await this.#store.journals.append(id, stroke);
    return id;
  }
}

function tooLarge({ file, name }: FileToScreen): UserError {
  const [has, limit] = [file.size, MAX_UPLOAD_BYTES].map((bytes) => Math.ceil(bytes / 1024 / 1024));
  const message = `${name} has ${has} MB; ${limit} MB is the most. Save it at a lower resolution or as JPEG.`;
  return new UserError('too-large', message, name);
}
