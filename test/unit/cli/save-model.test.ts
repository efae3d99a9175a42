import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { OutputFault } from '../../../src/cli/output-fault.ts';
import { prepareModelFolder, saveModel } from '../../../src/cli/save-model.ts';
import { ROOT, runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const factory = readFileSync(path.join(ROOT, 'assets/models/factory.spm'));

test('a model and its card take the place of older ones and leave nothing else', async () => {
  const out = await prepareModelFolder(path.join(folder, 'new/deep'), 'new/deep');
  expect(readdirSync(out)).toEqual([]);
  writeFileSync(path.join(out, 'model.spm'), 'older');
  await saveModel(out, factory);
  expect(readdirSync(out).sort()).toEqual(['model-card.json', 'model.spm']);
  expect(readFileSync(path.join(out, 'model.spm')).equals(factory)).toBe(true);
  expect(JSON.parse(readFileSync(path.join(out, 'model-card.json'), 'utf8'))).toHaveProperty('fcZeros');
});

test('when the place fails in the end the fault names it, and nothing unfinished is left', async () => {
  const out = await prepareModelFolder(path.join(folder, 'failing'), 'failing');
  mkdirSync(path.join(out, 'model.spm/inside'), { recursive: true }); // no file can be renamed to it
  const fault: unknown = await saveModel(out, factory).catch((thrown: unknown) => thrown);
  expect(fault).toBeInstanceOf(OutputFault);
  expect(fault).toMatchObject({ code: 'read-only', subject: path.join(out, 'model.spm') });
  expect(readdirSync(out)).toEqual(['model.spm']);
  rmSync(out, { recursive: true });
  await expect(saveModel(out, factory)).rejects.toMatchObject({ code: 'read-only' });
});

test('a full disk is called one', () => {
  const fault = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(new OutputFault('--out', '/m/model.spm', fault)).toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/^--out: the disk that holds \/m\/model\.spm is full\. Free/) as string,
  });
});

test('a place where no file can be made is refused before anything is trained', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  mkdirSync(path.join(folder, 'odd/model.spm'), { recursive: true });
  const places = ['file', 'odd', ...(process.platform === 'linux' ? ['/proc'] : [])];
  for (const place of places) {
    const args = ['train', '--synthetic', '64', '--out', place];
    const { code, stdout, stderr } = await runCli(args, { cwd: folder });
    expect([code, stdout], place).toEqual([2, '']);
    expect(stderr).toContain('--out');
    expect(stderr).toContain(place);
  }
});
