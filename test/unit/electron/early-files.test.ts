import { EventEmitter } from 'node:events';
import path from 'node:path';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { EarlyFiles } from '../../../electron/early-files.ts';

function earlyFiles() {
  const app = new EventEmitter();
  return { app, early: new EarlyFiles(app as unknown as App) };
}
const first = path.resolve('/scans/first.png');
const second = path.resolve('/scans/second.png');

test('files of the system and of a second start are kept, in order, until somebody takes them', () => {
  const { app, early } = earlyFiles();
  let prevented = 0;
  app.emit('open-file', { preventDefault: () => prevented++ }, first);
  app.emit('second-instance', {}, [], '/', { files: [second] });
  expect(early.take()).toEqual([first, second]);
  expect(prevented).toBe(1);
  expect(app.eventNames()).toEqual([]);
});

test.each([undefined, null, 'a.png', {}, { files: 'a.png' }, { files: ['a.png', 7] }])(
  'a second start that hands over %j hands over no file',
  (data) => {
    const { app, early } = earlyFiles();
    app.emit('second-instance', {}, [], '/', data);
    expect(early.take()).toEqual([]);
  },
);
