/**
 * Judges a model on real drawings: `node test/bench/screening-accuracy.ts [--model FILE] [--json]`.
 *
 * - zero-shot AUC over the spirals on paper (nothing of them is trained on), interval by bootstrap over people;
 * - share of the scanned pages of healthy writing that is flagged at the model's own limits;
 * - the positive control: the same pages with tremor warped into the ink must be flagged more often, and higher
 *   amplitudes more than lower ones, or "regular" would only mean "never flags";
 * - times per picture.
 *
 * Needs the shared data folder. `--logits` also prints each picture's raw logit.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TASK_GROUPS } from '../../src/base/words.ts';
import { rocAuc } from '../../src/model/metrics.ts';
import { AGGREGATES } from '../../src/screening/aggregate.ts';
import { openEngine } from '../../src/model/open-engine.ts';
import { evaluateImages } from '../../src/screening/evaluation.ts';
import { loadModelFile } from '../../src/screening/load-model.ts';
import { ALL_VIEWS } from '../../src/screening/patch-views.ts';
import type { ScreenContext } from '../../src/screening/screen-ink.ts';
import { judge, openPage, PAGES, SPIRALS, spiralLabels, subjectOf, type Judged } from './real-drawings.ts';

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: 'assets/models/factory.spm' },
    data: { type: 'string', default: '../shared/data' },
    json: { type: 'boolean', default: false },
    logits: { type: 'boolean', default: false },
    'no-pages': { type: 'boolean', default: false },
    /** Relative, comma-separated, in place of the defaults. */
    scales: { type: 'string' },
    aggregate: { type: 'string' },
    /** How many of the eight views, 1 … 8. */
    views: { type: 'string' },
  },
});

const AMPLITUDES_MM = [0.25, 0.5, 1];

const engine = await openEngine('cpu');
const modelBytes = readFileSync(options.model);
const loadStarted = performance.now();
const model = await loadModelFile(engine, modelBytes, path.basename(options.model));
const loadMs = performance.now() - loadStarted;
const context: ScreenContext = {
  pause: () => Promise.resolve(),
  judge: {
    ...(options.scales === undefined ? {} : { scales: options.scales.split(',').map(Number) }),
    ...(options.aggregate === undefined ? {} : { aggregate: aggregateOf(options.aggregate) }),
    ...(options.views === undefined ? {} : { views: ALL_VIEWS.slice(0, Number(options.views)) }),
  },
};

const spirals = await screenSpirals();
const report = {
  model: options.model,
  loadMs: Math.round(loadMs),
  calibration: TASK_GROUPS.map((group) => ({ group, ...model.networkFor(group).calibration })),
  spirals,
  pages: options['no-pages'] ? null : await screenPages(),
};
if (options.json) console.log(JSON.stringify(report));
else printReport();

function aggregateOf(text: string) {
  const found = AGGREGATES.find((name) => name === text);
  if (found === undefined) throw new Error(`--aggregate takes one of ${AGGREGATES.join(', ')}, not ${text}`);
  return found;
}

function filesOf({ pattern, count: expected }: typeof SPIRALS | typeof PAGES): string[] {
  const files = globSync(pattern, { cwd: options.data }).sort();
  if (files.length !== expected) {
    throw new Error(
      `${options.data}/${pattern}: ${files.length} files instead of ${expected}. Name the folder with --data.`,
    );
  }
  return files.map((file) => path.join(options.data, file));
}

async function screenSpirals() {
  const files = filesOf(SPIRALS);
  const judged: Judged[] = [];
  for (const file of files) judged.push(await judge(model, () => subjectOf(file, null), context));
  const labels = spiralLabels(files);
  // V55HE01 → H-V55: the same number among healthy and ill is taken to be two people.
  const subjects = files.map((file) => path.basename(file).replace(/^(V\d+)([HP])E.*$/, '$2-$1'));
  const logits = Float32Array.from(judged, ({ logit }) => logit);
  const of = (label: number) => judged.filter((_, i) => labels[i] === label);
  const { slope, offset } = model.networkFor('spiral').calibration;
  const { verdicts, figures } = evaluateImages(
    judged.map(({ verdict, logit }, i) => ({
      label: labels[i] === 1 ? 'tremor-like' : 'regular',
      subject: subjects[i]!,
      group: 'spiral',
      verdict,
      logOdds: slope * logit + offset,
    })),
  );
  return {
    count: files.length,
    guessedSpiral: judged.filter(({ task }) => task === 'spiral-free').length,
    auc: figures.auc.value,
    aucInterval: figures.auc,
    aucBySubject: aucOfSubjectMeans(logits, labels, subjects),
    healthy: {
      count: of(0).length,
      flagged: verdicts.regular['tremor-like'],
      inconclusive: verdicts.regular.inconclusive,
      ...quartiles(of(0)),
    },
    parkinson: {
      count: of(1).length,
      flagged: verdicts['tremor-like']['tremor-like'],
      inconclusive: verdicts['tremor-like'].inconclusive,
      ...quartiles(of(1)),
    },
    ms: timesOf(judged),
    logits: options.logits
      ? files.map((file, i) => ({ file: path.basename(file), logit: round(logits[i]!), label: labels[i] }))
      : undefined,
  };
}

/** One mean logit per person: people with many spirals then count once. */
function aucOfSubjectMeans(logits: Float32Array, labels: Uint8Array, subjects: readonly string[]): number {
  const names = [...new Set(subjects)];
  const means = names.map((name) => {
    const own = [...logits].filter((_, i) => subjects[i] === name);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return rocAuc(
    Float32Array.from(means),
    Uint8Array.from(names, (name) => labels[subjects.indexOf(name)]!),
  );
}

interface PageRow {
  readonly name: string;
  readonly plain: Judged;
  readonly warped: readonly (Judged & { readonly amplitudeMm: number })[];
}

async function screenPages() {
  const files = filesOf(PAGES);
  const rows: PageRow[] = [];
  for (const file of files) {
    const plain = await judge(model, () => subjectOf(file, null), context);
    const page = await openPage(file);
    const warped = [];
    for (const amplitudeMm of AMPLITUDES_MM) {
      const subject = page.warped(amplitudeMm);
      warped.push({ amplitudeMm, ...(await judge(model, () => Promise.resolve(subject), context)) });
    }
    rows.push({ name: page.name, plain, warped });
  }
  const isFlagged = ({ verdict }: Judged) => verdict === 'tremor-like';
  return {
    count: rows.length,
    guessedPage: rows.filter(({ plain }) => plain.task === 'page').length,
    flagged: rows.filter(({ plain }) => isFlagged(plain)).length,
    inconclusive: rows.filter(({ plain }) => plain.verdict === 'inconclusive').length,
    warped: AMPLITUDES_MM.map((amplitudeMm, i) => ({
      amplitudeMm,
      flagged: rows.filter(({ warped }) => isFlagged(warped[i]!)).length,
      /** Pages whose logit rose. */
      risen: rows.filter(({ plain, warped }) => warped[i]!.logit > plain.logit).length,
      auc: rocAuc(
        Float32Array.from([
          ...rows.map(({ plain }) => plain.logit),
          ...rows.map(({ warped }) => warped[i]!.logit),
        ]),
        Uint8Array.from({ length: 2 * rows.length }, (_, at) => (at < rows.length ? 0 : 1)),
      ),
    })),
    ms: timesOf(rows.map(({ plain }) => plain)),
    rows: rows.map(({ name, plain, warped }) => ({
      name,
      logit: round(plain.logit),
      probability: plain.probability,
      verdict: plain.verdict,
      patchSpread: round(plain.patchSpread),
      warped: warped.map(({ amplitudeMm, logit, verdict }) => ({
        amplitudeMm,
        logit: round(logit),
        verdict,
      })),
    })),
  };
}

function quartiles(list: readonly Judged[]) {
  const sorted = list.map(({ logit }) => logit).sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.round(share * (sorted.length - 1))] ?? NaN);
  return { logitQuartiles: [at(0), at(0.25), at(0.5), at(0.75), at(1)] };
}

function timesOf(list: readonly Judged[]) {
  const sorted = list.map(({ ms }) => ms).sort((a, b) => a - b);
  return { median: round(sorted[Math.floor(sorted.length / 2)]!), max: round(sorted.at(-1)!) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function printReport(): void {
  const { low, high } = spirals.aucInterval;
  console.log(`model ${report.model}, loaded in ${report.loadMs} ms`);
  console.log(
    `spirals: AUC ${spirals.auc.toFixed(3)} (95 % by person ${low.toFixed(2)}–${high.toFixed(2)}), by person's mean ${spirals.aucBySubject.toFixed(3)}; ${spirals.guessedSpiral} of ${spirals.count} taken for spirals; median ${spirals.ms.median} ms, longest ${spirals.ms.max} ms`,
  );
  for (const [name, part] of [
    ['healthy', spirals.healthy],
    ['parkinson', spirals.parkinson],
  ] as const) {
    console.log(
      `  ${name}: ${part.flagged} of ${part.count} flagged, ${part.inconclusive} inconclusive; logits ${part.logitQuartiles.join(' ')}`,
    );
  }
  for (const row of spirals.logits ?? []) console.log(`  ${row.file} ${row.label} ${row.logit}`);
  const { pages } = report;
  if (pages === null) return;
  console.log(
    `pages: ${pages.flagged} of ${pages.count} flagged, ${pages.inconclusive} inconclusive; median ${pages.ms.median} ms, longest ${pages.ms.max} ms`,
  );
  for (const { amplitudeMm, flagged, risen, auc } of pages.warped) {
    console.log(
      `  with ${amplitudeMm} mm tremor: ${flagged} flagged, ${risen} logits risen, AUC ${auc.toFixed(2)}`,
    );
  }
  for (const row of pages.rows) {
    const warped = row.warped.map(({ logit, verdict }) => `${logit} ${verdict}`).join(' | ');
    console.log(`  ${row.name}: ${row.logit} ${row.verdict} (patch spread ${row.patchSpread}) | ${warped}`);
  }
}
