import type { EpochReport, RunEvent } from '../../src/api/contract.ts';

/** One of several networks that a run trains. */
export type NetworkName = NonNullable<EpochReport['network']>;

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

/** A point of a curve over a run: `x` in epochs (2.5 is the middle of the third), `y` in the curve's unit. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** A run as its events tell it so far: what the screen draws. */
export interface RunView {
  readonly phase: 'waiting' | 'measuring' | 'preparing' | 'learning' | 'calibrating' | 'done' | 'failed';
  /** Engines of this machine that were measured to take the fastest. */
  readonly measuring: { readonly done: number; readonly total: number } | null;
  readonly preparing: { readonly done: number; readonly total: number } | null;
  /** Whole drawings that the finished network has looked at. */
  readonly calibrating: { readonly done: number; readonly total: number } | null;
  readonly started: EventOf<'started'> | null;
  readonly epochs: readonly EpochReport[];
  /** Training loss, at most LOSS_POINTS of them: thinned by averaging neighbours, so that spikes stay visible as bumps. */
  readonly losses: readonly CurvePoint[];
  readonly step: EventOf<'step'> | null;
  readonly warnings: readonly string[];
  readonly outcome: EventOf<'done'> | null;
  readonly failure: EventOf<'failed'> | null;
}

export const EMPTY_RUN: RunView = {
  phase: 'waiting',
  measuring: null,
  preparing: null,
  calibrating: null,
  started: null,
  epochs: [],
  losses: [],
  step: null,
  warnings: [],
  outcome: null,
  failure: null,
};

const LOSS_POINTS = 400;

/** A run that starts over on another engine begins with empty curves, one that goes on from a checkpoint keeps those up to it. */
const NOT_LEARNT = { started: null, calibrating: null, epochs: [], losses: [], step: null } as const;

/** The view after one more event. Pure; the former view is not changed. */
export function foldRunEvent(view: RunView, event: RunEvent): RunView {
  switch (event.kind) {
    case 'measuring':
      return { ...view, phase: 'measuring', measuring: { done: event.done, total: event.total } };
    case 'preparing':
      return {
        ...view,
        ...NOT_LEARNT,
        phase: 'preparing',
        preparing: { done: event.done, total: event.total },
      };
    case 'started': {
      const done = event.epochsDone ?? 0;
      const epochs = view.epochs.filter(({ epoch }) => epoch <= done);
      const losses = view.losses.filter(({ x }) => x <= done);
      return { ...view, ...NOT_LEARNT, phase: 'learning', started: event, epochs, losses };
    }
    case 'step': {
      const point = { x: event.epoch - 1 + event.step / Math.max(1, event.steps), y: event.loss };
      return { ...view, phase: 'learning', step: event, losses: thin([...view.losses, point]) };
    }
    case 'epoch':
      return { ...view, phase: 'learning', epochs: [...view.epochs, event.report] };
    case 'calibrating':
      return { ...view, phase: 'calibrating', calibrating: { done: event.done, total: event.total } };
    case 'warning':
      return { ...view, warnings: [...view.warnings, event.message] };
    case 'done':
      return { ...view, phase: 'done', outcome: event };
    case 'failed':
      return { ...view, phase: 'failed', failure: event };
  }
}

/** Averages neighbours in pairs once there are too many points; the newest point stays where it is. */
function thin(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= LOSS_POINTS) return points;
  const halved: CurvePoint[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [a, b] = [points[i], points[i + 1]];
    if (a && b) halved.push({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  }
  const last = points.at(-1);
  if (points.length % 2 === 1 && last) halved.push(last);
  return halved;
}

export function lastEpoch(view: RunView): EpochReport | null {
  return view.epochs.at(-1) ?? null;
}

/** Epochs of the whole run, RVSM and fine-tuning together; 0 while unknown. */
export function epochTotal(view: RunView): number {
  return lastEpoch(view)?.epochs ?? view.started?.epochs ?? 0;
}

/** The epoch being worked on, from 1. */
export function epochNow(view: RunView): number {
  return Math.max(view.step?.epoch ?? 1, Math.min((lastEpoch(view)?.epoch ?? 0) + 1, epochTotal(view) || 1));
}

/** How far the run is, 0..1; while engines are measured, data made or whole drawings checked, how far that is. */
export function progressOf(view: RunView): number {
  if (view.phase === 'done') return 1;
  if (view.phase === 'measuring' && view.measuring) {
    return view.measuring.total > 0 ? view.measuring.done / view.measuring.total : 0;
  }
  if (view.phase === 'preparing' && view.preparing) {
    return view.preparing.total > 0 ? view.preparing.done / view.preparing.total : 0;
  }
  if (view.phase === 'calibrating' && view.calibrating) {
    return view.calibrating.total > 0 ? view.calibrating.done / view.calibrating.total : 1;
  }
  const total = epochTotal(view);
  if (total === 0) return 0;
  const bySteps = view.step ? view.step.epoch - 1 + view.step.step / Math.max(1, view.step.steps) : 0;
  return Math.min(1, Math.max(bySteps, lastEpoch(view)?.epoch ?? 0) / total);
}

/** Milliseconds left as the trainer last said, or null before it knows. */
export function remainingMs(view: RunView): number | null {
  const report = lastEpoch(view);
  const { step } = view;
  if (step && (!report || step.epoch > report.epoch)) return step.remainingMs;
  return report?.remainingMs ?? null;
}

/** The networks of a run in the order in which they learn; empty for a run of one network for all tasks. */
export function networksOf(view: RunView): readonly NetworkName[] {
  return view.started?.networks ?? [];
}

/** The network that learns, or learnt last; null while unknown, and for a run of one network for all tasks. */
export function networkNow(view: RunView): NetworkName | null {
  const networks = networksOf(view);
  const perNetwork = epochTotal(view) / Math.max(1, networks.length);
  return networks[Math.min(networks.length - 1, Math.floor((epochNow(view) - 1) / perNetwork))] ?? null;
}

/** The part of a run that one of its networks took, its epochs counted from 1. @param network null: the whole run. */
export function viewOfNetwork(view: RunView, network: NetworkName | null): RunView {
  const { started, step } = view;
  const networks = networksOf(view);
  if (started === null || network === null || networks.length < 2) return view;
  const epochs = started.epochs / networks.length;
  const before = networks.indexOf(network) * epochs;
  const isOwn = (x: number): boolean => x > before && x <= before + epochs;
  return {
    ...view,
    started: { ...started, epochs, fcWeights: started.fcWeights / networks.length },
    epochs: view.epochs
      .filter(({ epoch }) => isOwn(epoch))
      .map((report) => ({ ...report, epoch: report.epoch - before, epochs })),
    losses: view.losses.filter(({ x }) => isOwn(x)).map(({ x, y }) => ({ x: x - before, y })),
    step: step !== null && isOwn(step.epoch) ? { ...step, epoch: step.epoch - before } : null,
  };
}
