/** Scanned pages of healthy writing, and the same with tremor bent into the ink. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { openPage } from '../real-drawings.ts';
import { findSet, screenFile, screenSubject, type Bench, type Result } from './bench.ts';

const AMPLITUDES_MM = [0.25, 0.5, 1];

export async function printPages(bench: Bench): Promise<void> {
  const folder = findSet(bench, 'scanned_pages');
  if (folder === null) return;
  const files = globSync('*/*.jpg', { cwd: folder }).sort();
  const plain: Result[] = [];
  const warped = new Map(AMPLITUDES_MM.map((mm) => [mm, [] as Result[]]));
  for (const file of files) {
    plain.push(await screenFile(bench, path.join(folder, file), null, 'scan.jpg'));
    const page = await openPage(path.join(folder, file));
    for (const mm of AMPLITUDES_MM) warped.get(mm)!.push(await screenSubject(bench, page.warped(mm)));
  }
  const counts = (results: readonly Result[]): string =>
    ['tremor-like', 'inconclusive', 'regular', 'not-screenable']
      .map((verdict) => `${results.filter((result) => result.verdict === verdict).length} ${verdict}`)
      .join(', ');
  console.log(
    `${files.length} pages: ${counts(plain)}; p ${plain.map((r) => r.probability?.toFixed(2)).join(' ')}`,
  );
  for (const [mm, results] of warped) console.log(`  with ${mm} mm of tremor: ${counts(results)}`);
}
