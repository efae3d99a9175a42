import { expect, test } from 'vitest';
import { engineHeaders, ENGINE_URL, isAppUrl, mayLoad, mayUse } from '../../../electron/navigation.ts';

test.each(['app://steadypen/index.html', 'app://steadypen/', 'app://steadypen/assets/a.js?x#y'])(
  '%s is ours',
  (url) => {
    expect(isAppUrl(url)).toBe(true);
    expect(mayLoad(url)).toBe(true);
  },
);

test.each([
  'https://example.org/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'app://other/index.html',
  'app://steadypen.example.org/',
  'app://user@steadypen/',
  'javascript:alert(1)',
  'ws://steadypen/',
  'not an address',
  '',
])('%s is foreign: neither shown nor loaded', (url) => {
  expect(isAppUrl(url)).toBe(false);
  expect(mayLoad(url)).toBe(false);
});

test('pictures made by the page may be loaded in it, but not shown as a page', () => {
  const blob = 'blob:app://steadypen/0b1f9f64-2c8c-4d6b-9c07-0a5a2a1b3c4d';
  expect(mayLoad(blob)).toBe(true);
  expect(mayLoad('data:image/png;base64,AAAA')).toBe(true);
  expect(isAppUrl(blob)).toBe(false);
  expect(isAppUrl('data:text/html,hello')).toBe(false);
  expect(mayLoad('blob:https://example.org/1')).toBe(false);
});

test('the page that computes may be loaded, but is none of the pages that calls are answered to', () => {
  expect(mayLoad(ENGINE_URL)).toBe(true);
  expect(mayLoad(new URL('assets/worker.js', ENGINE_URL).href)).toBe(true);
  expect(isAppUrl(ENGINE_URL)).toBe(false);
  expect(mayLoad('app://engine.example.org/')).toBe(false);
});

test('the page that computes runs our scripts and loads nothing else', () => {
  const { 'content-security-policy': policy } = engineHeaders();
  expect(policy?.split('; ').filter((rule) => !rule.endsWith("'none'"))).toEqual([
    "script-src 'self'",
    "worker-src 'self'",
  ]);
});

test('a page of ours may put text on the clipboard, and may do nothing else', () => {
  expect(mayUse('clipboard-sanitized-write', 'app://steadypen/index.html')).toBe(true);
  expect(mayUse('clipboard-sanitized-write', 'app://steadypen')).toBe(true);
  for (const url of ['https://example.org/', ENGINE_URL, '']) {
    expect(mayUse('clipboard-sanitized-write', url), url).toBe(false);
  }
  for (const permission of [
    'clipboard-read',
    'media',
    'fullscreen',
    'notifications',
    'pointerLock',
    'fileSystem',
  ]) {
    expect(mayUse(permission, 'app://steadypen/index.html'), permission).toBe(false);
  }
});
