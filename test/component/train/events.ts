import type { EpochReport, RunEvent } from '../../../renderer/api/types.ts';
import { METRICS } from '../memory-host.ts';

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { kind: Kind }>;

export function aStart(change: Partial<EventOf<'started'>> = {}): RunEvent {
  return {
    kind: 'started',
    backend: 'cpu',
    backendDetail: '2 threads',
    parameters: 22_274,
    fcWeights: 16_384,
    trainCount: 8000,
    validationCount: 1000,
    testCount: 1000,
    epochs: 3,
    ...change,
  };
}

export function anEpoch(change: Partial<EpochReport> = {}): RunEvent {
  return {
    kind: 'epoch',
    report: {
      epoch: 1,
      epochs: 3,
      phase: 'rvsm',
      loss: 0.4,
      penalty: 1,
      accuracyU: 0.8,
      accuracyW: 0.82,
      fcZeros: 0.5,
      gap: 0.1,
      threshold: 0.02,
      elapsedMs: 1000,
      remainingMs: 2000,
      histogram: { limit: 0.1, counts: Array.from({ length: 41 }, (_, i) => 20 - Math.abs(20 - i)) },
      fcSigns: Array.from({ length: 8192 }, (_, i) => (i % 40 === 0 ? 1 : i % 41 === 0 ? -1 : 0)),
      ...change,
    },
  };
}

export function aDone(change: Partial<EventOf<'done'>> = {}): RunEvent {
  return {
    kind: 'done',
    modelId: '00000000000000bb',
    candidate: { ...METRICS, auc: 0.88, aucInterval: { low: 0.78, high: 0.95 } },
    active: METRICS,
    ...change,
  };
}
