/**
 * Puts what a full `steadypen reproduce` found into docs/: results.json, plots, and docs/reproduction.md, whose end stays.
 * Run: node scripts/publish-reproduction.ts DIR
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readResults } from '../src/host/reproduction/results-file.ts';
import { publishedPage } from './published-page.ts';

const docs = path.join(import.meta.dirname, '..', 'docs');
const file = path.join(docs, 'reproduction.md');
const folder = path.join(docs, 'reproduction');

const from = process.argv[2];
if (from === undefined) throw new Error('name the folder that steadypen reproduce wrote');
const results = await readResults(path.resolve(from, 'results.json'), path.join(from, 'results.json'));
if (results === null || results.quick) throw new Error(`${from} holds no results of a full run`);
const { page, plots } = await publishedPage(results, await readFile(file, 'utf8'), file);

await rm(folder, { recursive: true, force: true });
await mkdir(folder);
for (const { name, svg } of plots) await writeFile(path.join(folder, name), svg);
await writeFile(path.join(folder, 'results.json'), `${JSON.stringify(results)}\n`);
await writeFile(file, page);
console.log(`docs/reproduction.md and ${plots.length} plots`);
