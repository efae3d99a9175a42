import { type PlotFile, plotsOf } from '../../../../src/reproduction/plots/plots.ts';
import type { DatasetResult } from '../../../../src/reproduction/results.ts';
import { madeUpDataset, madeUpReproduction } from '../made-up.ts';
import { findAll, parseXml } from '../parse-xml.ts';

export const plotsOfOne = (given: Partial<DatasetResult>) =>
  plotsOf(madeUpReproduction([madeUpDataset(given)]));
export const named = (plots: readonly PlotFile[], name: string) =>
  plots.find((plot) => plot.name === name)!.svg;
export const textsOf = (svg: string) => findAll(parseXml(svg), 'text').map(({ text }) => text);
