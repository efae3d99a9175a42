import path from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder } from '../../../src/store/home.ts';

test.each([
  { at: 'the flag first', env: { STEADYPEN_HOME: '/env', HOME: '/home/a' }, flag: '/flag', want: '/flag' },
  { at: 'then STEADYPEN_HOME', env: { STEADYPEN_HOME: '/env', HOME: '/home/a' }, want: '/env' },
  { at: 'then XDG_DATA_HOME', env: { XDG_DATA_HOME: '/data', HOME: '/home/a' }, want: '/data/steadypen' },
  {
    at: 'not a relative XDG_DATA_HOME',
    env: { XDG_DATA_HOME: 'data', HOME: '/home/a' },
    want: '/home/a/.local/share/steadypen',
  },
  {
    at: 'an empty STEADYPEN_HOME is none',
    env: { STEADYPEN_HOME: '', HOME: '/h' },
    want: '/h/.local/share/steadypen',
  },
])('on Linux: $at', ({ env, flag, want }) => {
  expect(dataFolder(env, 'linux', flag)).toBe(want);
});

test('on macOS and Windows the usual place of the platform', () => {
  expect(dataFolder({ HOME: '/Users/a' }, 'darwin')).toBe('/Users/a/Library/Application Support/Steadypen');
  const windows = { APPDATA: '/c/Roaming', LOCALAPPDATA: '/c/Local', HOME: '/x' };
  expect(dataFolder(windows, 'win32')).toBe(path.join('/c/Local', 'Steadypen'));
  expect(dataFolder({ USERPROFILE: '/c/a' }, 'win32')).toBe(path.join('/c/a/AppData/Local', 'Steadypen'));
});

test('a relative flag is taken from the current folder', () => {
  expect(dataFolder({}, 'linux', 'here')).toBe(path.resolve('here'));
});

test('no home at all is said plainly', () => {
  expect(() => dataFolder({}, 'linux')).toThrow(/--home/);
});
