/** docs/reproduction.md from the results of a full run. */
import { format, resolveConfig } from 'prettier';
import { EXTENTS, FULL_SEEDS, keyOf, planRuns } from '../src/reproduction/plan.ts';
import { plotsOf, type PlotFile } from '../src/reproduction/plots/plots.ts';
import { writeReport } from '../src/reproduction/report.ts';
import { DATASET_NAMES, type Reproduction } from '../src/reproduction/results.ts';

/** From here on the page is written by hand. */
const BY_HAND = '## The network that is shipped';

/**
 * @param before The page as it is: its end, which is written by hand, stays.
 * @param file Where the page lies: settles how it is formatted.
 */
export async function publishedPage(
  results: Reproduction,
  before: string,
  file: string,
): Promise<{ readonly page: string; readonly plots: readonly PlotFile[] }> {
  const plots = plotsOf(results).filter(isWorthItsPlace);
  const end = before.indexOf(BY_HAND);
  if (end < 0) throw new Error(`${file} has no heading "${BY_HAND}"`);
  const [title = '', ...report] = writeReport(results, plots, 'reproduction').split('\n');
  const page = [title, '', stateOf(results), ...report, '', before.slice(end)].join('\n');
  const options = await resolveConfig(file);
  return { page: await format(page, { ...options, parser: 'markdown' }), plots };
}

/** Maps are many and alike: those of l0 do. */
function isWorthItsPlace({ part, name }: PlotFile): boolean {
  return part !== 'map' || name.includes('-map-l0-');
}

/** What of the whole is not there yet; empty when nothing is missing. */
function stateOf({ datasets }: Reproduction): string {
  const failed = datasets.flatMap(({ failures }) => failures.map(({ spec }) => spec));
  const done = new Set([...datasets.flatMap(({ runs }) => runs), ...failed].map(keyOf));
  const counts = EXTENTS.map((extent) => {
    const planned = planRuns(DATASET_NAMES, { extent, quick: false, seeds: FULL_SEEDS });
    return { extent, planned: planned.length, done: planned.filter((spec) => done.has(keyOf(spec))).length };
  });
  if (counts.every((count) => count.done === count.planned)) return '';
  const texts = counts.map((count) => `${count.done} of ${count.planned} with \`--extent ${count.extent}\``);
  return (
    `> **Not the whole table yet.** Trainings that are done: ${texts.join(', ')}. The first of these is what the requirements ask for. ` +
    'What is missing is done by copying [results.json](reproduction/results.json) into a folder DIR and `npm run reproduce -- --out DIR --resume`.\n'
  );
}
