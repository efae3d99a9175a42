import type { TrainRequest } from '../../api/types.ts';
import {
  epochNow,
  epochTotal,
  lastEpoch,
  networkNow,
  networksOf,
  progressOf,
  remainingMs,
  viewOfNetwork,
  type RunView,
} from '../../state/run-view.ts';
import type { TrainingState } from '../../state/training.svelte.ts';
import { formatClock, formatCount } from '../../words/format.ts';
import { words } from '../../words/words.ts';

const w = words.train;

/** "Figures: epoch 4 of 8 · about 41 seconds left", or what stands in its place before and after. */
export function progressText(training: Pick<TrainingState, 'view' | 'lost'>): string {
  const { view, lost } = training;
  const report = lastEpoch(view);
  if (view.phase === 'done') return w.finished(view.epochs.length, formatClock(report?.elapsedMs ?? 0));
  if (view.phase === 'failed' || lost) return w.endedAfter(view.epochs.length);
  if (view.phase === 'waiting') return w.waiting;
  if (view.phase === 'measuring' && view.measuring) {
    return w.measuring(view.measuring.done, view.measuring.total);
  }
  if (view.phase === 'preparing') {
    return view.preparing ? w.preparing(view.preparing.done, view.preparing.total) : w.waiting;
  }
  if (view.phase === 'calibrating' && view.calibrating) {
    return w.calibrating(view.calibrating.done, view.calibrating.total);
  }
  const left = remainingMs(view);
  const network = networksOf(view).length > 1 ? networkNow(view) : null;
  const own = viewOfNetwork(view, network);
  const epoch = w.epochOf(epochNow(own), epochTotal(own));
  return [
    network === null ? epoch : w.networkEpoch(network, epoch),
    lastEpoch(own)?.phase === 'fine-tune' ? w.fineTuning : null,
    left === null || progressOf(view) === 0 ? null : words.common.secondsLeft(Math.round(left / 1000)),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** What stands in the fold: engine, counts, pace, recipe. */
export function runFacts(view: RunView, request: TrainRequest): readonly (readonly [string, string])[] {
  const recipe = [w.recipe, w.recipeText(request)] as const;
  const { started, step } = view;
  if (!started) return [recipe];
  return [
    recipe,
    [w.engineRow, w.engineNames(started.backend, started.backendDetail)],
    [w.split, w.counts(started.trainCount, started.validationCount, started.testCount)],
    [w.parameters, formatCount(started.parameters)],
    ...(step ? [[w.pace, w.speed(step.imagesPerSecond)] as const] : []),
  ];
}
