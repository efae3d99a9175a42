/** Training events as lines: for people, and as JSON. */
import type { NetworkName } from '../base/words.ts';
import type { EpochReport, HeldOutMetrics, TrainEvent } from '../model/training-types.ts';

/** What `--json` prints: the event as it is, with the model's size instead of its bytes. */
export function eventRecord(event: TrainEvent): object {
  if (event.kind !== 'done') return event;
  const { model, ...rest } = event;
  return { ...rest, modelBytes: model.length };
}

/** null for `failed`, which is reported as a fault. */
export function describeEvent(event: TrainEvent): string | null {
  switch (event.kind) {
    case 'measuring':
      return `measuring how fast each engine is: ${event.done} of ${event.total}`;
    case 'preparing':
      return `making samples: ${event.done} of ${event.total}`;
    case 'started':
      return (
        `${event.backendDetail}; ${describeNetworks(event.networks)}${event.parameters} weights, ${event.fcWeights} of them fully connected; ` +
        `${event.trainCount} patches to train on, ${event.validationCount} to choose by, ${event.testCount} held out`
      );
    case 'step':
      return `epoch ${event.epoch}${event.network === undefined ? '' : ` (${event.network})`}, step ${event.step} of ${event.steps}, loss ${event.loss.toFixed(3)}, ${event.imagesPerSecond.toFixed(0)} images/s, ${duration(event.remainingMs)} left`;
    case 'epoch': {
      const { report } = event;
      return (
        `epoch ${report.epoch} of ${report.epochs} (${report.network === undefined ? '' : `${report.network}, `}${report.phase}): loss ${report.loss.toFixed(3)}, accuracy of u ${percent(report.accuracyU)}, ` +
        `of w ${percent(report.accuracyW)}, ${describeZeros(report)}${describePenalty(report)}, ` +
        `‖w − u‖/‖w‖ ${report.gap.toFixed(4)}, ${duration(report.remainingMs)} left`
      );
    }
    case 'calibrating':
      return `checking on whole drawings: ${event.done} of ${event.total}`;
    case 'warning':
      return event.message;
    case 'done':
      return [
        `held out: ${describeMetrics(event.candidate)}`,
        ...(event.active === null ? [] : [`active model on the same: ${describeMetrics(event.active)}`]),
      ].join('\n');
    case 'failed':
      return null;
  }
}

/** Nothing for a run of one network for all groups. */
function describeNetworks(networks: readonly NetworkName[] = []): string {
  if (networks.length === 0) return '';
  return networks.length === 1
    ? `a network for ${networks[0]}; `
    : `networks for ${networks.join(', then ')}; `;
}

/** 0 where there is none to speak of: dense training and pruning. */
function describePenalty({ penalty }: EpochReport): string {
  return penalty === 0 ? '' : `, penalty of u ${Number(penalty.toPrecision(4))}`;
}

/** Of the FC layer alone where no other has any, as in most runs. */
function describeZeros({ fcZeros, zerosByLayer = {} }: EpochReport): string {
  const others = Object.entries(zerosByLayer).filter(([name, zeros]) => name !== 'fc' && zeros > 0);
  return ['FC zeros ' + percent(fcZeros), ...others.map(([name, zeros]) => `${name} ${percent(zeros)}`)].join(
    ', ',
  );
}

function describeMetrics(metrics: HeldOutMetrics): string {
  const { low, high } = metrics.aucInterval;
  return (
    `accuracy ${percent(metrics.accuracy)}, sensitivity ${percent(metrics.sensitivity)}, specificity ${percent(metrics.specificity)}, ` +
    `AUC ${metrics.auc.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)}), ${metrics.samples} patches, ${metrics.subjects} people`
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** E.g. `1:05`. */
function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
