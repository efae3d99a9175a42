import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareOutputs } from '../../../src/cli/screen-outputs.ts';
import { decodeModel, encodeModel } from '../../../src/model/model-file.ts';
import { withHugeWeights } from '../model/huge-weights.ts';
import { linesOf, ROOT, runCli, temporaryFolder, type Outcome } from './run-cli.ts';

const cwd = temporaryFolder();
const EXAMPLE = path.join(ROOT, 'assets/examples/spiral-tremor.png');

/** A PNG whose header claims any size, with next to no data behind it. */
function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits, grey
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1024))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const recordingOf = (strokes: object[]) =>
  JSON.stringify({
    schemaVersion: 1,
    task: 'spiral-free',
    unit: 'mm',
    mmPerUnit: 1,
    pointer: 'pen',
    strokes,
  });

/** In this order; a good file at both ends shows that the batch goes on. */
const INPUTS = [
  'good.png',
  'missing.png',
  'empty.png',
  'text.png',
  'truncated.jpg',
  'huge.png',
  'no-strokes.json',
  'not-a-recording.json',
  'one-pixel.png',
  'folder-without-images',
  'again.png',
];

describe('screen with bad inputs', () => {
  let outcome: Outcome;
  let byPath: Record<string, Record<string, unknown>>;

  beforeAll(async () => {
    const put = (name: string, content: string | Uint8Array) => writeFileSync(path.join(cwd, name), content);
    put('good.png', readFileSync(EXAMPLE));
    put('again.png', readFileSync(EXAMPLE));
    put('empty.png', '');
    put('text.png', 'This is a letter, not a picture.\n'.repeat(20));
    const jpeg = await sharp(EXAMPLE).jpeg().toBuffer();
    put('truncated.jpg', jpeg.subarray(0, Math.floor(jpeg.length / 3)));
    put('huge.png', pngClaiming(60_000, 60_000));
    put('no-strokes.json', recordingOf([]));
    put('not-a-recording.json', '{"hello": "world"}');
    put(
      'one-pixel.png',
      await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
        .png()
        .toBuffer(),
    );
    mkdirSync(path.join(cwd, 'folder-without-images'));
    writeFileSync(path.join(cwd, 'folder-without-images/notes.txt'), 'x');
    outcome = await runCli(['screen', ...INPUTS, '--json', '--csv', 'table.csv'], { cwd });
    byPath = Object.fromEntries(linesOf(outcome.stdout).map((line) => [String(line['path']), line]));
  }, 120_000);

  test('has one line for each, in the order of the inputs, and exits with 3', () => {
    expect(linesOf(outcome.stdout).map((line) => line['path'])).toEqual(INPUTS);
    expect(outcome.code).toBe(3);
  });

  test('the good ones have their verdict', () => {
    for (const name of ['good.png', 'again.png']) {
      expect(byPath[name]).toMatchObject({ kind: 'scan', verdict: 'tremor-like' });
      expect(byPath[name]).toHaveProperty('probability', expect.any(Number));
      expect(byPath[name]).toHaveProperty('elapsedMs', expect.any(Number));
      expect(byPath[name]).toMatchObject({
        schemaVersion: 2,
        sensitivity: 'balanced',
        sentence: expect.stringMatching(/^The line looks shaky/),
        warnings: [
          { code: 'task-guessed', message: expect.stringMatching(/^Taken for a spiral by its shape\./) },
        ],
      });
    }
  });

  test.each([
    ['missing.png', ['not-found']],
    ['empty.png', ['empty-file']],
    ['text.png', ['not-an-image', 'unsupported-format']],
    ['truncated.jpg', ['damaged']],
    ['huge.png', ['too-large']],
    ['no-strokes.json', ['no-strokes']],
    ['not-a-recording.json', ['unsupported-format', 'damaged']],
    ['folder-without-images', ['no-inputs']],
  ])('%s has an error that names it and says %j', (name, codes) => {
    const { error } = byPath[name] as { error: { code: string; message: string } };
    expect(codes).toContain(error.code);
    expect(error.message).toContain(name);
    // What is wrong, then what to do.
    expect(error.message.split(/[.:;] /).length).toBeGreaterThanOrEqual(2);
  });

  test('a picture of one pixel is no fault: it cannot be screened, and says why', () => {
    expect(byPath['one-pixel.png']).toMatchObject({
      verdict: 'not-screenable',
      reason: 'too-small',
      refusal: { reason: 'too-small', what: 'picture', widthPx: 1, heightPx: 1 },
      sentence: 'The picture is too small: 1 × 1 pixels. Scan it at 150 dpi or more.',
      probability: null,
    });
  });

  test('the table has a row for each, faults in their column', () => {
    const rows = readFileSync(path.join(cwd, 'table.csv'), 'utf8').trimEnd().split('\r\n');
    expect(rows).toHaveLength(INPUTS.length + 1);
    expect(rows[3]).toMatch(/^empty\.png,.*empty-file/);
  });

  test('without --json faults go to stderr and verdicts to stdout', async () => {
    const { code, stdout, stderr } = await runCli(['screen', 'good.png', 'empty.png'], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain('good.png');
    expect(stdout).toContain('Screening aid, not a diagnosis.');
    expect(stdout).not.toContain('empty.png');
    expect(stderr).toContain('empty.png');
  });

  test('--overlay writes a picture of its own for each, also where names repeat', async () => {
    mkdirSync(path.join(cwd, 'other'), { recursive: true });
    writeFileSync(path.join(cwd, 'other/good.png'), readFileSync(EXAMPLE));
    const { code } = await runCli(['screen', 'good.png', 'other/good.png', '--overlay', 'heat'], { cwd });
    expect(code).toBe(0);
    for (const name of ['good.png', 'good-2.png']) {
      expect((await sharp(path.join(cwd, 'heat', name)).metadata()).format).toBe('png');
    }
  });

  test.runIf(process.platform === 'linux')(
    'a disk that fills up ends the batch and names the output',
    async () => {
      mkdirSync(path.join(cwd, 'full'), { recursive: true });
      symlinkSync('/dev/full', path.join(cwd, 'full/good.png'));
      const args = ['screen', 'good.png', 'again.png', '--json', '--overlay', 'full'];
      const { code, stdout, stderr } = await runCli(args, { cwd });
      expect(code).toBe(1);
      expect(stderr).toBe('');
      const [first, second, ...more] = linesOf(stdout);
      expect(first).toMatchObject({ path: 'good.png', verdict: 'tremor-like' });
      expect(second).toEqual({ error: expect.objectContaining({ code: 'disk-full' }) as object });
      expect(JSON.stringify(second)).toContain('full/good.png');
      expect(more).toEqual([]);
    },
  );

  test.runIf(process.platform === 'linux')('a table that cannot be gone on with is named', async () => {
    const table = path.join(cwd, 'later.csv');
    const text = (name: string) => (name === 'csv' ? 'later.csv' : undefined);
    const outputs = await prepareOutputs({ text }, { cwd });
    await outputs.row('one');
    rmSync(table);
    symlinkSync('/dev/full', table);
    await expect(outputs.row('two')).rejects.toMatchObject({ code: 'disk-full', subject: table });
  });

  test('a file that is no model is named, and nothing is screened', async () => {
    const { code, stdout } = await runCli(['screen', 'good.png', '--json', '--model', 'text.png'], { cwd });
    expect(code).toBe(2);
    const [line] = linesOf(stdout);
    expect(line).toMatchObject({
      error: { code: 'bad-model', message: expect.stringContaining('--model: text.png') as string },
    });
  });

  test('neither is anything with a model whose weights are too large', async () => {
    const factory = readFileSync(path.join(ROOT, 'assets/models/factory.spm'));
    const huge = withHugeWeights(decodeModel(factory, 'factory.spm'));
    writeFileSync(path.join(cwd, 'huge.spm'), encodeModel(huge));
    for (const label of ['regular', 'tremor-like']) {
      const folder = path.join(cwd, 'labelled', label);
      mkdirSync(folder, { recursive: true });
      for (let i = 0; i < 5; i++) writeFileSync(path.join(folder, `${i}.png`), readFileSync(EXAMPLE));
    }
    for (const args of [
      ['screen', 'good.png'],
      ['evaluate', '--data', 'labelled'],
    ]) {
      const { code, stdout, stderr } = await runCli([...args, '--json', '--model', 'huge.spm'], { cwd });
      expect(code).toBe(2);
      expect(stderr).not.toMatch(/\n +at /); // No stack.
      expect(linesOf(stdout)).toEqual([
        {
          error: expect.objectContaining({
            code: 'bad-model',
            message: expect.stringMatching(/gives no numbers.*weights are too large\. Activate/) as string,
          }) as object,
        },
      ]);
    }
  });
});
