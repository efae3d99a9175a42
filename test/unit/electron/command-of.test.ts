import { expect, test } from 'vitest';
import { commandOf } from '../../../electron/command-of.ts';

test.each([
  { what: 'a start of the app', argv: ['/opt/steadypen'], want: null },
  { what: 'a start with a file', argv: ['/opt/steadypen', 'scan.png'], want: null },
  { what: 'a file of that name', argv: ['/opt/steadypen', '--', '--cli'], want: null },
  {
    what: 'a command',
    argv: ['/opt/steadypen', '--ozone-platform=headless', '--cli', '--', 'screen', 'a.png', '--json'],
    want: ['screen', 'a.png', '--json'],
  },
  { what: 'a command in a clone', argv: ['electron', '/clone', '--cli', 'doctor'], want: ['doctor'] },
  { what: 'no command', argv: ['/opt/steadypen', '--cli'], want: [] },
  {
    what: 'words after `--`',
    argv: ['/x', '--cli', '--', 'screen', '--', '-odd'],
    want: ['screen', '--', '-odd'],
  },
])('$what', ({ argv, want }) => {
  expect(commandOf(argv)).toEqual(want);
});
