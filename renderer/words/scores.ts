import { formatFixed } from './format.ts';

/** A score from 0 to 1 as statistics write it: 0.884 → ".88", 1 → "1", 0 → "0". */
export function formatScore(value: number, digits = 2): string {
  const text = formatFixed(value, digits);
  if (Number(text) === 1 || Number(text) === 0) return String(Number(text));
  return text.replace(/^(-?)0\./, '$1.');
}

/** ".78–.95" */
export function formatInterval(interval: { readonly low: number; readonly high: number }): string {
  return `${formatScore(interval.low)}–${formatScore(interval.high)}`;
}
