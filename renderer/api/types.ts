/** Types of the contract under the names that the screens use. */
import type {
  EpochReport,
  ModelDetail,
  RecordingInput,
  SampleSummary,
  ScreenResultView,
  Settings,
  RawStrokeInput,
} from '../../src/api/contract.ts';
import type { errorInfo, hand, label, task, verdict } from '../../src/api/schemas.ts';

export type {
  Api,
  BackendRates,
  DoctorReport,
  EpochReport,
  HeldOutMetrics,
  MaxUploadBytes,
  ModelDetail,
  ModelSummary,
  Notice,
  ReadableEnding,
  RunEvent,
  RunSummary,
  SampleDetail,
  SampleFilter,
  SampleSummary,
  ScreenEvent,
  ScreenResultView,
  Settings,
  TrainRequest,
} from '../../src/api/contract.ts';

type Output<Schema> = Schema extends { _zod: { output: infer O } } ? O : never;

export type Task = Output<typeof task>;
export type Label = Output<typeof label>;
export type Verdict = Output<typeof verdict>;
export type NetworkName = NonNullable<EpochReport['network']>;
export type Hand = Output<typeof hand>;
export type ErrorInfo = Output<typeof errorInfo>;
export type Reason = NonNullable<SampleSummary['reason']>;
export type Refusal = NonNullable<ScreenResultView['refusal']>;
export type InconclusiveReason = NonNullable<ScreenResultView['inconclusive']>;
export type ScreenWarning = ScreenResultView['warnings'][number];
export type PictureWitness = NonNullable<ScreenResultView['picture']>;
export type ClockWitness = NonNullable<ScreenResultView['clock']>;
export type Agreement = NonNullable<ScreenResultView['agreement']>;
export type Advice = NonNullable<ScreenResultView['advice']>;
export type TaskSource = ScreenResultView['taskFrom'];
export type Place = NonNullable<ScreenResultView['evidence']['where']>;
export type Medium = ScreenResultView['kind'];
export type Sensitivity = Settings['sensitivity'];
/** Limits by group of tasks, medium and sensitivity, with what they flag and find. */
export type WorkingPoints = NonNullable<ModelDetail['workingPoints']>;
export type TaskGroup = keyof WorkingPoints;
export type HeatMap = NonNullable<ScreenResultView['evidence']['heat']>;
export type TremorMeasures = NonNullable<ScreenResultView['evidence']['tremor']>;
export type Limits = ScreenResultView['limits'];
export type Theme = Settings['theme'];
/** A drawing as it goes to the host: every sample the device gave. */
export type RawRecording = RecordingInput;
export type RawStroke = RawStrokeInput;
export type RawSample = RawStroke['samples'][number];
export type PointerKind = RawRecording['pointer'];
/** One stored sample with its verdict. */
export interface Screened {
  readonly sample: SampleSummary;
  readonly result: ScreenResultView;
}
