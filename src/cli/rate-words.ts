import type { BackendRates } from '../api/contract.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** E.g. `trains 1,832 images/s on 1 thread, 3,400 on 2; measured 2026-11-25`; null where nothing was measured. */
export function describeRates({ backend, rates, measuredAt }: BackendRates): string | null {
  if (rates.length === 0) return null;
  const told = rates.map(({ threads, imagesPerSecond }, i) => {
    const rate = whole.format(imagesPerSecond);
    if (backend !== 'cpu') return `${rate} images/s`;
    return i === 0
      ? `${rate} images/s on ${threads} ${threads === 1 ? 'thread' : 'threads'}`
      : `${rate} on ${threads}`;
  });
  return `trains ${told.join(', ')}; measured ${measuredAt.slice(0, 10)}`;
}
