import { writeReport } from '../../../src/reproduction/report.ts';
import type { DatasetResult, Reproduction } from '../../../src/reproduction/results.ts';
import { madeUpDataset, madeUpReproduction } from './made-up.ts';

export const reportOf = (given: Partial<DatasetResult>, about: Partial<Reproduction> = {}) =>
  writeReport(madeUpReproduction([madeUpDataset(given)], about));

/** Cells of the first table row that starts so, without padding. */
export function rowOf(report: string, first: string): string[] | undefined {
  const line = report.split('\n').find((text) => text.startsWith('|') && cellsOf(text)[0] === first);
  return line === undefined ? undefined : cellsOf(line).slice(1);
}

export function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

export function partOf(report: string, heading: string): string {
  const from = report.indexOf(`## ${heading}\n`);
  const to = report.indexOf('\n## ', from + 3);
  return from < 0 ? '' : report.slice(from, to < 0 ? undefined : to);
}
