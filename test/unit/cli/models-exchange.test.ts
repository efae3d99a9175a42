/** `models export`, `import` and the sizes of `show`, on the real command line. */
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { appVersion } from '../../../src/cli/app-files.ts';
import { crc32 } from '../../../src/model/crc32.ts';
import { encodeOnnx } from '../../../src/model/export-onnx.ts';
import { encodeTfjs } from '../../../src/model/export-tfjs.ts';
import type { ModelBundle, ModelNetwork } from '../../../src/model/model-bundle.ts';
import { decodeModel, encodeModel } from '../../../src/model/model-file.ts';
import { initialParameters, weightsOf } from '../../../src/model/parameters.ts';
import { Rng } from '../../../src/base/rng.ts';
import { modelIdOf } from '../../../src/store/models.ts';
import { untrainedModelFile } from '../host/support/tiny-model.ts';
import { TINY } from '../model/tiny.ts';
import { linesOf, ROOT, runCli, temporaryFolder } from './run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });
const cwd = temporaryFolder();
const factoryFile = new Uint8Array(readFileSync(path.join(ROOT, 'assets/models/factory.spm')));
const factory = decodeModel(factoryFile, 'factory');
const [figures, writing] = factory.networks as [ModelNetwork, ModelNetwork];
const id = modelIdOf(factoryFile);
const exporter = { modelId: id, version: appVersion() };

const models = (home: string, ...args: string[]) =>
  runCli(['models', ...args, '--json', '--home', path.join(cwd, home)], { cwd });
const bytesOf = (name: string) => new Uint8Array(readFileSync(path.join(cwd, name)));

test('show says what the model takes dense, gzipped and sparse', async () => {
  const [line] = linesOf((await models('none', 'show', id)).stdout);
  const { weights, zeros, bytes } = line as {
    weights: number;
    zeros: number;
    bytes: Record<'dense' | 'gzipped' | 'sparse', number>;
  };
  // A network for figures and one for writing.
  expect(weights).toBe(2 * (160 + 2320 + 4640 + 18_496 + 8194));
  expect(zeros).toBeGreaterThanOrEqual(factory.card.fcZeros);
  expect([bytes.dense, bytes.sparse]).toEqual([4 * weights, factoryFile.length]);
  // Random digits do not become shorter, zeros nearly vanish.
  expect(bytes.gzipped).toBeGreaterThan(3 * (weights - zeros));
  expect(bytes.gzipped).toBeLessThan(4 * (weights - zeros) + zeros);
  const { stdout } = await runCli(['models', 'show', id, '--home', 'none'], { cwd });
  expect(stdout).toContain(
    `bytes: ${bytes.dense} dense, ${bytes.gzipped} gzipped, ${bytes.sparse} as sparse`,
  );
});

test('every format is written whole, also where there is no data folder yet, and none is made', async () => {
  const onnx = await models('none', 'export', id, '--format', 'onnx', '--out', 'new/factory.onnx');
  expect([onnx.code, onnx.stderr]).toEqual([0, '']);
  expect(linesOf(onnx.stdout)).toEqual([
    {
      id,
      format: 'onnx',
      files: ['new/factory-figures.onnx', 'new/factory-writing.onnx'],
      networks: [
        { network: 'figures', files: ['new/factory-figures.onnx'] },
        { network: 'writing', files: ['new/factory-writing.onnx'] },
      ],
      bytes: expect.any(Number) as number,
      opset: 17,
    },
  ]);
  for (const network of [figures, writing]) {
    expect(bytesOf(`new/factory-${network.name}.onnx`)).toEqual(encodeOnnx(factory, network, exporter));
  }

  const tfjs = await models('none', 'export', id.slice(0, 4), '--format', 'tfjs', '--out', 'web');
  expect(linesOf(tfjs.stdout)).toMatchObject([
    {
      id,
      files: ['figures', 'writing'].flatMap((name) => [`web/${name}/weights.bin`, `web/${name}/model.json`]),
    },
  ]);
  for (const network of [figures, writing]) {
    const { modelJson, weights } = encodeTfjs(factory, network, exporter);
    expect(readFileSync(path.join(cwd, 'web', network.name, 'model.json'), 'utf8')).toBe(modelJson);
    expect(bytesOf(`web/${network.name}/weights.bin`)).toEqual(weights);
  }

  await models('none', 'export', id, '--format', 'sparse', '--out', 'factory.spm');
  expect(bytesOf('factory.spm')).toEqual(factoryFile);
  expect(readdirSync(path.join(cwd, 'web')).sort()).toEqual(['figures', 'writing']);
  for (const name of ['figures', 'writing']) {
    expect(readdirSync(path.join(cwd, 'web', name)).sort()).toEqual(['model.json', 'weights.bin']);
  }
  expect([existsSync(path.join(cwd, 'none')), readdirSync(path.join(cwd, 'new')).sort()]).toEqual([
    false,
    ['factory-figures.onnx', 'factory-writing.onnx'],
  ]);
});

test('what is there is replaced only with --force', async () => {
  mkdirSync(path.join(cwd, 'taken/folder-writing'), { recursive: true });
  for (const [format, out, taken] of [
    ['onnx', 'taken/a.onnx', 'taken/a-writing.onnx'],
    ['tfjs', 'taken', 'taken/writing/weights.bin'],
  ] as const) {
    mkdirSync(path.dirname(path.join(cwd, taken)), { recursive: true });
    writeFileSync(path.join(cwd, taken), 'mine');
    const args = ['export', id, '--format', format, '--out', out];
    const refused = await models('none', ...args);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(`--out: ${taken} is there already`);
    expect(readFileSync(path.join(cwd, taken), 'utf8')).toBe('mine');
    expect((await models('none', ...args, '--force')).code).toBe(0);
    expect(bytesOf(taken).length).toBeGreaterThan(80_000);
  }
  const folder = await models('none', 'export', id, '--format', 'onnx', '--out', 'taken/folder', '--force');
  expect([folder.code, folder.stdout]).toEqual([2, '']);
  expect(folder.stderr).toContain('taken/folder-writing is a folder, where a file should go');
  const under = await models('none', 'export', id, '--format', 'tfjs', '--out', 'taken/a-writing.onnx');
  expect([under.code, under.stdout]).toEqual([2, '']);
  expect(under.stderr).toContain('--out: nothing can be written to taken/a-writing.onnx');
});

test('a model comes in as a candidate, and out as the same bytes', async () => {
  const file = untrainedModelFile('From\u001b[2J elsewhere', 3);
  writeFileSync(path.join(cwd, 'own.spm'), file);
  const own = modelIdOf(file);
  const first = await models('used', 'import', 'own.spm');
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(linesOf(first.stdout)).toMatchObject([{ id: own, state: 'candidate', added: true }]);
  await models('used', 'activate', own);
  // Again: nothing changes, and its name does not clear the screen.
  const again = await runCli(['models', 'import', 'own.spm', '--home', 'used'], { cwd });
  expect(again.stdout).toContain('was here already');
  expect(again.stdout).toContain('From�[2J elsewhere');
  expect(linesOf((await models('used', 'list')).stdout).map((line) => [line['id'], line['state']])).toEqual(
    expect.arrayContaining([
      [own, 'active'],
      [id, 'factory'],
    ]),
  );
  await models('used', 'export', own, '--format', 'sparse', '--out', 'again.spm');
  expect(bytesOf('again.spm')).toEqual(file);
  // A model of one network for all is one file, by the name that was typed.
  const onnx = await models('used', 'export', own, '--format', 'onnx', '--out', 'own.onnx');
  expect(linesOf(onnx.stdout)).toEqual([
    { id: own, format: 'onnx', files: ['own.onnx'], bytes: bytesOf('own.onnx').length, opset: 17 },
  ]);
});

test('a model of two networks becomes a file, or a folder, for each', async () => {
  const base = decodeModel(untrainedModelFile('two', 8), 'x');
  const [weights = {}] = base.networks.map((network) => network.weights);
  const two: ModelBundle = {
    ...base,
    networks: [
      { name: 'figures', weights },
      { name: 'writing', weights },
    ],
  };
  const file = encodeModel(two);
  writeFileSync(path.join(cwd, 'two.spm'), file);
  expect((await models('two', 'import', 'two.spm')).code).toBe(0);
  const from = { ...exporter, modelId: modelIdOf(file) };
  const onnx = await models('two', 'export', from.modelId, '--format', 'onnx', '--out', 'nets/two.onnx');
  expect(linesOf(onnx.stdout)).toMatchObject([
    {
      files: ['nets/two-figures.onnx', 'nets/two-writing.onnx'],
      networks: [
        { network: 'figures', files: ['nets/two-figures.onnx'] },
        { network: 'writing', files: ['nets/two-writing.onnx'] },
      ],
    },
  ]);
  for (const network of two.networks) {
    expect(bytesOf(`nets/two-${network.name}.onnx`)).toEqual(encodeOnnx(two, network, from));
  }
  writeFileSync(path.join(cwd, 'nets/other-writing.onnx'), 'mine');
  const taken = await models('two', 'export', from.modelId, '--format', 'onnx', '--out', 'nets/other.onnx');
  expect([taken.code, taken.stderr]).toEqual([
    2,
    expect.stringContaining('nets/other-writing.onnx is there already'),
  ]);
  expect(existsSync(path.join(cwd, 'nets/other-figures.onnx'))).toBe(false);
  const tfjs = await models('two', 'export', from.modelId, '--format', 'tfjs', '--out', 'web2');
  expect(linesOf(tfjs.stdout)).toMatchObject([
    {
      files: ['figures', 'writing'].flatMap((name) => [
        `web2/${name}/weights.bin`,
        `web2/${name}/model.json`,
      ]),
    },
  ]);
  expect(readFileSync(path.join(cwd, 'web2/writing/model.json'), 'utf8')).toContain('"network": "writing"');
});

/** A model file whose last weight is replaced, its checksum right. */
function withLastWeight(value: number): Uint8Array {
  const file = untrainedModelFile('spoilt', 4);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parameters = initialParameters(decodeModel(file, 'x').architecture, new Rng(4));
  // The last bytes of the payload are the all-zero FC bias as a bitmap; before them stands the last FC weight.
  expect(view.getFloat32(file.length - 5, true)).toBe(parameters.at(-3));
  view.setFloat32(file.length - 5, value, true);
  view.setUint32(20, crc32(new Uint8Array([...file.subarray(8, 20), ...file.subarray(24)])), true);
  return file;
}

const good = untrainedModelFile('good', 5);
const changed = good.slice();
changed[changed.length >> 1]! ^= 4;
const small = encodeModel({
  ...decodeModel(good, 'x'),
  architecture: TINY,
  networks: [{ name: 'all', weights: weightsOf(TINY, initialParameters(TINY, new Rng(1))) }],
});

test.each([
  { name: 'empty.spm', content: new Uint8Array(), words: 'is empty' },
  { name: 'drawing.png', from: 'assets/examples/spiral-tremor.png', words: 'is not a Steadypen model' },
  {
    name: 'net.onnx',
    content: encodeOnnx(factory, figures, exporter),
    words: 'is not a Steadypen model',
  },
  { name: 'cut.spm', content: good.slice(0, -100), words: 'is damaged: it should have' },
  { name: 'changed.spm', content: changed, words: 'is damaged: its checksum' },
  { name: 'nan.spm', content: withLastWeight(NaN), words: 'fc/kernel: holds a value that is not a finite' },
  {
    name: 'infinite.spm',
    content: withLastWeight(-Infinity),
    words: 'fc/kernel: holds a value that is not a',
  },
  { name: 'older.spm', content: untrainedModelFile('old', 6, 'ink0'), words: 'pictures prepared as ink0' },
  { name: 'small.spm', content: small, words: 'judges patches of 16 × 16' },
  { name: 'huge.spm', content: new Uint8Array(1), size: 2 ** 31, words: 'is far too large' },
  { name: 'web', words: 'is no file' },
  { name: 'missing.spm', words: 'there is no file missing.spm', code: 'not-found' },
])('$name is refused by its name, and no data folder is made', async ({ name, words, ...made }) => {
  const { content, from, size, code = 'bad-model' } = made;
  const place = path.join(cwd, name);
  if (content !== undefined) writeFileSync(place, content);
  if (from !== undefined) writeFileSync(place, readFileSync(path.join(ROOT, from)));
  if (size !== undefined) truncateSync(place, size);
  if (name === 'web') mkdirSync(place, { recursive: true });
  const outcome = await models('untouched', 'import', name);
  expect([outcome.code, outcome.stderr]).toEqual([2, '']);
  const [line] = linesOf(outcome.stdout) as [{ error: { code: string; message: string } }];
  expect(line.error.code).toBe(code);
  expect(line.error.message).toContain(name);
  expect(line.error.message).toContain(words);
  expect(existsSync(path.join(cwd, 'untouched'))).toBe(false);
});
