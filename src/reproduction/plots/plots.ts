/** All pictures of a reproduction. */
import {
  METHODS,
  type DatasetName,
  type DatasetResult,
  type NetworkPicture,
  type Reproduction,
} from '../results.ts';
import { summarise } from '../summarise.ts';
import { DATASET_TITLES, methodTitle, targetText } from '../wording.ts';
import { accuracyPlot } from './accuracy-plot.ts';
import { epochsPlot } from './epochs-plot.ts';
import { examplesPlot } from './examples-plot.ts';
import { histogramPlot } from './histogram-plot.ts';
import { mapPlot } from './map-plot.ts';

export interface PlotFile {
  /** File name, e.g. `fonts-accuracy.svg`; each once. */
  readonly name: string;
  readonly dataset: DatasetName;
  readonly part: 'accuracy' | 'epochs' | 'histogram' | 'map' | 'examples';
  /** For those who do not see the picture. */
  readonly title: string;
  /** The whole file, UTF-8. */
  readonly svg: string;
}

/**
 * The plots for which there is something to show, by data set: accuracy against sparsity, u beside w, histograms, examples, and a
 * map for every picture of a network.
 * @throws UserError `damaged` for results that contradict themselves or examples that are not whole.
 */
export function plotsOf({ datasets }: Reproduction): PlotFile[] {
  return datasets.flatMap(plotsOfDataset);
}

function plotsOfDataset(given: DatasetResult): PlotFile[] {
  const dataset = { ...given, pictures: given.pictures.toSorted(inOrder) };
  const summary = summarise(dataset);
  const file = (
    part: PlotFile['part'],
    title: string,
    svg: string | null,
    name: string = part,
  ): PlotFile[] => {
    if (svg === null) return [];
    return [
      {
        name: `${dataset.name}-${name}.svg`,
        dataset: dataset.name,
        part,
        title: `${DATASET_TITLES[dataset.name]}: ${title}`,
        svg,
      },
    ];
  };
  const none = dataset.runs.length === 0;
  return [
    ...file('accuracy', 'accuracy against sparsity', none ? null : accuracyPlot(dataset, summary)),
    ...file('epochs', 'u beside w over the epochs', epochsPlot(dataset, summary)),
    ...file('histogram', 'histogram of w', histogramPlot(dataset)),
    ...dataset.pictures.flatMap((picture) =>
      file(
        'map',
        `map of the FC weights, ${mapTitle(picture)}`,
        mapPlot(dataset, picture),
        mapName(picture, dataset),
      ),
    ),
    ...file('examples', 'examples', examplesPlot(dataset)),
  ];
}

function inOrder({ spec: one }: NetworkPicture, { spec: other }: NetworkPicture): number {
  return (
    METHODS.indexOf(one.method) - METHODS.indexOf(other.method) ||
    (one.a ?? 0) - (other.a ?? 0) ||
    one.target - other.target ||
    one.seed - other.seed
  );
}

function mapTitle({ spec }: NetworkPicture): string {
  return spec.target > 0 ? `${methodTitle(spec)}, ${targetText(spec.target)} zeros` : methodTitle(spec);
}

/** E.g. `map-tl1-a0.1-90`; with the seed where another picture differs in that alone. */
function mapName({ spec }: NetworkPicture, { pictures }: DatasetResult): string {
  const { method, a, target, seed } = spec;
  const alike = pictures.filter(
    (other) => other.spec.method === method && other.spec.a === a && other.spec.target === target,
  );
  const parts = [
    method,
    ...(a === null ? [] : [`a${a}`]),
    ...(target === 0 ? [] : [targetText(target).replace(' %', '')]),
    ...(alike.length > 1 ? [`seed${seed}`] : []),
  ];
  return `map-${parts.join('-')}`;
}
