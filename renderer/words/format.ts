/** Numbers and times as people read them. One place, so that every column agrees. */

/** Narrow no-break space: stands before %. */
export const NARROW = '\u202f';
const NO_BREAK = '\u00a0';
const LOCALE = 'en';

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** 2574 → "2,574". */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** 1.2345, 1 → "1.2". Fixed digits, so that columns stand. */
export function formatFixed(value: number, digits: number): string {
  return new Intl.NumberFormat(LOCALE, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Fraction 0..1 → "82 %". */
export function formatPercent(fraction: number, digits = 0): string {
  return `${formatFixed(fraction * 100, digits)}${NARROW}%`;
}

/** Probability 0..1 → "82 %". Near the ends it says "<1 %" and ">99 %": no screening is certain. */
export function formatProbability(probability: number): string {
  if (probability < 0.01) return `<${formatPercent(0.01)}`;
  if (probability > 0.99) return `>${formatPercent(0.99)}`;
  return formatPercent(probability);
}

/** Number with its unit, never broken over two lines: "1.2 mm". */
export function withUnit(value: string, unit: string): string {
  return `${value}${NO_BREAK}${unit}`;
}

/** 9_300 → "9.3 kB"; powers of 1000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return withUnit(formatCount(bytes), 'B');
  if (bytes < 1_000_000) return withUnit(formatFixed(bytes / 1e3, bytes < 10_000 ? 1 : 0), 'kB');
  if (bytes < 1_000_000_000) return withUnit(formatFixed(bytes / 1e6, 1), 'MB');
  return withUnit(formatFixed(bytes / 1e9, 1), 'GB');
}

/** 41_000 → "00:41"; 3_700_000 → "1:01:40". */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** ISO time → "22 Nov 2026, 10:42", local time. */
export function formatDateTime(iso: string): string {
  return dayAndTime.format(new Date(iso));
}

/** ISO time → "22 Nov 2026". */
export function formatDate(iso: string): string {
  return dayMonthYear.format(new Date(iso));
}

/** ISO time → "18 Nov", with the year where it is not that of `now`. */
export function formatDay(iso: string, now: Date): string {
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(date);
}

/** True when both fall on the same local day. */
export function isSameDay(iso: string, now: Date): boolean {
  return new Date(iso).toDateString() === now.toDateString();
}
