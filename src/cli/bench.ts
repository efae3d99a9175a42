import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { appVersion, APP_FILES } from './app-files.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import type { Given } from './given.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/steadypen.js', import.meta.url));
const PEER_SCRIPT = fileURLToPath(new URL('../../test/bench/torch-peer.py', import.meta.url));

/** Quiet machines agree within a few per cent after so long; `quick` is for a look. */
const FULL = { rounds: 9, seconds: 1, limitSeconds: null };
/** A round takes ten seconds or so, and the last one may begin just before the limit. */
const QUICK = { rounds: 5, seconds: 0.3, limitSeconds: 85 };

export const command: Command = {
  name: 'bench',
  usage: '[options]',
  summary: 'Measures how fast this machine trains and screens, on every backend that can be used.',
  details:
    'Training steps and inference of the reference net on simulated patches that are ready in memory, screening of a\n' +
    'simulated spiral and of an A4 page at 300 dpi in a warm screener, and `steadypen screen` of one picture from start to\n' +
    'end. The processor is measured with one thread and with all it has. Where python3 has torch, PyTorch runs in the same\n' +
    'rounds. Each round measures everything once, so that all share the same machine; a first round is not counted.\n' +
    'With --json: {"bench","backend","threads","unit","median","min","max"} per measure, then {"ratio","backend","threads",\n' +
    '"peer","median","min","max"} per measure that PyTorch had too; the rest goes to stderr.',
  options: {
    quick: {
      type: 'boolean',
      help: `a look, under two minutes: ${QUICK.rounds} short rounds, fewer where they take too long`,
    },
    rounds: { type: 'string', value: 'N', help: `rounds that count; ${FULL.rounds} unless given` },
    seconds: {
      type: 'string',
      value: 'S',
      help: `least time of a measure in one round; ${FULL.seconds} unless given`,
    },
    peer: { type: 'boolean', help: 'PyTorch has to be there: exit code 3 where it is not' },
    'no-peer': { type: 'boolean', help: 'without PyTorch' },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const usual = given.flag('quick') ? QUICK : FULL;
    const rounds = given.whole('rounds', 1, 1000) ?? usual.rounds;
    const seconds = given.number('seconds', 0.01, 60) ?? usual.seconds;
    const peer = peerOf(given);
    const [{ runBench }, { describeLoad, describeMachine }, { activeModelFile }, lines] = await Promise.all([
      import('../host/bench/bench.ts'),
      import('../host/bench/machine.ts'),
      import('../host/model-shelf.ts'),
      import('./bench-lines.ts'),
    ]);
    const say = terminal.json ? terminal.note : terminal.print;
    say(`Steadypen ${appVersion()}, ${new Date().toISOString()}`);
    say(describeMachine());
    say([`rounds: ${rounds}, at least ${seconds} s a measure`, describeLoad()].filter(Boolean).join('; '));
    const report = await runBench({
      rounds,
      seconds,
      limitSeconds: usual.limitSeconds,
      model: await activeModelFile(null, APP_FILES.assets),
      program: PROGRAM,
      peer,
      signal: terminal.signal,
      onDetail: say,
      onRemark: terminal.note,
      onRound: (round) => terminal.progress(round === 0 ? 'warming up' : `round ${round} of ${rounds}`),
    });
    for (const line of report.lines) terminal.record(line);
    terminal.print('');
    for (const line of lines.tableOf(report.lines)) terminal.print(line);
    if (report.ratios.length > 0) say('');
    for (const ratio of report.ratios) {
      terminal.record(lines.ratioRecord(ratio));
      say(lines.describeRatio(ratio));
    }
    return report.complete ? EXIT.done : EXIT.someUnusable;
  },
};

/** The script is part of a clone only. @throws UsageError */
function peerOf(given: Given): { readonly script: string; readonly required: boolean } | null {
  const required = given.flag('peer');
  if (required && given.flag('no-peer')) {
    throw new UsageError('--peer and --no-peer exclude each other: choose one.');
  }
  if (required && !existsSync(PEER_SCRIPT)) {
    throw new UsageError(`--peer needs ${PEER_SCRIPT}, which is part of a clone only.`);
  }
  return given.flag('no-peer') || !existsSync(PEER_SCRIPT) ? null : { script: PEER_SCRIPT, required };
}
