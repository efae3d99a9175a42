import { type Task, type TaskGroup, type Verdict } from '../base/words.ts';
import type { GreyImage, InkMap } from '../imaging/images.ts';
import { probabilityOf } from '../model/calibration.ts';
import type { GroupCalibration } from '../model/model-bundle.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';
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
import { openInk } from './open-ink.ts';
import type { Evidence, ScreenResult, ScreenWarning } from './screen-result.ts';
import { disagreement, sentenceOf } from './verdict-words.ts';

/** What judges a group of tasks. */
export interface GroupNetwork {
  readonly predictor: PatchPredictor;
  readonly blank: BlankAnswer;
  readonly calibration: GroupCalibration;
}

/** A model ready to judge. */
export interface LoadedModel {
  readonly id: string;
  /** @throws UserError `bad-model` where the model has no network for the group. */
  readonly networkFor: (group: TaskGroup) => GroupNetwork;
  /** Frees its memory; another model may use it then. */
  readonly dispose?: () => void;
}

/** A picture to judge: a page of a scan, or a drawn recording. */
export interface InkSubject {
  readonly kind: 'scan' | 'recording';
  readonly grey: GreyImage;
  /** Size as it came, before any reduction, in pixels. */
  readonly original: { readonly width: number; readonly height: number };
  /** Pixels of `grey` per millimetre; null where unknown. */
  readonly pxPerMm: number | null;
  /** null: guess. */
  readonly task: Task | null;
  /** Recordings only. */
  readonly tremor: TremorMeasures | null;
  readonly warnings: readonly ScreenWarning[];
}

export interface ScreenContext {
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
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

/** What a guessed group is called, since a picture does not tell more. */
const GUESSED_TASK: Readonly<Record<TaskGroup, Task>> = {
  spiral: 'spiral-free',
  wave: 'wave',
  writing: 'page',
};
const GROUP_WORDS: Readonly<Record<TaskGroup, string>> = {
  spiral: 'a spiral',
  wave: 'a wave or line',
  writing: 'writing',
};
/** Pictures with more pixels are judged at a reduced size, and a fine line may fade. */
const VERY_LARGE_PIXELS = 40_000_000;

/** Judges one picture: ink, gates, patches, network, calibration, words. The only way a verdict comes about. */
export async function screenInk(
  model: LoadedModel,
  subject: InkSubject,
  context: ScreenContext,
): Promise<ScreenedInk> {
  const { ink, group, pxPerMm } = openInk(subject);
  const task = subject.task ?? GUESSED_TASK[group];
  const { predictor, blank, calibration } = model.networkFor(group);
  const shared = {
    kind: subject.kind,
    task,
    limits: { regularBelow: calibration.regularBelow, tremorFrom: calibration.tremorFrom },
    modelId: model.id,
  };
  const rateGate = gateRate(subject.tremor?.rateHz ?? null);
  const gate = rateGate.kind === 'stop' ? rateGate : gateInk(subject.original, ink, group, pxPerMm);
  if (gate.kind === 'stop' || ink === null) {
    const { reason, sentence } =
      gate.kind === 'stop' ? gate : { reason: 'blank' as const, sentence: 'The page is blank.' };
    const evidence = { ...NO_EVIDENCE, tremor: subject.tremor };
    return {
      ink,
      judgement: null,
      result: {
        ...shared,
        verdict: 'not-screenable',
        reason,
        sentence,
        probability: null,
        warnings: subject.warnings,
        evidence,
      },
    };
  }
  const judgement = await judgeInk(predictor, blank, ink, group, {
    ...context.judge,
    pause: context.pause,
    signal: context.signal,
    pxPerMm,
  });
  if (judgement === null) throw new Error('ink passed the gates but gave no patches');
  const probability = probabilityOf(judgement.logit, calibration);
  const verdict = verdictOf(probability, calibration);
  const evidence = evidenceOf(judgement, { probability, calibration, group, subject, ink });
  const place = verdict === 'regular' ? null : placeOfHeat(judgement.heat, group);
  const contradiction = disagreement(verdict, subject.tremor);
  return {
    ink,
    judgement,
    result: {
      ...shared,
      verdict,
      probability: round(probability, 4),
      sentence: sentenceOf({ verdict, group, place, tremor: subject.tremor }),
      warnings: [
        ...subject.warnings,
        ...ownWarnings(subject, group, gate.lowResolution),
        ...(contradiction === null ? [] : [contradiction]),
      ],
      evidence: { ...evidence, where: place },
    },
  };
}

const NO_EVIDENCE: Evidence = { heat: null, where: null, logit: null, patches: 0, scales: [], tremor: null };

/** Below the first limit regular, from the second on tremor-like, between them inconclusive. */
export function verdictOf(
  probability: number,
  limits: Pick<GroupCalibration, 'regularBelow' | 'tremorFrom'>,
): Exclude<Verdict, 'not-screenable'> {
  if (probability >= limits.tremorFrom) return 'tremor-like';
  return probability < limits.regularBelow ? 'regular' : 'inconclusive';
}

function evidenceOf(
  judgement: InkJudgement,
  {
    probability,
    calibration,
    subject,
    ink,
  }: {
    probability: number;
    calibration: GroupCalibration;
    group: TaskGroup;
    subject: InkSubject;
    ink: InkMap;
  },
): Evidence {
  const inkPerPicture =
    Math.max(ink.width, ink.height) / Math.max(subject.original.width, subject.original.height);
  return {
    heat: heatMapOf(judgement.heat, Math.min(1, probability / calibration.tremorFrom)),
    where: null,
    logit: round(judgement.logit, 4),
    patches: judgement.patches.length,
    scales: judgement.scales.map((scale) => round(scale * inkPerPicture, 3)),
    tremor: subject.tremor,
  };
}

function ownWarnings(subject: InkSubject, group: TaskGroup, lowResolution: boolean): ScreenWarning[] {
  const warnings: ScreenWarning[] = [];
  if (subject.task === null) {
    warnings.push({
      code: 'task-guessed',
      message: `Taken for ${GROUP_WORDS[group]} by its shape. Name the task if that is wrong: each has its own limits.`,
    });
  }
  if (lowResolution && subject.kind === 'scan') {
    warnings.push({
      code: 'low-resolution',
      message:
        'The picture has few pixels for its content; fine tremor may not show. Scan at 200 dpi or more.',
    });
  }
  if (subject.original.width * subject.original.height > VERY_LARGE_PIXELS) {
    warnings.push({
      code: 'very-large',
      message: 'The picture is very large and was reduced before it was judged. Crop it to the drawing.',
    });
  }
  return warnings;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
