import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLabelledFiles, readManifest } from '../../../src/cli/training-data.ts';
import { temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();

describe('manifest', () => {
  test('names file, label and person; columns may stand in any order', () => {
    const text = 'subject,path,label,task\nP1,a.png,regular,wave\nP2,sub/b.png,tremor-like,\n';
    expect(readManifest(text, '/data', 'typed', 'spiral-free').inputs).toEqual([
      {
        input: { kind: 'path', path: '/data/a.png', name: 'typed/a.png' },
        shown: 'typed/a.png',
        page: 1,
        task: 'wave',
        tremorLike: false,
        subject: 'P1',
      },
      {
        input: { kind: 'path', path: '/data/sub/b.png', name: 'typed/sub/b.png' },
        shown: 'typed/sub/b.png',
        page: 1,
        task: 'spiral-free',
        tremorLike: true,
        subject: 'P2',
      },
    ]);
  });

  test('a column split says which part a file is for, in either spelling', () => {
    const text =
      'path,label,subject,split\na.png,healthy,P1,training\nb.png,tremor,P2,val\nc.png,tremor,P3,test\n';
    const { inputs, namesPeople } = readManifest(text, '/data', 'typed', null);
    expect(inputs.map(({ part }) => part)).toEqual(['train', 'validation', 'test']);
    expect(namesPeople).toBe(true);
  });

  test('may have quotes, commas and line ends inside quotes, both line ends, a byte order mark', () => {
    const text = '\uFEFFpath,label,subject\r\n"x, ""y"".png",regular,"two\nlines"\n\nb.png,tremor,P2\r\n';
    const { inputs } = readManifest(text, '/data', 'typed', null);
    expect(inputs.map(({ shown }) => shown)).toEqual(['typed/x, "y".png', 'typed/b.png']);
    expect(inputs.map(({ subject }) => subject)).toEqual(['two\nlines', 'P2']);
  });

  test.each([
    ['path,label,subject\n\n\na.png,regular,P1\n\nb.png,wobbly,P2', 'line 6: the label "wobbly"'],
    [
      'path,label,subject\na.png,regular,P1\n\n"b.png,regular,P1\nc.png,regular,P1\n',
      'manifest.csv is not a table: a quote that is opened after line 2 is never closed',
    ],
    ['path,label,subject\n"a.png,regular,P1\n', 'a quote that is opened after line 1 is never closed'],
    [
      'path,label,subject,split\na.png,regular,P1,train\nb.png,regular,P1,',
      'line 3: the split "" is none of train',
    ],
    ['path,label\na.png,regular', 'needs the columns path, label and subject'],
    ['path,label,subject\na.png,regular,P1\nb.png,wobbly,P2', 'line 3: the label "wobbly"'],
    ['path,label,subject\n../a.png,regular,P1', 'line 2: ../a.png lies outside'],
    ['path,label,subject\na.png,constructor,P1', 'line 2: the label "constructor" is none of'],
    ['path,label,subject\na.png,regular,P1\n./a.png,regular,P2', 'line 3: ./a.png is listed already'],
    ['path,label,subject\na.png,regular,', 'line 2: the subject is empty'],
    ['path,label,subject,task\na.png,regular,P1,spirale', 'line 2: the task "spirale" is none of'],
  ])('refuses %j', (text, words) => {
    expect(() => readManifest(text, '/data', 'typed', 'page')).toThrow(words);
  });
});

describe('class folders', () => {
  test('give labels by name and warn that nobody is named', async () => {
    const data = path.join(folder, 'classes');
    for (const file of ['regular/a.png', 'tremor-like/b.png', 'parkinson/c.png', 'other/d.png']) {
      mkdirSync(path.dirname(path.join(data, file)), { recursive: true });
      writeFileSync(path.join(data, file), 'x');
    }
    const { inputs, warnings, namesPeople } = await readLabelledFiles(data, 'classes', 'spiral-free');
    expect(namesPeople).toBe(false);
    expect(inputs.map(({ subject, tremorLike }) => [subject, tremorLike])).toEqual([
      [`file:${path.join('regular', 'a.png')}`, false],
      [`file:${path.join('tremor-like', 'b.png')}`, true],
      [`file:${path.join('parkinson', 'c.png')}`, true],
    ]);
    expect(warnings.join()).toContain('name no people');
  });

  test.skipIf(process.platform === 'win32')(
    'a file that cannot be used is named, beside the others',
    async () => {
      const data = path.join(folder, 'dead');
      mkdirSync(path.join(data, 'regular'), { recursive: true });
      writeFileSync(path.join(data, 'regular/a.png'), 'x');
      symlinkSync('gone.png', path.join(data, 'regular/b.png'));
      const { inputs, unusable } = await readLabelledFiles(data, 'typed', null);
      expect(inputs).toMatchObject([{ shown: 'typed/regular/a.png', task: null }]);
      expect(unusable).toMatchObject([{ path: 'typed/regular/b.png', error: { code: 'not-found' } }]);
    },
  );

  test('a manifest that cannot be read is not passed over', async () => {
    const data = path.join(folder, 'odd');
    mkdirSync(path.join(data, 'manifest.csv'), { recursive: true });
    mkdirSync(path.join(data, 'regular'));
    writeFileSync(path.join(data, 'regular/a.png'), 'x');
    await expect(readLabelledFiles(data, 'odd', null)).rejects.toMatchObject({
      code: 'no-access',
      subject: path.join('odd', 'manifest.csv'),
    });
  });

  test('a folder without labels, and none at all, are named', async () => {
    mkdirSync(path.join(folder, 'plain'));
    await expect(readLabelledFiles(path.join(folder, 'plain'), 'plain', 'page')).rejects.toMatchObject({
      code: 'no-inputs',
      subject: 'plain',
    });
    await expect(readLabelledFiles(path.join(folder, 'nowhere'), 'nowhere', 'page')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
