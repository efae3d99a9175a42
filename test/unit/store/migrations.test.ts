import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { screenResult } from '../../../src/api/schemas.ts';
import type { ScreenResult } from '../../../src/screening/screen-result.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { DATABASE_FILE } from '../../../src/store/home.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { HandClock, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

function restore(dump: string): DatabaseSync {
  const raw = new DatabaseSync(path.join(folder.path, DATABASE_FILE));
  raw.exec(readFileSync(new URL(`../../fixtures/store/${dump}.sql`, import.meta.url), 'utf8'));
  return raw;
}

/** Dumps in test/fixtures/store, one for each released schema; a new migration adds its own. */
test.each(Object.keys(migrations))(
  'a database of schema %s still opens with all that it holds',
  async (name) => {
    restore(name).close();
    const store = await openStore(folder.path, { clock: new HandClock() });
    expect(await store.check()).toEqual({ ok: true, detail: 'no faults found', samples: 1 });
    const { samples } = await store.library.list({ offset: 0, limit: 10 });
    expect(samples).toMatchObject([
      { participant: 'P-017', task: 'spiral-free', verdict: 'regular', label: 'tremor-like', disagree: true },
    ]);
    expect(await store.settings.all()).toEqual({ theme: 'dark' });
    const { result } = await store.library.get(samples[0]?.id ?? '');
    expect(screenResult.parse(result)).toEqual(result);
    await store.close();
  },
);

/** As version 0.1.0 wrote them of drawings that are or were made of its examples; heat shortened. */
const RESULTS_1 = readFileSync(
  new URL('../../fixtures/store/results-of-schema-1.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');

/** Stores results of schema 1 one after the other, each as the newest, and reads each back through the newest schema. */
async function migrated(jsons: readonly string[]): Promise<ScreenResult[]> {
  const raw = restore('0001-first');
  const sample = raw.prepare(
    `INSERT INTO sample (id, kind, task, created_at, width, height) VALUES (?, 'scan', 'page', '2026-01-03', 1, 1)`,
  );
  const result = raw.prepare(
    `INSERT INTO result (sample, model, verdict, at, json) VALUES (?, 'm', 'regular', '2026-01-03', ?)`,
  );
  for (const [index, json] of jsons.entries()) {
    sample.run(`sample-${index}`);
    result.run(`sample-${index}`, json);
  }
  raw.close();
  const store = await openStore(folder.path, { clock: new HandClock() });
  const read: ScreenResult[] = [];
  for (const index of jsons.keys()) read.push((await store.library.get(`sample-${index}`)).result);
  await store.close();
  return read;
}

test('results of schema 1 pass the check of schema 2, and nothing but words is lost', async () => {
  const results = await migrated(RESULTS_1);
  expect(results).toHaveLength(9);
  for (const [index, result] of results.entries()) {
    expect(screenResult.parse(result)).toEqual(result);
    const { reason, sentence: _sentence, warnings, ...kept } = JSON.parse(RESULTS_1[index] ?? '');
    expect(result).toMatchObject(kept);
    expect(result.refusal?.reason).toBe(reason);
    expect(result.warnings.map(({ code }) => code)).toEqual(
      warnings.map(({ code }: { readonly code: string }) => code),
    );
    expect(JSON.stringify(result)).not.toMatch(/sentence|message/);
  }
});

test('witnesses, refusals and warnings of schema 1 get their numbers', async () => {
  const [little, short, slow, regular, tremor, tooSlow, blank, writing, tiny] = await migrated(RESULTS_1);
  expect(little).toMatchObject({
    refusal: { reason: 'too-little-ink', found: 12, needed: 60, unit: 'mm' },
    warnings: [{ code: 'short-recording', durationS: 0.5, neededS: 3 }],
    picture: null,
    agreement: null,
  });
  expect(short).toMatchObject({
    clock: { state: 'not-measured', reason: 'too-short', durationS: 2.1, neededS: 3 },
    agreement: 'picture-alone',
  });
  expect(slow?.warnings).toEqual([{ code: 'slow-sampling', rateHz: 40, neededHz: 25, visibleHz: 16 }]);
  expect(regular).toMatchObject({
    taskFrom: 'told',
    sensitivity: 'balanced',
    picture: { probability: 0.0428, says: 'regular', places: 1 },
    // No peak was found, which is not a clock that clearly shows none.
    clock: { state: 'not-measured', reason: 'not-recorded', durationS: 7.33 },
    agreement: 'picture-alone',
    advice: null,
  });
  // “by about 1.7 mm” stood in its sentence.
  expect(tremor).toMatchObject({
    clock: { says: 'tremor', strength: 6, swingMm: expect.closeTo(1.7268, 3), share: null, durationS: 9.02 },
    agreement: 'agree',
  });
  expect(tremor?.clock).toHaveProperty('peakHz', tremor?.evidence.tremor?.peakHz);
  expect(tooSlow).toMatchObject({
    refusal: { reason: 'sampled-too-slowly', rateHz: expect.closeTo(22.2222, 3), neededHz: 25 },
    clock: { reason: 'sampled-too-slowly' },
  });
  expect(blank).toMatchObject({ refusal: { reason: 'blank' }, clock: null, taskFrom: 'shape' });
  expect(writing).toMatchObject({
    taskFrom: 'shape',
    warnings: [{ code: 'task-guessed', task: 'page', sure: false }],
    // 14 patches at three scales.
    picture: { places: 5 },
    clock: null,
    agreement: 'picture-alone',
  });
  expect(tiny?.refusal).toEqual({ reason: 'too-small', what: 'picture', widthPx: 30, heightPx: 5 });
});

test('what a result of schema 1 said of drawings between the limits, in pixels, and in contradiction', async () => {
  const tremor = JSON.parse(RESULTS_1[4] ?? '');
  const before = [
    { ...tremor, verdict: 'inconclusive', probability: 0.5 },
    {
      ...tremor,
      verdict: 'regular',
      warnings: [{ code: 'measures-disagree', message: 'The picture looks even, but … Draw it once more.' }],
    },
    {
      ...tremor,
      verdict: 'not-screenable',
      reason: 'too-little-ink',
      sentence: 'Too little ink: a line of 80 pixels, 250 pixels needed.',
    },
    {
      ...tremor,
      verdict: 'not-screenable',
      reason: 'too-small',
      sentence: 'The drawing is too small: 43 pixels long. Scan it at a higher resolution or crop it less.',
    },
  ];
  const [between, contradicted, little, small] = await migrated(before.map((one) => JSON.stringify(one)));
  expect(between).toMatchObject({ inconclusive: 'between-limits', agreement: 'one-unclear' });
  expect(contradicted).toMatchObject({
    agreement: 'disagree',
    advice: 'once-more',
    warnings: [{ code: 'measures-disagree' }],
  });
  expect(little?.refusal).toEqual({ reason: 'too-little-ink', found: 80, needed: 250, unit: 'px' });
  expect(small?.refusal).toEqual({ reason: 'too-small', what: 'drawing', widthPx: 43, heightPx: 43 });
});

test('a migration that was cut off leaves all as it was; one that was done but not noted may run again', async () => {
  const raw = restore('0001-first');
  const insert = raw.prepare(
    `INSERT INTO result (sample, model, verdict, at, json)
     VALUES ('00000000-0000-4000-8000-000000000001', 'm', 'regular', '2026-01-03', ?)`,
  );
  const jsons = () =>
    raw
      .prepare('SELECT json FROM result ORDER BY id')
      .all()
      .map(({ json }) => String(json));
  insert.run(RESULTS_1[3] ?? '');
  insert.run('{ cut off');
  const before = jsons();
  await expect(openStore(folder.path, { clock: new HandClock() })).rejects.toMatchObject({ code: 'damaged' });
  expect(jsons()).toEqual(before);
  raw.exec(`DELETE FROM result WHERE json = '{ cut off'`);
  await (await openStore(folder.path, { clock: new HandClock() })).close();
  const after = jsons();
  expect(after.map((json) => JSON.parse(json).schemaVersion)).toEqual([2, 2]);
  raw.exec(`DELETE FROM kysely_migration WHERE name = '0002-verdicts-are-data'`);
  await (await openStore(folder.path, { clock: new HandClock() })).close();
  expect(jsons()).toEqual(after);
  raw.close();
});
