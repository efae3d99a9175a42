import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { command as train } from '../../../src/cli/train.ts';
import { Given, parseCommandLine } from '../../../src/cli/given.ts';

const given = (values: Record<string, string | boolean>) => new Given([], values);

describe('numbers', () => {
  test.each([
    ['0', 0],
    ['12', 12],
    ['+7', 7],
  ])('whole takes %s', (text, value) => {
    expect(given({ n: text }).whole('n', 0, 12)).toBe(value);
  });

  test.each(['13', '-1', '1.5', '1e1', '0x1', ' 1', '1 ', 'Infinity', '∞', 'NaN'])(
    'whole refuses %j',
    (text) => {
      expect(() => given({ n: text }).whole('n', 0, 12)).toThrow(UsageError);
    },
  );

  test.each([
    ['.5', 0.5],
    ['5.', 5],
    ['1e-3', 0.001],
    ['-2.5E1', -25],
  ])('number takes %s', (text, value) => {
    expect(given({ n: text }).number('n', -100, 100)).toBe(value);
  });

  test.each(['1e9', '0x10', '1,5', '.', 'e5', ''])('number refuses %j', (text) => {
    expect(() => given({ n: text }).number('n', -100, 100)).toThrow('--n');
  });

  test('what was not given is undefined', () => {
    expect(given({}).whole('n', 0, 1)).toBeUndefined();
    expect(given({}).has('n')).toBe(false);
  });
});

test('choices are split at commas and counted once', () => {
  expect(given({ k: 'a, b,a' }).choices('k', ['a', 'b', 'c'])).toEqual(['a', 'b']);
  expect(() => given({ k: 'a,,b' }).choices('k', ['a', 'b'])).toThrow('--k takes a, b, not ""');
});

test.each([
  ['a negative number', ['--lambda', '-1']],
  ['the next option', ['--lambda', '--beta', '1']],
])('%s in place of a value is said in plain words', (_, args) => {
  expect(() => parseCommandLine(train, args)).toThrow(
    '--lambda needs a value, and none that begins with a dash.',
  );
});
