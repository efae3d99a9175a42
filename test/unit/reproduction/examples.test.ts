import { expect, test } from 'vitest';
import { makeExamples } from '../../../src/reproduction/examples.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';

test.each([
  ['fonts', 4, ['1.7 px', '2.4 px', '3.2 px']],
  ['handwriting', 12, ['0.4 mm', '1 mm', '2.5 mm']],
] as const)(
  '%s: one regular patch and three amplitudes of each kind, whole and with ink',
  (name, count, amplitudes) => {
    const examples = makeExamples(name, loadFontLibrary());
    expect(examples).toHaveLength(count);
    expect(new Set(examples.flatMap(({ amplitude }) => amplitude ?? []))).toEqual(new Set(amplitudes));
    for (const { ink, tremorLike, amplitude } of examples) {
      expect(tremorLike).toBe(amplitude !== null);
      const bytes = Buffer.from(ink, 'base64');
      expect(bytes).toHaveLength(128 * 128);
      expect(Math.max(...bytes)).toBeGreaterThan(200);
    }
  },
);
