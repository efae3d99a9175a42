/** Pictures that hold no handwriting, and true drawings that are taken for one. */
import { Rng } from '../../../src/base/rng.ts';
import { reasonOf } from '../../../src/screening/screen-result.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { makeTrueDrawing } from '../gate-drawings.ts';
import { NO_WRITING_KINDS } from '../no-writing/kinds.ts';
import { percent, screenGrey, type Bench } from './bench.ts';

const PICTURES_OF_A_KIND = 8;
/** Drawings of each kind for one of a font like handwriting, which half of the fonts give. */
const DRAWN_KINDS = ['spiral', 'wave', 'handwriting', 'fonts'] as const;

export async function printNoWriting(bench: Bench): Promise<void> {
  await printNonDrawings(bench);
  await printTrueDrawings(bench);
}

/** Inconclusive or refused is right; regular or tremor-like is not. */
async function printNonDrawings(bench: Bench): Promise<void> {
  const fonts = loadFontLibrary();
  const sums = { seen: { confident: 0, count: 0 }, kept: { confident: 0, count: 0 } };
  console.log(
    'pictures without handwriting: confident verdicts (regular, tremor-like), inconclusive, of all',
  );
  for (const { name, use, make } of NO_WRITING_KINDS) {
    const told = { regular: 0, 'tremor-like': 0, inconclusive: 0, 'not-screenable': 0 };
    for (let i = 0; i < PICTURES_OF_A_KIND; i++) {
      const grey = make(new Rng(`verdict/${bench.seed}/${name}/${i}`), fonts);
      told[(await screenGrey(bench, grey, null)).verdict]++;
    }
    const confident = told.regular + told['tremor-like'];
    sums[use].confident += confident;
    sums[use].count += PICTURES_OF_A_KIND;
    console.log(
      `  ${name.padEnd(14)}${confident} (${told.regular}, ${told['tremor-like']}), ${told.inconclusive} of ${PICTURES_OF_A_KIND}${use === 'kept' ? '  kept kind' : ''}`,
    );
  }
  const all = {
    confident: sums.seen.confident + sums.kept.confident,
    count: sums.seen.count + sums.kept.count,
  };
  for (const [name, { confident, count }] of Object.entries({ ...sums, all })) {
    console.log(`${name} kinds: ${confident} of ${count} (${percent(confident / count)}; must 5 %, aim 1 %)`);
  }
}

/** Letters of printed fonts are no drawing, and left out. */
async function printTrueDrawings(bench: Bench): Promise<void> {
  const fonts = loadFontLibrary();
  const rows = new Map<string, { refused: string[]; count: number }>();
  const perKind = Math.ceil(bench.drawings / (DRAWN_KINDS.length - 0.5));
  for (const kind of DRAWN_KINDS) {
    for (let i = 0; i < perKind; i++) {
      const drawing = makeTrueDrawing(kind, new Rng(`verdict/${bench.seed}/${kind}/${i}`), fonts);
      if (drawing.kind === 'printed') continue;
      const row = rows.get(drawing.kind) ?? { refused: [], count: 0 };
      rows.set(drawing.kind, row);
      row.count++;
      const result = await screenGrey(bench, drawing.grey, null);
      if (result.verdict === 'not-screenable') row.refused.push(reasonOf(result) ?? '');
    }
  }
  let [refused, count] = [0, 0];
  for (const [kind, row] of rows) {
    refused += row.refused.length;
    count += row.count;
    console.log(
      `true drawings, ${kind}: refused ${row.refused.length} of ${row.count} ${row.refused.join('; ')}`,
    );
  }
  const note = count < 500 ? ' (fewer than 500: see --drawings)' : '';
  console.log(
    `true drawings refused: ${refused} of ${count} (${percent(refused / count)}; must 2 %, aim .5 %)${note}`,
  );
}
