import type { DatasetResult, RunResult, RunSpec } from '../results.ts';

/** The finished training of a spec; undefined where it is not among the runs. */
export function findRun({ runs }: DatasetResult, spec: RunSpec): RunResult | undefined {
  return runs.find(
    ({ method, a, target, seed }) =>
      method === spec.method && a === spec.a && target === spec.target && seed === spec.seed,
  );
}
