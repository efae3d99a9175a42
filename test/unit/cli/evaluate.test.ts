import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { knownPicture } from '../../bench/verdict/known-drawings.ts';
import { linesOf, outcomeOf, ROOT, runCli, startCli, temporaryFolder, type Outcome } from './run-cli.ts';

const cwd = temporaryFolder();
const FACTORY = path.join(ROOT, 'assets/models/factory.spm');

interface ImageLine {
  readonly path: string;
  readonly subject: string | null;
  readonly label: string;
  readonly split?: string;
  readonly fold?: number;
  readonly verdict: string;
  readonly probability: number | null;
  readonly logit: number | null;
}
interface Metrics {
  readonly images: number;
  readonly judged: number;
  readonly subjects: number;
  readonly unit: string;
  readonly notScreenable: number;
  readonly unusable: number;
  readonly verdicts: Record<string, Record<string, number>>;
  readonly atHalf: Record<string, Record<string, number>>;
  readonly accuracy: { value: number; low: number; high: number };
  readonly sensitivity: { value: number };
  readonly specificity: { value: number };
  readonly brier: number;
  readonly auc: { value: number; low: number; high: number };
  readonly roc: readonly { threshold: number | null }[];
  readonly reliability: readonly { count: number }[];
  readonly groups: Record<string, unknown>;
  readonly recalibration: { readonly fittedOn: string; readonly samples: number } | null;
  readonly folds?: readonly { fold: number; testImages: number; fcZeros: number }[];
  readonly training?: string;
  readonly warnings: readonly string[];
}

function readLines({ stdout }: Outcome) {
  const lines = linesOf(stdout);
  const last = lines.at(-1) as { metrics: Metrics } | undefined;
  return {
    images: lines.filter((line) => 'label' in line) as unknown as ImageLine[],
    errors: lines.filter((line) => 'error' in line) as { path: string; error: { code: string } }[],
    metrics: last?.metrics,
  };
}

/** Pairs in the right order, one by one. */
function pairCount(images: readonly ImageLine[]): number {
  const of = (label: string) =>
    images.filter((image) => image.label === label).map(({ logit }) => logit ?? NaN);
  let sum = 0;
  for (const positive of of('tremor-like')) {
    for (const negative of of('regular')) sum += positive > negative ? 1 : positive === negative ? 0.5 : 0;
  }
  return sum / (of('tremor-like').length * of('regular').length);
}

/** The manifest of `synth` with other subjects (two drawings of a label each) and a column split. */
function writeManifest(folder: string, splitOf: (i: number) => string, subjectOf = pairOf): void {
  const [, ...rows] = parse(readFileSync(path.join(cwd, 'drawn/manifest.csv'), 'utf8'));
  const lines = rows.map(([file, label], i) => {
    const subject = subjectOf(i, label ?? '');
    return `${file},${label},${subject},spiral-free${splitOf(i) === '' ? '' : `,${splitOf(i)}`}`;
  });
  const header = `path,label,subject,task${splitOf(0) === '' ? '' : ',split'}`;
  mkdirSync(path.join(cwd, folder), { recursive: true });
  mkdirSync(path.join(cwd, folder, 'images'), { recursive: true });
  for (const [file] of rows) copyFileSync(path.join(cwd, 'drawn', file!), path.join(cwd, folder, file!));
  writeFileSync(path.join(cwd, folder, 'manifest.csv'), `${[header, ...lines].join('\n')}\n`);
}

/** Regular and tremor-like drawings take turns. */
function pairOf(i: number, label: string): string {
  return `${label}-${i >> 2}`;
}

beforeAll(async () => {
  const { code } = await runCli(
    ['synth', '--kind', 'spiral', '--count', '24', '--seed', '13', '--out', 'drawn'],
    { cwd },
  );
  expect(code).toBe(0);
  writeManifest('plain', () => '');
}, 60_000);

describe('a model on labelled files', () => {
  let outcome: Outcome;

  beforeAll(async () => {
    const blank = sharp({ create: { width: 400, height: 400, channels: 3, background: '#fff' } });
    writeManifest('mixed', () => '');
    await blank.png().toFile(path.join(cwd, 'mixed/images/blank.png'));
    writeFileSync(path.join(cwd, 'mixed/images/bad.png'), 'no picture');
    appendFileSync(
      path.join(cwd, 'mixed/manifest.csv'),
      'images/blank.png,regular,X,spiral-free\nimages/bad.png,regular,Y,spiral-free\nimages/gone.png,regular,Z,\n',
    );
    const args = ['evaluate', '--data', 'mixed', '--model', FACTORY, '--json', '--csv', 'table.csv'];
    outcome = await runCli([...args, '--sensitivity', 'high'], { cwd });
  }, 60_000);

  test('has a line per image in the order of the manifest, one per unusable file, and exits with 3', () => {
    const { images, errors, metrics } = readLines(outcome);
    expect(outcome.code).toBe(3);
    expect(images).toHaveLength(25);
    expect(errors.map(({ path: file }) => path.basename(file))).toEqual(['bad.png', 'gone.png']);
    expect(metrics).toMatchObject({
      images: 25,
      judged: 24,
      notScreenable: 1,
      unusable: 2,
      unit: 'subject',
      subjects: 12,
    });
    expect(images.at(-1)).toMatchObject({
      path: path.join('mixed', 'images', 'blank.png'),
      subject: 'X',
      verdict: 'not-screenable',
      reason: 'blank',
      refusal: { reason: 'blank' },
      probability: null,
      logit: null,
      picture: null,
    });
    for (const image of images) expect(image).toMatchObject({ sensitivity: 'high', taskFrom: 'told' });
  });

  test('judges exactly as screen does', async () => {
    const { images } = readLines(outcome);
    const args = ['screen', 'mixed/images', '--task', 'spiral-free', '--model', FACTORY, '--json'];
    const { stdout } = await runCli([...args, '--sensitivity', 'high'], { cwd });
    const screened = linesOf(stdout).filter((line) => 'verdict' in line);
    expect(screened).toHaveLength(25);
    for (const line of screened) {
      const own = images.find((image) => image.path === line['path']);
      const { logit } = line['evidence'] as { logit: number | null };
      const { verdict, probability, limits, sensitivity, picture } = line;
      expect(own).toMatchObject({ verdict, probability, limits, sensitivity, picture, logit });
    }
  }, 60_000);

  test('its figures are those of its lines', () => {
    const { images, metrics } = readLines(outcome);
    const judged = images.filter(({ probability }) => probability !== null);
    const count = (label: string, verdict: string) =>
      images.filter((image) => image.label === label && image.verdict === verdict).length;
    for (const label of ['regular', 'tremor-like']) {
      for (const verdict of ['regular', 'tremor-like', 'inconclusive', 'not-screenable']) {
        expect(metrics?.verdicts[label]?.[verdict], `${label} ${verdict}`).toBe(count(label, verdict));
      }
    }
    const called = ({ probability }: ImageLine) => ((probability ?? 0) > 0.5 ? 'tremor-like' : 'regular');
    const right = judged.filter((image) => called(image) === image.label);
    expect(metrics?.accuracy.value).toBeCloseTo(right.length / 24, 4);
    expect(metrics?.sensitivity.value).toBeCloseTo(
      right.filter(({ label }) => label === 'tremor-like').length / 12,
      4,
    );
    expect(metrics?.auc.value).toBeCloseTo(pairCount(judged), 4);
    expect(metrics?.auc.value).toBeGreaterThan(0.8); // The factory model knows simulated spirals.
    expect(metrics?.reliability.reduce((sum, bin) => sum + bin.count, 0)).toBe(24);
    expect(metrics?.roc[0]).toEqual({ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 });
    expect(metrics?.groups).toEqual({}); // All are spirals.
    expect(metrics?.recalibration).toMatchObject({ fittedOn: 'other subjects, in 5 folds', samples: 24 });
    expect(metrics?.warnings.join()).not.toContain('LEAKAGE');
  });

  test('the table has a row for each image and each unusable file', () => {
    const [header, ...rows] = parse(readFileSync(path.join(cwd, 'table.csv'), 'utf8'));
    expect(header?.slice(0, 4)).toEqual(['path', 'page', 'subject', 'label']);
    expect(rows).toHaveLength(27);
    expect(rows.every((row) => row.length === header?.length)).toBe(true);
    expect(rows.at(-1)?.[header?.indexOf('error') ?? -1]).toContain('not-found');
    expect(rows[0]?.[header?.indexOf('sensitivity') ?? -1]).toBe('high');
  });

  test('people read a table', async () => {
    const { stdout, code } = await runCli(['evaluate', '--data', 'plain', '--model', FACTORY], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Images +24 \(12 regular, 12 tremor-like\), 0 of them not screenable/m);
    expect(stdout).toMatch(/^AUC +[01]\.\d{3} \([01]\.\d{3}–[01]\.\d{3}\)$/m);
    expect(stdout).toMatch(/^ {4}temperature +ECE 0\.\d{3}, Brier score 0\.\d{3}; T /m);
    expect(stdout).toContain('Screening aid, not a diagnosis.');
  }, 60_000);

  test('class folders name nobody: intervals are over images', async () => {
    for (const [word, label] of [
      ['healthy', 'regular'],
      ['parkinson', 'tremor-like'],
    ] as const) {
      mkdirSync(path.join(cwd, 'classes', word), { recursive: true });
      const [, ...rows] = parse(readFileSync(path.join(cwd, 'drawn/manifest.csv'), 'utf8'));
      for (const [file] of rows.filter((row) => row[1] === label).slice(0, 5)) {
        copyFileSync(path.join(cwd, 'drawn', file!), path.join(cwd, 'classes', word, path.basename(file!)));
      }
    }
    const { images, metrics } = readLines(
      await runCli(['evaluate', '--data', 'classes', '--model', FACTORY, '--json'], { cwd }),
    );
    expect(images.every(({ subject }) => subject === null)).toBe(true);
    expect(metrics).toMatchObject({ unit: 'image', judged: 10, subjects: 10 });
    expect(metrics?.warnings.join()).toContain('name no people');
  }, 60_000);
});

test('lines are measured by what screening shows of them, their waver counted', async () => {
  const folder = path.join(cwd, 'lines');
  mkdirSync(folder, { recursive: true });
  const rows: string[] = [];
  // A row of even coils looks to the network like a wave that was meant.
  for (const [hand, swingMm] of [401, 402, 403, 404, 405].flatMap((one) => [
    [one, 0] as const,
    [one, 6] as const,
  ])) {
    const { grey } = knownPicture({ task: 'line', hz: 3.5, swingMm, hand });
    const raw = { width: grey.width, height: grey.height, channels: 1 } as const;
    const file = `${hand}-${swingMm}.png`;
    await sharp(grey.data, { raw }).png().toFile(path.join(folder, file));
    rows.push(`${file},${swingMm > 0 ? 'tremor-like' : 'regular'},${hand},line`);
  }
  writeFileSync(path.join(folder, 'manifest.csv'), ['path,label,subject,task', ...rows].join('\n'));
  const own = readLines(await runCli(['evaluate', '--data', 'lines', '--model', FACTORY, '--json'], { cwd }));
  const { stdout } = await runCli(['screen', 'lines', '--task', 'line', '--model', FACTORY, '--json'], {
    cwd,
  });
  const shown = new Map(linesOf(stdout).map((line) => [line['path'], line]));
  for (const image of own.images) {
    const { verdict, probability } = shown.get(image.path)!;
    expect(image).toMatchObject({ verdict, probability });
  }
  const errors = own.images.map(
    ({ label, probability }) => (label === 'regular' ? 0 : 1) - (probability ?? NaN),
  );
  const brier = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
  expect(own.metrics?.brier).toBeCloseTo(brier, 3);
}, 180_000);

describe('the column split', () => {
  test('--split test takes its rows only, and fits another calibration on the validation part', async () => {
    // Rows 0 … 3 and so on belong to two people.
    writeManifest('told', (i) => (i < 12 ? 'test' : 'validation'));
    const { images, metrics } = readLines(
      await runCli(['evaluate', '--data', 'told', '--split', 'test', '--model', FACTORY, '--json'], { cwd }),
    );
    expect(images).toHaveLength(12);
    expect(new Set(images.map(({ split }) => split))).toEqual(new Set(['test']));
    expect(metrics?.recalibration).toMatchObject({ fittedOn: 'the validation part', samples: 12 });
    expect(metrics?.warnings.join()).not.toContain('LEAKAGE');
  }, 60_000);

  test('subjects in more than one part are counted and named', async () => {
    writeManifest('leaky', (i) => (i % 4 < 2 ? 'train' : 'test'));
    const { metrics } = readLines(
      await runCli(['evaluate', '--data', 'leaky', '--split', 'test', '--model', FACTORY, '--json'], { cwd }),
    );
    expect(metrics?.images).toBe(12);
    expect(metrics?.warnings[0]).toContain(
      'LEAKAGE: 12 of 12 subjects stand in more than one split (regular-0, tremor-like-0, regular-1, …)',
    );
  }, 60_000);
});

describe('folds', () => {
  const training = ['--epochs', '1', '--penalty', 'none', '--backend', 'cpu'];

  test('every image is tested once, with its person, by a model that has not seen either', async () => {
    const args = [
      'evaluate',
      '--data',
      'plain',
      '--folds',
      '3',
      '--epochs',
      '2',
      '--fine-tune',
      '1',
      '--backend',
      'cpu',
    ];
    const outcome = await runCli([...args, '--json'], { cwd });
    const { images, metrics } = readLines(outcome);
    expect(outcome.code).toBe(0);
    expect(new Set(images.map((image) => image.path)).size).toBe(24);
    expect(images).toHaveLength(24);
    const foldsOf = Map.groupBy(images, ({ subject }) => subject);
    expect(foldsOf.size).toBe(12);
    for (const own of foldsOf.values()) expect(new Set(own.map(({ fold }) => fold)).size).toBe(1);
    for (const fold of [1, 2, 3]) {
      const labels = images.filter((image) => image.fold === fold).map(({ label }) => label);
      expect(new Set(labels).size).toBe(2);
    }
    expect(metrics).toMatchObject({ judged: 24, subjects: 12 });
    expect(metrics?.folds).toHaveLength(3);
    expect(metrics?.folds?.reduce((sum, { testImages }) => sum + testImages, 0)).toBe(24);
    // The sparse network is what is tested.
    for (const { fcZeros } of metrics?.folds ?? []) expect(fcZeros).toBeGreaterThanOrEqual(0.9);
    expect(metrics?.training).toBe(
      'steadypen train --data plain --penalty l0 --target-sparsity 0.9 --epochs 2 --fine-tune 1 --seed 1 --backend cpu',
    );
    expect(metrics?.warnings.join()).not.toContain('LEAKAGE');
  }, 120_000);

  test('--ungrouped splits people and says how many', async () => {
    const outcome = await runCli(
      ['evaluate', '--data', 'plain', '--folds', '3', '--ungrouped', ...training, '--json'],
      { cwd },
    );
    const { images, metrics } = readLines(outcome);
    const folds = Map.groupBy(images, ({ subject }) => subject);
    const split = [...folds.values()].filter((own) => new Set(own.map(({ fold }) => fold)).size > 1).length;
    expect(split).toBeGreaterThan(0);
    expect(metrics?.warnings[0]).toContain(`LEAKAGE: ${split} of 12 subjects stand in more than one fold`);
    expect(outcome.stderr).toContain('LEAKAGE');
  }, 120_000);

  test('Ctrl-C ends them without figures', async () => {
    const child = startCli(['evaluate', '--data', 'plain', '--folds', '3', '--backend', 'cpu', '--json'], {
      cwd,
    });
    const outcome = outcomeOf(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve)); // the first fold is judged
    child.kill('SIGINT');
    const { code, stdout } = await outcome;
    expect(code).toBe(130);
    expect(linesOf(stdout).some((line) => 'metrics' in line)).toBe(false);
  }, 120_000);
});

describe('what cannot be evaluated', () => {
  test.each([
    ['one label only', () => 'regular', /All 24 images have the label regular.*add 5 more tremor-like/],
    [
      'too few of a label',
      (i: number) => (i < 4 ? 'tremor-like' : 'regular'),
      /20 regular and 4 tremor-like\. At least 5 of each label are needed: add 1 more tremor-like/,
    ],
  ])('%s: says how many are needed', async (_, labelOf, words) => {
    const rows = Array.from({ length: 24 }, (_, i) => `images/${i}.png,${labelOf(i)},p${i}`);
    mkdirSync(path.join(cwd, 'short'), { recursive: true });
    writeFileSync(path.join(cwd, 'short/manifest.csv'), ['path,label,subject', ...rows].join('\n'));
    const { code, stdout } = await runCli(['evaluate', '--data', 'short', '--json'], { cwd });
    expect(code).toBe(3);
    const { error } = linesOf(stdout)[0] as { error: { code: string; message: string } };
    expect(error.code).toBe('too-few-samples');
    expect(error.message).toMatch(words);
  });

  test('folds of too few patches are refused before any is trained', async () => {
    const places = [0, 2].flatMap((i) => [i, i + 1]);
    writeManifest(
      'thin',
      () => '',
      (i, label) => `${label}-${places.includes(i) ? i >> 1 : 'most'}`,
    );
    const { code, stderr } = await runCli(['evaluate', '--data', 'thin', '--folds', '3'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/Fold \d of 3: Too few samples for the \w+ part: it needs at least/);
    expect(stderr).not.toMatch(/epoch/);
  }, 60_000);

  test('more folds than people', async () => {
    const { code, stderr } = await runCli(['evaluate', '--data', 'plain', '--folds', '7'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/--folds 7 needs at least 7 subjects.*there are 6 and 6\. Take --folds 6/);
  }, 60_000);

  test.each([
    [[], '--data DIR is missing'],
    [['--data', 'plain', '--folds', '2'], '--folds takes a whole number from 3 to 20'],
    [['--data', 'plain', '--folds', '3', '--model', 'm.spm'], '--folds and --model exclude each other'],
    [['--data', 'plain', '--folds', '3', '--split', 'test'], '--folds and --split exclude each other'],
    [['--data', 'plain', '--epochs', '3'], '--epochs goes with --folds K only'],
    [['--data', 'plain', '--ungrouped'], '--ungrouped goes with --folds K only'],
    [['--data', 'plain', '--split', 'test'], '--split test: plain has no manifest.csv with a column split'],
    [['--data', 'plain', '--split', 'dev'], '--split takes train, validation, test, not "dev"'],
    [['--data', 'nowhere'], 'there is no folder nowhere'],
    [['--data', 'plain', '--model', 'no.spm'], 'no.spm'],
  ])('wrong usage %j', async (args, words) => {
    const { code, stdout, stderr } = await runCli(['evaluate', ...args], { cwd });
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
