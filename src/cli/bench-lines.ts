/** The table of `steadypen bench`, for people. */
import type { BenchLine, BenchName } from '../host/bench/bench-types.ts';
import type { BenchRatio } from '../host/bench/summary.ts';

const TITLES: Readonly<Record<BenchName, string>> = {
  train: 'training step, batch 32',
  'train-rvsm': 'the same with RVSM, l0',
  'infer-1': 'inference, one patch',
  'infer-32': 'inference, batch 32',
  'screen-spiral': 'screening a spiral',
  'screen-a4': 'screening an A4 page',
  start: 'start to first answer',
};

/** A head and one row per measure. */
export function tableOf(lines: readonly BenchLine[]): string[] {
  const head = row('', ['backend', 'threads'], ['median', 'min', 'max'], '');
  return [
    head.trimEnd(),
    ...lines.map(({ bench, backend, threads, unit, median, min, max }) =>
      row(
        TITLES[bench],
        [backend, String(threads)],
        [median, min, max].map((value) => value.toFixed(value < 100 ? 1 : 0)),
        unit,
      ),
    ),
  ];
}

/** What `--json` prints; told from a measure by its first word. */
export function ratioRecord({ bench, ...rest }: BenchRatio): object {
  return { ratio: bench, ...rest };
}

/** E.g. `training step, batch 32, 1 thread: cpu is 1.52 times as fast as torch (1.40 to 1.61)`. */
export function describeRatio({ bench, backend, peer, threads, median, min, max }: BenchRatio): string {
  const [middle, least, most] = [median, min, max].map((value) => value.toFixed(2));
  const size = threads === 1 ? '1 thread' : `${threads} threads`;
  return `${TITLES[bench]}, ${size}: ${backend} is ${middle} times as fast as ${peer} (${least} to ${most})`;
}

function row(
  title: string,
  [backend = '', threads = '']: readonly string[],
  values: readonly string[],
  unit: string,
): string {
  const figures = values.map((value) => value.padStart(9)).join('');
  return `${title.padEnd(26)}${backend.padEnd(9)}${threads.padStart(7)}${figures}  ${unit}`;
}
