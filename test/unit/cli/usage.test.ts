import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const COMMANDS = ['screen', 'synth', 'train', 'models', 'bench', 'doctor', 'serve'] as const;

test('--help lists every command; no command at all is wrong usage', async () => {
  const [help, nothing] = await Promise.all([runCli(['--help']), runCli([])]);
  expect(help.code).toBe(0);
  for (const name of COMMANDS) expect(help.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(nothing.code).toBe(2);
  expect(nothing.stdout).toBe('');
  expect(nothing.stderr).toContain('Usage: steadypen <command>');
});

test.each(COMMANDS)('%s --help explains its options and exit codes', async (name) => {
  const { code, stdout, stderr } = await runCli([name, '--help']);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  expect(stdout).toContain(`Usage: steadypen ${name} `);
  expect(stdout).toMatch(/^ {2}--json /m);
  expect(stdout).toContain('Exit codes: 0');
});

describe('wrong usage exits with 2, says nothing on stdout and names the argument', () => {
  test.each([
    [['frobnicate'], 'frobnicate'],
    [['screen'], 'PATH is missing'],
    [['screen', 'a.png', '--colour'], '--colour'],
    [['screen', 'a.png', '--task', 'dance'], '--task takes spiral, spiral-traced'],
    [['screen', 'a.png', '--sensitivity', 'low'], '--sensitivity takes high, balanced, specific, not "low"'],
    [['evaluate', '--data', '.', '--sensitivity', 'low'], '--sensitivity takes high, balanced, specific'],
    [['screen', 'a.png', '--model'], '--model'],
    [['screen', 'a.png', '--model', 'no-such.spm'], 'no-such.spm'],
    [['synth'], '--out DIR is missing'],
    [['synth', '--out', 'x', '--count', 'many'], '--count takes a whole number from 1 to 100000, not "many"'],
    [['synth', '--out', 'x', '--kind', 'spiral,cube'], 'not "cube"'],
    [['train', '--out', 'x'], '--synthetic N or --data DIR is missing'],
    [['train', '--synthetic', '10'], '--out DIR is missing'],
    [['train', '--synthetic', '10', '--out', 'x', '--target-sparsity', '1'], '--target-sparsity'],
    [['train', '--synthetic', '10', '--out', 'x', '--penalty', 'l2'], '--penalty takes l0, l1, tl1, none'],
    [['train', '--synthetic', '10', '--out', 'x', '--lambda', '1'], '--beta is missing'],
    [
      ['train', '--synthetic', '10', '--out', 'x', '--a', 'NaN'],
      '--a takes a number from 0.000001 to 1000000',
    ],
    [['train', '--synthetic', '10', '--out', 'x', '--layers', 'fc=1'], '--layers: the share of fc'],
    [['train', '--synthetic', '10', '--out', 'x', '--beta-growth', '11'], '--beta-growth: The recipe'],
    [['models'], 'list, show, export, import, activate or rollback is missing'],
    [['models', 'burn'], '"burn"'],
    [['models', 'show'], 'needs the ID'],
    [['models', 'import'], 'needs a model file'],
    [['models', 'export', 'abcd', '--out', 'x'], '--format is missing: onnx, tfjs or sparse?'],
    [['models', 'export', 'abcd', '--format', 'onnx'], '--out PATH is missing'],
    [['models', 'export', 'abcd', '--format', 'keras', '--out', 'x'], 'not "keras"'],
    [['models', 'list', '--force'], 'models list takes no --force'],
    [['models', 'toString'], 'not "toString"'],
    [['bench', '--rounds', '0'], '--rounds takes a whole number from 1 to 1000, not "0"'],
    [['bench', '--seconds', 'long'], '--seconds takes a number'],
    [['doctor', 'now'], '"now" is one argument too many'],
    [['serve', '--port', '99999'], '--port takes a whole number from 0 to 65535'],
    [['serve', '--json=yes'], '--json'],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test('a reader that goes away ends the command without a complaint', async () => {
  const { outcomeOf, startCli } = await import('./run-cli.ts');
  const child = startCli(['doctor']);
  child.stdout?.destroy();
  const { stderr } = await outcomeOf(child);
  expect(stderr).toBe('');
});
