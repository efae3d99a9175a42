import type { Sensitivity, Task, TaskGroup } from '../base/words.ts';
import type { GreyImage, InkMap } from '../imaging/images.ts';
import { measureLineWaver } from '../imaging/line-waver.ts';
import type { ResolvedTask } from '../imaging/task-source.ts';
import type { ClockEvidence } from '../ink/clock-evidence.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';
import { logistic, NO_CALIBRATION } from '../model/calibration.ts';
import type { GroupCalibration } from '../model/model-bundle.ts';
import { adviceFor, agreementOf, type Advised } from './agreement.ts';
import { clockWitnessOf, readingOf } from './clock-witness.ts';
import { decide, verdictOf, type Limits } from './decide.ts';
import { gateRate, type GateResult } from './gates.ts';
import { heatMapOf } from './heat-grid.ts';
import { placeOfHeat } from './heat-place.ts';
import {
  judgeInk,
  type BlankAnswer,
  type InkJudgement,
  type JudgeOptions,
  type PatchPredictor,
} from './judge-ink.ts';
import { limitsFor } from './limits.ts';
import { groupOfUnknown, type OpenedInk } from './open-ink.ts';
import { gatePage, preparePage } from './prepare-page.ts';
import type {
  ClockWitness,
  Evidence,
  PictureWitness,
  Refusal,
  ScreenResult,
  ScreenWarning,
} from './screen-result.ts';
import { lineWaverLogOdds } from './witness-rule.ts';

/** What judges a group of tasks. */
export interface GroupNetwork {
  readonly predictor: PatchPredictor;
  readonly blank: BlankAnswer;
  readonly calibration: GroupCalibration;
}

/** A model ready to judge. */
export interface LoadedModel {
  readonly id: string;
  /** Groups that it has a network for, at least one. */
  readonly groups: readonly TaskGroup[];
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
  /** By the user; null: what the file, its name or the shape says. */
  readonly task: Task | null;
  /** Name of the file; its whole words may name the task. */
  readonly name?: string | null;
  /** Where it has been found out already. */
  readonly resolved?: ResolvedTask;
  /** Recordings only. */
  readonly tremor: TremorMeasures | null;
  /** What the pen's times say; recordings only. */
  readonly clock: ClockEvidence | null;
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
  /** What ink and heat lie on: the page as it was mended. */
  readonly grey: GreyImage;
  /** null where the page is blank. */
  readonly ink: InkMap | null;
  /** null where the gates stopped it. */
  readonly judgement: InkJudgement | null;
}

/** Pictures with more pixels are judged at a reduced size, and a fine line may fade. */
const VERY_LARGE_PIXELS = 40_000_000;

/**
 * Judges one picture: page, ink, gates, network, clock, decision. The only way a verdict comes about.
 *
 * @throws UserError `bad-model` where the gates let a drawing through that the model has no network for; `cancelled`.
 */
export async function screenInk(
  model: LoadedModel,
  given: InkSubject,
  context: ScreenContext,
): Promise<ScreenedInk> {
  const page = preparePage(given);
  const { ink, grey, pxPerMm, original } = page;
  const subject = { ...given, original, warnings: [...given.warnings, ...page.warnings] };
  const group = page.group ?? groupOfUnknown(model.groups);
  const sensitivity = context.sensitivity ?? 'balanced';
  const clock = subject.clock === null ? null : clockWitnessOf(subject.clock);
  const shared = {
    schemaVersion: 2,
    kind: subject.kind,
    task: page.task,
    taskFrom: page.from,
    sensitivity,
    clock,
    modelId: model.id,
  } as const;
  const rateGate = gateRate(subject.tremor?.rateHz ?? null);
  const pageGate = gatePage(original, ink, group, pxPerMm, page.refusal);
  const gate =
    rateGate.kind === 'stop' ? rateGate : isBuriedWriting(pageGate, group, clock) ? CLEAR_ENOUGH : pageGate;
  const refuse = (refusal: Refusal): ScreenedInk => ({
    grey,
    ink,
    judgement: null,
    result: {
      ...shared,
      ...advised({ verdict: 'not-screenable', refusal, clock, agreement: null }),
      limits: limitsOfRefused(model, group, subject.kind, sensitivity),
      probability: null,
      picture: null,
      warnings: subject.warnings,
      evidence: { ...NO_EVIDENCE, tremor: subject.tremor },
    },
  });
  if (gate.kind === 'stop') return refuse(gate.refusal);
  if (ink === null) return refuse({ reason: 'blank' });
  const { predictor, blank, calibration } = model.networkFor(group);
  const limits = {
    scan: limitsFor(calibration, 'scan', sensitivity),
    recording: limitsFor(calibration, 'recording', sensitivity),
  };
  const judgement = await judgeInk(predictor, blank, ink, group, {
    ...context.judge,
    pause: context.pause,
    signal: context.signal,
    pxPerMm,
  });
  if (judgement === null) {
    if (pageGate.kind === 'stop') return refuse(pageGate.refusal);
    throw new Error('ink passed the gates but gave no patches');
  }
  const pictureLogOdds =
    calibration.slope * judgement.logit + calibration.offset + lineWaverLogOdds(waverOf(page, ink));
  const seen = round(logistic(pictureLogOdds), 4);
  const picture: PictureWitness = {
    probability: seen,
    says: verdictOf(seen, limits.scan),
    places: judgement.places,
  };
  const decision = decide({
    group,
    pictureLogOdds,
    clock: subject.clock === null ? null : readingOf(subject.clock),
    manyPlaces: judgement.places > 1,
    taskKnown: page.group !== null,
    maybeSideways: page.maybeSideways,
    maybeNoPenLine: page.maybeNoPenLine,
    limits,
  });
  const { probability, verdict, inconclusive } = decision;
  const agreement = agreementOf(picture, clock);
  return {
    grey,
    ink,
    judgement,
    result: {
      ...shared,
      ...advised({
        verdict,
        ...(inconclusive === null ? {} : { inconclusive }),
        clock,
        agreement,
      }),
      limits: decision.limits,
      probability: round(probability, 4),
      picture,
      warnings: [
        ...subject.warnings,
        ...ownWarnings(subject, page, gate.lowResolution),
        ...(page.maybeSideways ? [{ code: 'maybe-sideways' } as const] : []),
      ],
      evidence: {
        heat: heatMapOf(judgement.heat, Math.min(1, probability / decision.limits.tremorFrom)),
        where: verdict === 'regular' ? null : placeOfHeat(judgement.heat, group),
        logit: round(judgement.logit, 4),
        logOdds: round(decision.logOdds, 4),
        patches: judgement.patches.length,
        scales: scalesInPicture(judgement, subject, ink),
        tremor: subject.tremor,
      },
    },
  };
}

/** What is refused needs no network: where the model has none for it, the limits are those of no model. */
function limitsOfRefused(
  model: LoadedModel,
  group: TaskGroup,
  medium: InkSubject['kind'],
  sensitivity: Sensitivity,
): Limits {
  const calibration = model.groups.includes(group) ? model.networkFor(group).calibration : NO_CALIBRATION;
  return limitsFor(calibration, medium, sensitivity);
}

const CLEAR_ENOUGH: GateResult = { kind: 'pass', lowResolution: false };

/**
 * A tremor much larger than the letters fills them, so that little line is left to see and none of the letters' size.
 * Where the clock clearly shows it there is enough to judge by.
 */
function isBuriedWriting(gate: GateResult, group: TaskGroup, clock: ClockWitness | null): boolean {
  if (gate.kind !== 'stop' || group !== 'writing') return false;
  const { refusal } = gate;
  const sizeLost =
    refusal.reason === 'too-little-ink' || (refusal.reason === 'too-small' && refusal.what === 'drawing');
  return sizeLost && clock?.state === 'measured' && clock.says === 'tremor';
}

/** Only where somebody says that a line was asked for: by its shape alone it may be a wave. */
function waverOf({ task, from }: OpenedInk, ink: InkMap): number {
  return task === 'line' && from !== 'shape' ? measureLineWaver(ink) : 0;
}

const NO_EVIDENCE: Evidence = {
  heat: null,
  where: null,
  logit: null,
  logOdds: null,
  patches: 0,
  scales: [],
  tremor: null,
};

function advised(outcome: Advised): Advised & Pick<ScreenResult, 'advice'> {
  return { ...outcome, advice: adviceFor(outcome) };
}

/** Patch pixels per pixel of the picture as it came. */
function scalesInPicture(
  judgement: InkJudgement,
  { original }: Pick<InkSubject, 'original'>,
  ink: InkMap,
): number[] {
  const inkPerPicture = Math.max(ink.width, ink.height) / Math.max(original.width, original.height);
  return judgement.scales.map((scale) => round(scale * inkPerPicture, 3));
}

function ownWarnings(
  { kind, original }: Pick<InkSubject, 'kind' | 'original'>,
  opened: OpenedInk,
  lowResolution: boolean,
): ScreenWarning[] {
  return [
    ...taskWarnings(opened),
    ...(lowResolution && kind === 'scan' ? [{ code: 'low-resolution' } as const] : []),
    ...(original.width * original.height > VERY_LARGE_PIXELS ? [{ code: 'very-large' } as const] : []),
  ];
}

function taskWarnings({ task, from, sure }: OpenedInk): ScreenWarning[] {
  if (task === null) return [{ code: 'task-unknown' }];
  return from === 'shape' || !sure ? [{ code: 'task-guessed', task, sure }] : [];
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
