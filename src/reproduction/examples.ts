/** Example patches of a study at fixed amplitudes, for the report. */
import { Rng } from '../base/rng.ts';
import type { SyntheticKind } from '../base/words.ts';
import type { FontLibrary } from '../synthetic/font-library.ts';
import { makePatches } from '../synthetic/patch-streams.ts';
import { encodeBase64 } from './base64.ts';
import type { DatasetName, ExampleImage } from './results.ts';
import { STUDIES } from './studies.ts';

const KIND_TITLES: Readonly<Record<SyntheticKind, string>> = {
  fonts: 'fonts',
  handwriting: 'words',
  spiral: 'spirals',
  wave: 'waves and lines',
};
const AMPLITUDES = {
  fonts: [1.7, 2.4, 3.2],
  handwriting: [0.4, 1, 2.5],
  'handwriting-1mm': [1, 1.6, 2.5],
} as const;

/** Not a set whose data are those of another. */
export function hasExamples(name: DatasetName): name is keyof typeof AMPLITUDES {
  return name in AMPLITUDES;
}

/** One regular patch of each kind and one at each amplitude, from the training part: the test part is looked at once. */
export function makeExamples(name: keyof typeof AMPLITUDES, fonts: FontLibrary): ExampleImage[] {
  const { kinds, range } = STUDIES[name];
  const unit = name === 'fonts' ? 'px' : 'mm';
  return kinds.flatMap((kind) =>
    [null, ...AMPLITUDES[name]].map((amplitude: number | null): ExampleImage => {
      // Also what is too faint to count in the study: the example is to show how faint that is.
      const fixed =
        amplitude === null ? {} : { outlinePx: both(amplitude), penMm: both(amplitude), leastPx: 0 };
      const stream = {
        kind,
        tremorLike: amplitude !== null,
        range: { ...range, ...fixed },
        part: 'train',
        seed: new Rng(`examples/${name}/${kind}`).int(1_000_000),
        count: 1,
      } as const;
      const [made] = makePatches(stream, fonts);
      return {
        kind: KIND_TITLES[kind],
        tremorLike: amplitude !== null,
        amplitude: amplitude === null ? null : `${amplitude} ${unit}`,
        ink: encodeBase64(made!.pixels),
      };
    }),
  );
}

function both(value: number): readonly [number, number] {
  return [value, value];
}
