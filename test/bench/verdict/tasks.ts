/** How often the task is known by shape alone, on simulated drawings and on the shared data. */
import { Rng } from '../../../src/base/rng.ts';
import type { InkMap } from '../../../src/imaging/images.ts';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { guessShape } from '../../../src/imaging/task-guess.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { drawShape, groupOfKind, SHAPE_KINDS, taskOfKind } from '../shape-drawings.ts';
import { findSharedDrawings, SHARED_DATA, taskOfGroup } from '../shared-drawings.ts';
import { percent, type Bench } from './bench.ts';

const DRAWINGS_OF_A_KIND = 40;

interface Tally {
  group: number;
  task: number;
  unknown: number;
  count: number;
}

export async function printTasks(bench: Bench): Promise<void> {
  console.log('right group (which network), right task, nothing guessed, by shape alone');
  const fonts = loadFontLibrary();
  const simulated = new Map<string, Tally>();
  for (const kind of SHAPE_KINDS) {
    for (let i = 0; i < DRAWINGS_OF_A_KIND; i++) {
      const { grey } = drawShape(new Rng(`verdict/${bench.seed}/${kind}/${i}`), kind, {
        fonts,
        part: 'test',
      });
      count(simulated, kind, inkMapOf(grey), groupOfKind(kind), taskOfKind(kind));
    }
  }
  // Of what is none of ours nothing should be guessed: another figure than the share of right guesses.
  const others = simulated.get('other')!;
  simulated.delete('other');
  printTallies('simulation', simulated);
  console.log(`  other figures: nothing guessed of ${others.unknown} of ${others.count}`);
  const real = new Map<string, Tally>();
  for (const { set, group, open } of findSharedDrawings()) {
    count(real, set, await open(), group, taskOfGroup(group));
  }
  if (real.size === 0) console.log(`MISSING ${SHARED_DATA}: nothing measured on it.`);
  else printTallies('shared data', real);
}

function count(
  tallies: Map<string, Tally>,
  row: string,
  ink: InkMap | null,
  group: string | null,
  task: string | null,
): void {
  const tally = tallies.get(row) ?? { group: 0, task: 0, unknown: 0, count: 0 };
  tallies.set(row, tally);
  const guess = ink === null ? { task: null, group: null } : guessShape(ink);
  tally.count++;
  if (guess.group === group) tally.group++;
  if (guess.task === task) tally.task++;
  if (guess.group === null) tally.unknown++;
}

function printTallies(name: string, tallies: ReadonlyMap<string, Tally>): void {
  const sum: Tally = { group: 0, task: 0, unknown: 0, count: 0 };
  for (const [row, tally] of tallies) {
    console.log(`  ${row.padEnd(16)}${tally.group}, ${tally.task}, ${tally.unknown} of ${tally.count}`);
    for (const key of ['group', 'task', 'unknown', 'count'] as const) sum[key] += tally[key];
  }
  console.log(
    `${name}: right group ${percent(sum.group / sum.count)}, right task ${percent(sum.task / sum.count)} of ${sum.count} (must 97 %, aim 99 %)`,
  );
}
