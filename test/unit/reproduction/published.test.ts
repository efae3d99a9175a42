import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { publishedPage } from '../../../scripts/published-page.ts';
import { readResults } from '../../../src/host/reproduction/results-file.ts';

const docs = path.resolve(import.meta.dirname, '../../../docs');

test('docs/reproduction.md and its plots say what results.json holds; else run scripts/publish-reproduction.ts', async () => {
  const file = path.join(docs, 'reproduction.md');
  const results = await readResults(path.join(docs, 'reproduction/results.json'), 'results.json');
  const { page, plots } = await publishedPage(results!, readFileSync(file, 'utf8'), file);
  expect(readFileSync(file, 'utf8')).toBe(page);
  for (const { name, svg } of plots) {
    expect(readFileSync(path.join(docs, 'reproduction', name), 'utf8') === svg, name).toBe(true);
  }
  expect(readdirSync(path.join(docs, 'reproduction')).sort()).toEqual(
    [...plots.map(({ name }) => name), 'results.json'].sort(),
  );
});
