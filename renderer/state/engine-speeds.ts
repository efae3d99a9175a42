import type { BackendRates, DoctorReport } from '../api/types.ts';

/** One engine as it was measured: a backend with a number of CPU threads. */
export interface EngineSpeed {
  readonly backend: BackendRates['backend'];
  readonly threads: number;
  readonly imagesPerSecond: number;
  /** Of the fastest of all, 0..1: the length of its bar. */
  readonly share: number;
  /** `auto` takes this one. */
  readonly fastest: boolean;
}

/** Fastest first; empty where nothing was measured. */
export function engineSpeeds({ rates }: DoctorReport): readonly EngineSpeed[] {
  const all = rates
    .flatMap(({ backend, rates: measured }) => measured.map((rate) => ({ backend, ...rate })))
    .toSorted((a, b) => b.imagesPerSecond - a.imagesPerSecond);
  const most = all[0]?.imagesPerSecond ?? 1;
  return all.map((rate, i) => ({ ...rate, share: rate.imagesPerSecond / most, fastest: i === 0 }));
}

/** When the newest of the figures were made, ISO 8601; null where nothing was measured. */
export function measuredAt({ rates }: DoctorReport): string | null {
  return (
    rates
      .map((measured) => measured.measuredAt)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Why a backend that was found cannot be used; null where it can, or where nobody has tried. */
export function whyUnusable({ rates }: DoctorReport, name: BackendRates['backend']): string | null {
  return rates.find(({ backend }) => backend === name)?.unusable ?? null;
}
