import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { rocAuc } from '../../../src/model/metrics.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { loadModelFile } from '../../../src/screening/load-model.ts';
import { screenInk, type LoadedModel } from '../../../src/screening/screen-ink.ts';
import { judge, openPage, PAGES, SPIRALS, spiralLabels, subjectOf } from '../../bench/real-drawings.ts';
import { sharedFiles } from '../imaging/shared-data.ts';

/** The shipped model on real paper, which it never saw in training: 102 spirals and 20 pages take some 20 s alone. */
vi.setConfig({ testTimeout: 240_000 });

const spirals = sharedFiles(SPIRALS.pattern);
const pages = sharedFiles(PAGES.pattern);
const context = { pause: () => Promise.resolve(), judge: {} };
/** What a page may take, from the file to the answer. */
const PAGE_MS = 10_000;

let model: LoadedModel;
beforeAll(async () => {
  const engine = await openEngine('cpu');
  const file = new URL('../../../assets/models/factory.spm', import.meta.url);
  model = await loadModelFile(engine, await readFile(file), 'factory.spm');
});

test.skipIf(spirals.length === 0)('spirals on paper: every one is answered, AUC at least 0.90', async () => {
  expect(spirals).toHaveLength(SPIRALS.count);
  const logits: number[] = [];
  for (const file of spirals) logits.push((await judge(model, () => subjectOf(file, null), context)).logit);
  expect(rocAuc(Float32Array.from(logits), spiralLabels(spirals))).toBeGreaterThanOrEqual(0.9);
});

describe.skipIf(pages.length === 0)('scanned pages of healthy writing', () => {
  test('each is answered in time, at most 1 is flagged, and at least 7 with 0.5 mm of tremor in the ink', async () => {
    expect(pages).toHaveLength(PAGES.count);
    let flagged = 0;
    let flaggedShaken = 0;
    for (const file of pages) {
      const plain = await judge(model, () => subjectOf(file, null), context);
      expect(plain.ms, file).toBeLessThan(PAGE_MS);
      if (plain.verdict === 'tremor-like') flagged++;
      // A page that is bent so far that it is refused is not flagged.
      const { result } = await screenInk(model, (await openPage(file)).warped(0.5), context);
      if (result.verdict === 'tremor-like') flaggedShaken++;
    }
    expect(flagged).toBeLessThanOrEqual(1);
    expect(flaggedShaken).toBeGreaterThanOrEqual(7);
  });
});
