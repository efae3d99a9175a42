/** How methods, data sets and figures are written in the report and the plots. */
import type { MeanInterval } from './mean-interval.ts';
import type { DatasetName, Method } from './results.ts';

export const DATASET_TITLES: Readonly<Record<DatasetName, string>> = {
  fonts: 'Shaky against regular fonts',
  handwriting: 'Simulated handwriting',
  'handwriting-1mm': 'Simulated handwriting, larger tremor',
  'fonts-paper-net': 'Shaky against regular fonts, the paper’s network',
  'handwriting-paper-net': 'Simulated handwriting, the paper’s network',
};

const METHOD_TITLES: Readonly<Record<Method, string>> = {
  dense: 'dense',
  l0: 'RVSM l0',
  l1: 'RVSM l1',
  tl1: 'RVSM Tl1',
  'paper-l0': 'paper’s own form, l0',
  'paper-l0-momentum': 'paper’s, momentum 0.9',
  'paper-l0-growth': 'paper’s, growing β',
  'paper-l0-both': 'paper’s, both',
  'one-shot': 'one-shot pruning',
  gradual: 'gradual pruning',
};

/** E.g. `RVSM Tl1, a = 0.1`. */
export function methodTitle({ method, a }: { readonly method: Method; readonly a: number | null }): string {
  return a === null ? METHOD_TITLES[method] : `${METHOD_TITLES[method]}, a = ${a}`;
}

/** RVSM towards a target, as against pruning and the paper's form. */
export function isRvsm(method: Method): boolean {
  return method === 'l0' || method === 'l1' || method === 'tl1';
}

/** A share in per cent without the sign, e.g. `99.45`. */
export function inPercent(share: number, digits = 2): string {
  return (100 * share).toFixed(digits);
}

/** A target as short as it is: `86 %`, `99.5 %`. */
export function targetText(target: number): string {
  return `${Number((100 * target).toFixed(2))} %`;
}

/** `99.45 ± 0.12`, per cent; without interval `99.45`. */
export function meanText({ mean, half }: MeanInterval, digits = 2): string {
  return half === null ? inPercent(mean, digits) : `${inPercent(mean, digits)} ± ${inPercent(half, digits)}`;
}

/** A difference of shares in points with its sign, e.g. `+0.12` or `−1.30`; never a signed zero. */
export function pointsText(difference: number, digits = 2): string {
  const text = inPercent(Math.abs(difference), digits);
  if (Number(text) === 0) return text;
  return `${difference < 0 ? '−' : '+'}${text}`;
}

/** `+0.12 ± 0.30` in points; bold where it differs from 0. */
export function differenceText({
  mean,
  half,
  differs,
}: Pick<MeanInterval, 'mean' | 'half'> & { readonly differs: boolean }): string {
  const text = half === null ? pointsText(mean) : `${pointsText(mean)} ± ${inPercent(half)}`;
  return differs ? `**${text}**` : text;
}

/** With thousands apart: `16,384`. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 seed`, `3 seeds`. */
export function manyText(count: number, one: string, more = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : more}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listText(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `42 s`, `7 min`, `3.4 h`. */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
