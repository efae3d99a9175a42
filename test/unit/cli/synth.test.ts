import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { recording } from '../../../src/api/schemas.ts';
import { linesOf, runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const synth = (out: string, seed: string) =>
  runCli(['synth', '--kind', 'spiral,fonts', '--count', '4', '--seed', seed, '--out', out, '--json'], {
    cwd: folder,
  });

test('writes images, recordings and a manifest, half of them tremor-like, and the same for the same seed', async () => {
  const [first, again, other] = await Promise.all([synth('a', '5'), synth('b', '5'), synth('c', '6')]);
  expect([first.code, again.code, other.code]).toEqual([0, 0, 0]);
  expect(first.stderr).toBe('');
  const [header, ...rows] = parse(readFileSync(path.join(folder, 'a/manifest.csv'), 'utf8'));
  expect(header).toEqual(['path', 'label', 'subject', 'kind', 'task', 'recording']);
  expect(rows.map(([, label, , kind]) => `${kind} ${label}`)).toEqual([
    'spiral regular',
    'fonts regular',
    'spiral tremor-like',
    'fonts tremor-like',
  ]);
  expect(linesOf(first.stdout).map(({ path: file }) => file)).toEqual(
    rows.map(([file]) => path.join('a', file ?? '')),
  );
  for (const [image = '', , , kind, , file = ''] of rows) {
    const bytes = readFileSync(path.join(folder, 'a', image));
    expect((await sharp(bytes).metadata()).format).toBe('png');
    expect(bytes.equals(readFileSync(path.join(folder, 'b', image)))).toBe(true);
    expect(bytes.equals(readFileSync(path.join(folder, 'c', image)))).toBe(false);
    if (kind === 'fonts') expect(file).toBe('');
    else
      expect(recording.parse(JSON.parse(readFileSync(path.join(folder, 'a', file), 'utf8'))).unit).toBe('mm');
  }
  expect(readdirSync(path.join(folder, 'a/recordings'))).toHaveLength(2);
});

test('a place that cannot be written to is named', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const { code, stderr } = await runCli(['synth', '--count', '1', '--out', 'file'], { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain('--out: nothing can be written to file');
});
