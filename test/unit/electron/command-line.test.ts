import path from 'node:path';
import { expect, test } from 'vitest';
import { parseCommandLine, programToRestart, wordsToRestart } from '../../../electron/command-line.ts';

const packaged = { appPath: null, cwd: '/scans' };
const fromClone = { appPath: '/clone/app', cwd: '/clone' };

test.each([
  { at: 'nothing', argv: ['steadypen'], started: packaged, home: undefined, files: [] },
  {
    at: 'files, relative to where it was started',
    argv: ['steadypen', 'a b.png', '../c.csv', '/d.tif'],
    started: packaged,
    home: undefined,
    files: ['/scans/a b.png', '/c.csv', '/d.tif'],
  },
  {
    at: "a file's address, as desktops pass it",
    argv: ['steadypen', 'file:///scans/a%20b.png'],
    started: packaged,
    home: undefined,
    files: ['/scans/a b.png'],
  },
  {
    at: 'a data folder, which is no file',
    argv: ['steadypen', '--home', '/data', 'a.png', '--home=/other'],
    started: packaged,
    home: '/other',
    files: ['/scans/a.png'],
  },
  {
    at: "Chromium's switches",
    argv: ['steadypen', '--no-first-run', '--lang=de', 'a.png'],
    started: packaged,
    home: undefined,
    files: ['/scans/a.png'],
  },
  {
    at: "Electron's own words before the app's folder",
    argv: ['electron', '-r', '/loader.js', '--inspect=0', 'app', 'a.png'],
    started: fromClone,
    home: undefined,
    files: ['/clone/a.png'],
  },
])('$at', ({ argv, started, home, files }) => {
  expect(parseCommandLine(argv, started)).toEqual({ home, files });
});

test('the app starts again with the same words, without the files', () => {
  const argv = ['electron', '--inspect=0', 'app', '--home', 'data', 'a.png', path.resolve('/clone/b.png')];
  expect(wordsToRestart(argv, fromClone)).toEqual(['--inspect=0', 'app', '--home', 'data']);
  expect(wordsToRestart(['steadypen', 'a.png', '--home=/d'], packaged)).toEqual(['--home=/d']);
});

test.each([
  {
    at: 'an AppImage',
    env: { APPIMAGE: '/apps/S.AppImage', APPDIR: '/tmp/.mount_S' },
    want: '/apps/S.AppImage',
  },
  { at: 'an installed app', env: {}, want: undefined },
  {
    at: 'another AppImage’s terminal',
    env: { APPIMAGE: '/apps/T', APPDIR: '/tmp/.mount_T' },
    want: undefined,
  },
])('started from $at, the program to start again is $want', ({ env, want }) => {
  expect(programToRestart(env, '/tmp/.mount_S/steadypen').execPath).toBe(want);
});
