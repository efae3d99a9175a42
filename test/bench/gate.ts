/**
 * What the gate lets through, and what mending a page is worth:
 * `node test/bench/gate.ts [--seed report] [--count 10] [--drawings 130] [--mends 20] [--use seen|kept]`.
 *
 * - pictures without handwriting that get a confident verdict, those of kinds that its rules were chosen on and kept ones apart;
 * - true drawings that are refused, by kind (letters of printed fonts are no drawing, and only listed);
 * - real drawings that are refused, where the shared data folder is present;
 * - verdicts on drawings that are spoilt as pages come, without and with mending, beside the plain drawing's.
 *
 * The rules were chosen on the seeds 1 and `tune2`, the report is on others.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/base/rng.ts';
import type { SyntheticKind, Verdict } from '../../src/base/words.ts';
import type { GreyImage } from '../../src/imaging/images.ts';
import { openEngine } from '../../src/model/open-engine.ts';
import { loadModelFile } from '../../src/screening/load-model.ts';
import { gatePage, preparePage } from '../../src/screening/prepare-page.ts';
import { screenInk } from '../../src/screening/screen-ink.ts';
import { loadFontLibrary } from '../../src/synthetic/font-files.ts';
import { darken, laySideways, layOnDesk, makeTrueDrawing, printRules } from './gate-drawings.ts';
import { pageOf } from './page-of.ts';
import { NO_WRITING_KINDS } from './no-writing/kinds.ts';
import { subjectOf } from './real-drawings.ts';

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: 'assets/models/factory.spm' },
    data: { type: 'string', default: '../shared/data' },
    seed: { type: 'string', default: 'report' },
    /** Pictures of each kind without handwriting. */
    count: { type: 'string', default: '10' },
    /** Drawings of each simulated kind. */
    drawings: { type: 'string', default: '130' },
    /** Drawings of each kind that are spoilt in each way. */
    mends: { type: 'string', default: '20' },
    use: { type: 'string' },
  },
});

const fonts = loadFontLibrary();
const model = await loadModelFile(
  await openEngine('cpu'),
  readFileSync(options.model),
  path.basename(options.model),
);
const pause = (): Promise<void> => Promise.resolve();

await reportNoWriting();
reportDrawings();
await reportReal();
await reportMends();

/** The reason why a page is refused, with the rule that spoke; null where it is judged. */
function refusalOf(grey: GreyImage): string | null {
  const page = preparePage(pageOf(grey));
  const group = page.group ?? 'writing';
  const gate = gatePage(page.original, page.ink, group, page.pxPerMm, page.refusal);
  if (gate.kind === 'pass') return null;
  const why = page.refusal?.reason === gate.refusal.reason ? `/${page.refusal.why}` : '';
  return `${gate.refusal.reason}${why}`;
}

async function verdictOf(
  grey: GreyImage,
  mended = true,
): Promise<{ verdict: Verdict; reason: string | null; warnings: string[] }> {
  // Recordings are neither mended nor asked, as pages were before.
  const subject = { ...pageOf(grey), kind: mended ? ('scan' as const) : ('recording' as const) };
  const { result } = await screenInk(model, subject, { pause });
  return {
    verdict: result.verdict,
    reason: result.refusal?.reason ?? null,
    warnings: result.warnings.map(({ code }) => code),
  };
}

function tally(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ');
}

async function reportNoWriting(): Promise<void> {
  console.log(`\nNo handwriting (seed ${options.seed}): judged, with a confident verdict, of all`);
  const sums = { seen: [0, 0, 0], kept: [0, 0, 0] };
  for (const { name, use, make } of NO_WRITING_KINDS) {
    if (options.use !== undefined && options.use !== use) continue;
    const refusals: string[] = [];
    const passed: string[] = [];
    let confident = 0;
    for (let i = 0; i < Number(options.count); i++) {
      const grey = make(new Rng(`${options.seed}/${name}/${i}`), fonts);
      const refusal = refusalOf(grey);
      if (refusal !== null) {
        refusals.push(refusal);
        continue;
      }
      passed.push(String(i));
      const { verdict } = await verdictOf(grey);
      if (verdict === 'regular' || verdict === 'tremor-like') confident++;
    }
    const all = Number(options.count);
    [passed.length, confident, all].forEach((value, k) => (sums[use][k]! += value));
    console.log(
      `  ${use.padEnd(9)}${name.padEnd(14)}${passed.length} ${confident} of ${all}  ${tally(refusals)}${passed.length > 0 ? `  judged: ${passed.join(' ')}` : ''}`,
    );
  }
  for (const [use, [judged, confident, all]] of Object.entries(sums)) {
    console.log(`  ${use}: ${judged} judged, ${confident} with a confident verdict, of ${all}`);
  }
}

function reportDrawings(): void {
  console.log(`\nTrue drawings refused (seed ${options.seed})`);
  const refused = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const kind of ['spiral', 'wave', 'handwriting', 'fonts'] satisfies SyntheticKind[]) {
    for (let i = 0; i < Number(options.drawings); i++) {
      const drawing = makeTrueDrawing(kind, new Rng(`${options.seed}/true/${kind}/${i}`), fonts);
      counts.set(drawing.kind, (counts.get(drawing.kind) ?? 0) + 1);
      const refusal = refusalOf(drawing.grey);
      if (refusal !== null) refused.set(drawing.kind, [...(refused.get(drawing.kind) ?? []), refusal]);
    }
  }
  for (const [kind, count] of counts) {
    const list = refused.get(kind) ?? [];
    console.log(`  ${kind.padEnd(14)}${list.length} of ${count}  ${tally(list)}`);
  }
}

async function reportReal(): Promise<void> {
  console.log('\nReal drawings: refused, mended');
  for (const pattern of ['zham_spiral/*/*/*.png', 'zham_wave/*/*/*.png', 'scanned_pages/*/*.jpg']) {
    const files = existsSync(options.data) ? globSync(pattern, { cwd: options.data }).sort() : [];
    if (files.length === 0) {
      console.warn(`  SKIPPED: ${options.data}/${pattern} is absent, so nothing was checked on it.`);
      continue;
    }
    const refused: string[] = [];
    const mended: string[] = [];
    for (const file of files) {
      const page = preparePage(await subjectOf(path.join(options.data, file), null));
      if (page.refusal !== null) refused.push(`${file}: ${page.refusal.why}`);
      if (page.warnings.length > 0)
        mended.push(`${path.basename(file)}: ${page.warnings.map(({ code }) => code).join()}`);
    }
    console.log(
      `  ${pattern}: ${refused.length} refused of ${files.length} ${refused.join(', ')}; mended ${mended.length} ${mended.join(', ')}`,
    );
  }
}

async function reportMends(): Promise<void> {
  console.log(
    `\nSpoilt pages (seed ${options.seed}): verdict as on the plain page, flipped, refused; without → with mending; mended`,
  );
  const spoil: Record<string, (grey: GreyImage, rng: Rng) => GreyImage> = {
    plain: (grey) => grey,
    inverted: (grey) => darken(grey),
    desk: (grey, rng) => layOnDesk(grey, rng),
    ruled: (grey, rng) => printRules(grey, rng, false),
    squared: (grey, rng) => printRules(grey, rng, true),
    sideways: (grey) => laySideways(grey),
  };
  const rows = new Map<string, { before: number[]; after: number[]; codes: string[]; count: number }>();
  for (const kind of ['spiral', 'wave', 'handwriting'] as const) {
    for (let i = 0; i < Number(options.mends); i++) {
      const rng = new Rng(`${options.seed}/mend/${kind}/${i}`);
      const { grey } = makeTrueDrawing(kind, rng, fonts);
      const plain = await verdictOf(grey, false);
      for (const [name, change] of Object.entries(spoil)) {
        if (name === 'sideways' && kind !== 'handwriting') continue;
        const spoilt = change(grey, rng.fork(name));
        const row = rows.get(name) ?? { before: [0, 0, 0], after: [0, 0, 0], codes: [], count: 0 };
        row.count++;
        const [before, after] = [await verdictOf(spoilt, false), await verdictOf(spoilt)];
        for (const [sums, { verdict }] of [
          [row.before, before],
          [row.after, after],
        ] as const) {
          if (verdict === plain.verdict) sums[0]!++;
          else if (verdict === 'not-screenable') sums[2]!++;
          else if (
            verdict !== 'inconclusive' &&
            plain.verdict !== 'inconclusive' &&
            plain.verdict !== 'not-screenable'
          )
            sums[1]!++;
        }
        row.codes.push(
          ...after.warnings.filter((code) =>
            ['inverted', 'desk-cut', 'rules-removed', 'turned'].includes(code),
          ),
          ...(after.reason === null ? [] : [after.reason]),
        );
        rows.set(name, row);
      }
    }
  }
  for (const [name, { before, after, codes, count }] of rows) {
    console.log(
      `  ${name.padEnd(10)}of ${count}: ${before.join(' / ')} → ${after.join(' / ')}   ${tally(codes)}`,
    );
  }
}
