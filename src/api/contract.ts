/**
 * Every call between the screens and the host, once: input, output, events and errors.
 * Served by src/host/router.ts over a WebSocket (loopback server) or a MessagePort (Electron).
 * Expected failures arrive as the typed error `REFUSED` whose data is an `ErrorInfo`.
 */
import { eventIterator, oc, type ContractRouterClient } from '@orpc/contract';
import * as z from 'zod';
import { POINTER_KINDS } from '../ink/recording.ts';
import * as s from './schemas.ts';

const call = oc.errors({ REFUSED: { data: s.errorInfo } });

/** What `screening.file` says while it works: pages may yield several samples. */
const screenEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), page: z.number(), pages: z.number() }),
  z.object({ kind: z.literal('sample'), sample: s.sampleSummary, result: s.screenResult }),
]);

export const contract = {
  app: {
    /** Versions, backends, data folder, database: what `steadypen doctor` prints. */
    doctor: call.output(s.doctorReport),
    settings: call.output(s.settings),
    changeSettings: call.input(s.settings.partial()).output(s.settings),
    /** What the host has to say unasked, as long as somebody listens; each notice reaches one window, once. */
    notices: call.output(eventIterator(s.notice)),
    /** The bytes of a file of the notice `files`, once. */
    handedFile: call.input(z.object({ id: z.uuid() })).output(z.instanceof(Blob)),
  },
  participants: {
    list: call.output(z.array(z.object({ code: s.participantCode, samples: z.number() }))),
    create: call.input(z.object({ code: s.participantCode })).output(z.object({ code: s.participantCode })),
  },
  capture: {
    /** Opens a journal on disk for a drawing; strokes are appended as they end, so that a crash loses at most the one under the pen. */
    begin: call
      .input(
        z.object({
          task: s.task,
          hand: s.hand,
          participant: s.participantCode.nullable(),
          unit: z.enum(['mm', 'px']),
          mmPerUnit: z.number().positive().nullable(),
          pointer: z.enum(POINTER_KINDS).default('unknown'),
        }),
      )
      .output(z.object({ id: s.sampleId })),
    append: call.input(z.object({ id: s.sampleId, stroke: s.rawStroke })),
    /** Takes back the last stroke that was appended (Undo; Redo appends it again). */
    retract: call.input(z.object({ id: s.sampleId })),
    /** Drops a journal whose drawing was cleared. */
    abandon: call.input(z.object({ id: s.sampleId })),
  },
  screening: {
    /** Stores a finished drawing, screens it, and answers with the stored sample. `journal` is closed by this. */
    recording: call
      .input(
        z.object({
          recording: s.recording,
          hand: s.hand,
          participant: s.participantCode.nullable(),
          journal: s.sampleId.nullable(),
        }),
      )
      .output(z.object({ sample: s.sampleSummary, result: s.screenResult })),
    /** Stores and screens one dropped file, page by page. Abort to cancel: finished pages stay. */
    file: call
      .input(
        z.object({
          file: z.instanceof(Blob),
          name: z.string().min(1).max(255),
          /** null lets the app guess what was drawn. */
          task: s.task.nullable(),
          participant: s.participantCode.nullable(),
        }),
      )
      .output(eventIterator(screenEvent)),
    /** Samples that ship with the app, to try it out. */
    examples: call.output(z.array(z.object({ name: z.string(), title: z.string(), task: s.task }))),
    example: call
      .input(z.object({ name: z.string(), participant: s.participantCode.nullable() }))
      .output(z.object({ sample: s.sampleSummary, result: s.screenResult })),
  },
  samples: {
    list: call.input(s.sampleFilter).output(
      z.object({
        samples: z.array(s.sampleSummary),
        matching: z.number(),
        total: z.number(),
        people: z.number(),
        matchingPeople: z.number(),
        disagreeing: z.number(),
      }),
    ),
    get: call.input(z.object({ id: s.sampleId })).output(s.sampleDetail),
    /** `thumb`: PNG whose alpha is the ink, long side ≤ 320. `page`: the grey page as WebP, long side ≤ 1600. `ink`: PNG, alpha is ink, same size as `page`. */
    picture: call
      .input(z.object({ id: s.sampleId, what: z.enum(['thumb', 'page', 'ink']) }))
      .output(z.instanceof(Blob)),
    /** null takes the label away; the history is kept. Answers with the former label, for Undo. */
    label: call
      .input(z.object({ ids: z.array(s.sampleId).min(1).max(500), label: s.label.nullable() }))
      .output(z.object({ former: z.array(z.object({ id: s.sampleId, label: s.label.nullable() })) })),
    /** Moves to the bin, from where `restore` brings back. */
    delete: call.input(z.object({ ids: z.array(s.sampleId).min(1).max(500) })),
    restore: call.input(z.object({ ids: z.array(s.sampleId).min(1).max(500) })),
  },
  training: {
    /** What there is to learn from. */
    data: call.output(
      z.object({
        regular: z.number(),
        tremorLike: z.number(),
        people: z.number(),
        /** The person with the largest share of one class, where that share exceeds 25 % and there are ≥ 3 people. */
        dominant: z.object({ participant: s.participantCode, label: s.label, share: z.number() }).nullable(),
      }),
    ),
    start: call.input(s.trainRequest).output(s.runSummary),
    /** The run in progress or the last one; null before the first. */
    current: call.output(s.runSummary.nullable()),
    /** All events of a run from its first on, then live until its end. */
    watch: call.input(z.object({ id: s.runId })).output(eventIterator(s.runEvent)),
    cancel: call.input(z.object({ id: s.runId })),
  },
  models: {
    list: call.output(z.array(s.modelSummary)),
    show: call.input(z.object({ id: s.modelId })).output(s.modelDetail),
    activate: call.input(z.object({ id: s.modelId })),
    /** Back to the model that was active before. */
    rollback: call.output(z.object({ id: s.modelId })),
    /** A candidate becomes archived: it stays on disk. */
    discard: call.input(z.object({ id: s.modelId })),
  },
};

export type Contract = typeof contract;
/** What the renderer holds: the same calls over either transport. */
export type Api = ContractRouterClient<Contract>;

export type { MaxUploadBytes, ReadableEnding } from './schemas.ts';
export type SampleSummary = z.infer<typeof s.sampleSummary>;
export type SampleDetail = z.infer<typeof s.sampleDetail>;
export type SampleFilter = z.input<typeof s.sampleFilter>;
export type TrainRequest = z.infer<typeof s.trainRequest>;
export type RunEvent = z.infer<typeof s.runEvent>;
export type RunSummary = z.infer<typeof s.runSummary>;
export type ModelSummary = z.infer<typeof s.modelSummary>;
export type ModelDetail = z.infer<typeof s.modelDetail>;
export type DoctorReport = z.infer<typeof s.doctorReport>;
export type BackendRates = z.infer<typeof s.backendRates>;
export type Settings = z.infer<typeof s.settings>;
export type Notice = z.infer<typeof s.notice>;
export type ScreenEvent = z.infer<typeof screenEvent>;
export type ScreenResultView = z.infer<typeof s.screenResult>;
export type RecordingInput = z.infer<typeof s.recording>;
export type RawStrokeInput = z.infer<typeof s.rawStroke>;
export type HeldOutMetrics = z.infer<typeof s.heldOutMetrics>;
export type EpochReport = z.infer<typeof s.epochReport>;
