import type { Sensitivity, Task, TaskGroup } from '../base/words.ts';
import type { GreyImage, InkMap } from '../imaging/images.ts';
import type { ResolvedTask } from '../imaging/task-source.ts';
import { probabilityOf } from '../model/calibration.ts';
import type { Calibration } from '../model/model-bundle.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';
import { adviceFor, agreementOf, type Advised } from './agreement.ts';
import { clockWitnessOf } from './clock-witness.ts';
import { gateInk, gateRate } from './gates.ts';
import { heatMapOf } from './heat-grid.ts';
import { placeOfHeat } from './heat-place.ts';
import {
  judgeInk,
  type BlankAnswer,
  type InkJudgement,
  type JudgeOptions,
  type PatchPredictor,
} from './judge-ink.ts';
import { limitsFor, verdictOf } from './limits.ts';
import { GROUP_OF_UNKNOWN, openInk, type OpenedInk } from './open-ink.ts';
import type { Evidence, PictureWitness, ScreenResult, ScreenWarning } from './screen-result.ts';

/** A model ready to judge. */
export interface LoadedModel {
  readonly id: string;
  readonly predictor: PatchPredictor;
  readonly blank: BlankAnswer;
  readonly calibration: Calibration;
}

/** A picture to judge: a page of a scan, or a drawn recording. */
export interface InkSubject {
  readonly kind: 'scan' | 'recording';
  readonly grey: GreyImage;
  /** Size as it came, before any reduction, in pixels. */
  readonly original: { readonly width: number; readonly height: number };
  /** Pixels of `grey` per millimetre; null where unknown. */
  readonly pxPerMm: number | null;
  /** As told or known already; null: the file's name or the shape says. */
  readonly task: Task | null;
  /** Of the file. */
  readonly name?: string | null;
  /** Where the task is known from; left out, it is found out from `task`, `name` and the shape. */
  readonly resolved?: ResolvedTask;
  /** Recordings only. */
  readonly tremor: TremorMeasures | null;
  readonly warnings: readonly ScreenWarning[];
}

export interface ScreenContext {
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
  /** Default `balanced`. */
  readonly sensitivity?: Sensitivity;
  /** For measuring other choices; verdicts are calibrated for the defaults. */
  readonly judge?: Pick<JudgeOptions, 'scales' | 'aggregate' | 'views' | 'maxPatches'>;
}

export interface ScreenedInk {
  readonly result: Omit<ScreenResult, 'elapsedMs' | 'page'>;
  /** null where the page is blank. */
  readonly ink: InkMap | null;
  /** null where the gates stopped it. */
  readonly judgement: InkJudgement | null;
}

/** What is named where nobody knows what was drawn. */
const TASK_OF_UNKNOWN: Task = 'page';
/** Pictures with more pixels are judged at a reduced size, and a fine line may fade. */
const VERY_LARGE_PIXELS = 40_000_000;

/** Judges one picture: ink, gates, patches, network, calibration, witnesses. The only way a verdict comes about. */
export async function screenInk(
  model: LoadedModel,
  subject: InkSubject,
  context: ScreenContext,
): Promise<ScreenedInk> {
  const opened = openInk(subject);
  const { ink, pxPerMm } = opened;
  const group = opened.group ?? GROUP_OF_UNKNOWN;
  const task = opened.task ?? TASK_OF_UNKNOWN;
  const calibration = model.calibration[group];
  const sensitivity = context.sensitivity ?? 'balanced';
  const limits = limitsFor(calibration, subject.kind, sensitivity);
  const clock = subject.tremor === null ? null : clockWitnessOf(subject.tremor);
  const shared = {
    schemaVersion: 2,
    kind: subject.kind,
    task,
    taskFrom: subject.task === null ? 'shape' : 'told',
    limits,
    sensitivity,
    clock,
    modelId: model.id,
  } as const;
  const rateGate = gateRate(subject.tremor?.rateHz ?? null);
  const gate = rateGate.kind === 'stop' ? rateGate : gateInk(subject.original, ink, group, pxPerMm);
  if (gate.kind === 'stop' || ink === null) {
    const refusal = gate.kind === 'stop' ? gate.refusal : ({ reason: 'blank' } as const);
    const stopped = { verdict: 'not-screenable', refusal, clock, agreement: null } as const;
    return {
      ink,
      judgement: null,
      result: {
        ...shared,
        ...advised(stopped),
        probability: null,
        picture: null,
        warnings: subject.warnings,
        evidence: { ...NO_EVIDENCE, tremor: subject.tremor },
      },
    };
  }
  const judgement = await judgeInk(model.predictor, model.blank, ink, group, {
    ...context.judge,
    pause: context.pause,
    signal: context.signal,
    pxPerMm,
  });
  if (judgement === null) throw new Error('ink passed the gates but gave no patches');
  const probability = probabilityOf(judgement.logit, calibration);
  const verdict = verdictOf(probability, limits);
  const picture: PictureWitness = {
    probability: round(probability, 4),
    says: verdict,
    places: judgement.places,
  };
  const agreement = agreementOf(picture, clock);
  const inconclusive = verdict === 'inconclusive' ? ({ inconclusive: 'between-limits' } as const) : {};
  const heat = heatMapOf(judgement.heat, Math.min(1, probability / limits.tremorFrom));
  return {
    ink,
    judgement,
    result: {
      ...shared,
      ...advised({ verdict, ...inconclusive, clock, agreement }),
      probability: round(probability, 4),
      picture,
      warnings: [
        ...subject.warnings,
        ...ownWarnings(subject, opened, gate.lowResolution),
        ...(agreement === 'disagree' ? [{ code: 'measures-disagree' } as const] : []),
      ],
      evidence: {
        heat,
        where: verdict === 'regular' ? null : placeOfHeat(judgement.heat, group),
        logit: round(judgement.logit, 4),
        patches: judgement.patches.length,
        scales: scalesInPicture(judgement, subject, ink),
        tremor: subject.tremor,
      },
    },
  };
}

const NO_EVIDENCE: Evidence = { heat: null, where: null, logit: null, patches: 0, scales: [], tremor: null };

function advised(outcome: Advised): Advised & Pick<ScreenResult, 'advice'> {
  return { ...outcome, advice: adviceFor(outcome) };
}

/** Patch pixels per pixel of the picture as it came. */
function scalesInPicture(judgement: InkJudgement, { original }: InkSubject, ink: InkMap): number[] {
  const inkPerPicture = Math.max(ink.width, ink.height) / Math.max(original.width, original.height);
  return judgement.scales.map((scale) => round(scale * inkPerPicture, 3));
}

function ownWarnings(subject: InkSubject, opened: OpenedInk, lowResolution: boolean): ScreenWarning[] {
  const { width, height } = subject.original;
  return [
    ...taskWarnings(opened),
    ...(lowResolution && subject.kind === 'scan' ? [{ code: 'low-resolution' } as const] : []),
    ...(width * height > VERY_LARGE_PIXELS ? [{ code: 'very-large' } as const] : []),
  ];
}

function taskWarnings({ task, from, sure }: OpenedInk): ScreenWarning[] {
  if (task === null) return [{ code: 'task-unknown' }];
  return from === 'shape' || !sure ? [{ code: 'task-guessed', task, sure }] : [];
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
