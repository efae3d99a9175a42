import { expect, test } from 'vitest';
import { browserCommand } from '../../../src/cli/open-browser.ts';

const url = 'http://127.0.0.1:4711/start?token=a&b';

test.each([
  ['linux', {}, ['xdg-open', url]],
  ['darwin', {}, ['open', url]],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', url]],
  ['linux', { BROWSER: 'firefox' }, ['firefox', url]],
  ['linux', { BROWSER: 'chromium --new-window' }, ['chromium', '--new-window', url]],
  ['darwin', { BROWSER: 'wrapper --url=%s -q' }, ['wrapper', `--url=${url}`, '-q']],
  ['linux', { BROWSER: '  ' }, ['xdg-open', url]],
] as const)('%s with %j runs %j', (platform, env, command) => {
  expect(browserCommand(url, platform, env)).toEqual(command);
});
