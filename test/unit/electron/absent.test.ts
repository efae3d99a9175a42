/** Points of Electron's security checklist that are about what is not there. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const sources = ['electron/**/*.ts', 'src/**/*.ts', 'renderer/**/*.{ts,svelte,html}']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

test.each([
  { point: 2, words: /nodeIntegration(InWorker|InSubFrames)?: true/ },
  { point: 3, words: /contextIsolation: false/ },
  { point: 4, words: /sandbox: false|no-sandbox/ },
  { point: 6, words: /webSecurity: false/ },
  { point: 8, words: /allowRunningInsecureContent/ },
  { point: 9, words: /experimentalFeatures/ },
  { point: 10, words: /enableBlinkFeatures|enable-blink-features/ },
  { point: 11, words: /allowpopups|<webview/ },
  { point: 15, words: /openExternal/ },
  { point: 20, words: /exposeInMainWorld/ },
])('point $point: nothing says $words', ({ words }) => {
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.filter(({ text }) => words.test(text)).map(({ file }) => file)).toEqual([]);
});

test('point 15: only folders of our own are opened in other programs', () => {
  const calls = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/shell\.((?:open|show|trash|write|read)\w*)\(([^)]*)\)/g)].map(
      ([, call, given]) => `${file}: ${call}(${given})`,
    ),
  );
  expect(calls.sort()).toEqual([
    'electron/about.ts: openPath(folder)',
    'electron/app-log.ts: openPath(log.folder)',
  ]);
});
