/** Growing tremor of a known frequency: what the probability does, and what is said from 1.5 mm swing on. */
import { median, percent, screenGrey, screenRecording, type Bench, type Result } from './bench.ts';
import { KNOWN_TASKS, knownPicture, knownRecording, type KnownTask } from './known-drawings.ts';

const RATES_HZ = [3.5, 5, 8];
const SWINGS_MM = [0, 0.3, 0.6, 1, 1.5, 2, 3, 4, 6, 8, 10];
/** Pictures end here: larger swings on paper are coils, not a line. */
const MOST_ON_PAPER_MM = 6;

interface Row {
  readonly medium: 'recording' | 'picture';
  readonly task: KnownTask;
  readonly hz: number;
  readonly swingMm: number;
  readonly results: readonly Result[];
}

export async function printDose(bench: Bench): Promise<void> {
  const rows: Row[] = [];
  for (const medium of ['recording', 'picture'] as const) {
    for (const task of KNOWN_TASKS) {
      for (const hz of RATES_HZ) {
        for (const swingMm of SWINGS_MM) {
          if (medium === 'picture' && swingMm > MOST_ON_PAPER_MM) continue;
          rows.push({
            medium,
            task,
            hz,
            swingMm,
            results: await screenHands(bench, medium, task, hz, swingMm),
          });
        }
      }
    }
  }
  console.log(`median probability of ${bench.hands} hands by swing (mm, peak to trough)`);
  console.log(`${''.padEnd(28)}${SWINGS_MM.map((mm) => String(mm).padStart(6)).join('')}  largest fall`);
  let worst = 0;
  for (const medium of ['recording', 'picture'] as const) {
    for (const task of KNOWN_TASKS) {
      for (const hz of RATES_HZ) {
        const own = rows.filter((row) => row.medium === medium && row.task === task && row.hz === hz);
        const medians = own.map(({ results }) => median(results.map(probabilityOf)));
        const fall = largestFall(medians);
        worst = Math.max(worst, fall);
        const cells = medians
          .map((value) => (Number.isNaN(value) ? '–' : value.toFixed(2)).padStart(6))
          .join('');
        console.log(
          `${`${medium} ${task} ${hz} Hz`.padEnd(28)}${cells.padEnd(6 * SWINGS_MM.length)}  ${fall.toFixed(3)}`,
        );
      }
    }
  }
  console.log(`largest fall of a median: ${worst.toFixed(3)} (must 0.05, aim 0.02)`);
  printShares(rows);
}

function printShares(rows: readonly Row[]): void {
  const isWriting = ({ task }: Row): boolean => task === 'words';
  const shaky = rows.filter(({ swingMm }) => swingMm >= 1.5);
  const still = rows.filter(({ swingMm }) => swingMm === 0);
  const told = (list: readonly Row[], verdict: Result['verdict']): string => {
    const results = list.flatMap(({ results }) => results);
    const hits = results.filter((result) => result.verdict === verdict).length;
    return `${hits} of ${results.length} (${percent(hits / results.length)})`;
  };
  for (const medium of ['recording', 'picture'] as const) {
    const of = (list: readonly Row[]): Row[] => list.filter((row) => row.medium === medium);
    const [figures, writing] = [of(shaky).filter((row) => !isWriting(row)), of(shaky).filter(isWriting)];
    console.log(
      `${medium}s from 1.5 mm on: figures tremor-like ${told(figures, 'tremor-like')}, writing ${told(writing, 'tremor-like')}; regular ${told(of(shaky), 'regular')}; refused ${told(of(shaky), 'not-screenable')}`,
    );
    console.log(
      `${medium}s without tremor: regular ${told(of(still), 'regular')}; tremor-like ${told(of(still), 'tremor-like')}; refused ${told(of(still), 'not-screenable')}`,
    );
  }
}

async function screenHands(
  bench: Bench,
  medium: Row['medium'],
  task: KnownTask,
  hz: number,
  swingMm: number,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < bench.hands; i++) {
    const drawing = { task, hz, swingMm, hand: 100 * bench.seed + i };
    if (medium === 'recording') results.push(await screenRecording(bench, knownRecording(drawing), null));
    else results.push(await screenGrey(bench, knownPicture(drawing).grey, task));
  }
  return results;
}

/** Refused drawings count as a half: neither regular nor shaky. */
function probabilityOf({ probability }: Result): number {
  return probability ?? 0.5;
}

function largestFall(values: readonly number[]): number {
  let highest = 0;
  let fall = 0;
  for (const value of values) {
    highest = Math.max(highest, value);
    fall = Math.max(fall, highest - value);
  }
  return fall;
}
