import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  keepOnDisplay,
  parseWindowState,
  saveWindowState,
  type Bounds,
} from '../../../electron/window-state.ts';
import { temporaryFolder } from '../store/support.ts';

const laptop: Bounds = { x: 0, y: 0, width: 1440, height: 860 };
const secondScreen: Bounds = { x: 1440, y: 0, width: 1920, height: 1040 };
const onSecond = { bounds: { x: 1600, y: 100, width: 1280, height: 800 }, maximized: false };

describe('parseWindowState', () => {
  test('reads what was written', () => {
    expect(parseWindowState(JSON.stringify(onSecond))).toEqual(onSecond);
    expect(parseWindowState('{"bounds":null,"maximized":true}')).toEqual({ bounds: null, maximized: true });
  });

  test.each([
    ['no file', null],
    ['half a file', '{"bounds":{"x":1'],
    ['another shape', '[1,2,3]'],
    ['nothing', 'null'],
  ])('%s counts as never seen', (_, text) => {
    expect(parseWindowState(text)).toEqual({ bounds: null, maximized: false });
  });

  test.each([
    ['too small to use', { x: 0, y: 0, width: 10, height: 10 }],
    ['text for a number', { x: '0', y: 0, width: 1280, height: 800 }],
    ['a number missing', { x: 0, y: 0, width: 1280 }],
  ])('bounds with %s are dropped', (_, bounds) => {
    expect(parseWindowState(JSON.stringify({ bounds, maximized: true }))).toEqual({
      bounds: null,
      maximized: true,
    });
  });
});

describe('saveWindowState', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  test('what it writes is read back', () => {
    const warnings: string[] = [];
    const file = path.join(folder.path, 'window.json');
    saveWindowState(file, onSecond, (message) => warnings.push(message));
    expect(parseWindowState(readFileSync(file, 'utf8'))).toEqual(onSecond);
    expect(warnings).toEqual([]);
  });

  test('a place that cannot be written is named, and closing goes on', () => {
    const warnings: string[] = [];
    const file = path.join(folder.path, 'gone', 'window.json');
    saveWindowState(file, onSecond, (message) => warnings.push(message));
    expect(warnings).toEqual([expect.stringContaining(file)]);
  });
});

describe('keepOnDisplay', () => {
  test('keeps a window that a display shows', () => {
    expect(keepOnDisplay(onSecond, [laptop, secondScreen])).toEqual(onSecond);
  });

  test('lets the system place a window whose display is gone', () => {
    expect(keepOnDisplay(onSecond, [laptop])).toEqual({ bounds: null, maximized: false });
  });

  test('does not keep a title bar above the screen', () => {
    const above = { bounds: { x: 100, y: -200, width: 1280, height: 800 }, maximized: false };
    expect(keepOnDisplay(above, [laptop]).bounds).toBeNull();
  });
});
