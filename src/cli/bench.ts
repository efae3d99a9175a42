import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { appVersion, APP_FILES } from './app-files.ts';
import { EXIT, UsageError, type Command } from './command.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/steadypen.js', import.meta.url));
const PEER_SCRIPT = fileURLToPath(new URL('../../test/bench/torch-peer.py', import.meta.url));

/** Quiet machines agree within a few per cent after so long; `quick` is for a look. */
const FULL = { rounds: 9, seconds: 1 };
const QUICK = { rounds: 5, seconds: 0.3 };

export const command: Command = {
  name: 'bench',
  usage: '[options]',
  summary: 'Measures how fast this machine trains and screens, on every backend that can be used.',
  details:
    'Training steps and inference of the reference net on simulated patches that are ready in memory, screening of a\n' +
    'simulated spiral and of an A4 page at 300 dpi in a warm screener, and `steadypen screen` of one picture from start to\n' +
    'end. Each round measures everything once, so that all share the same machine; a first round is not counted.\n' +
    'With --json: {"bench","backend","threads","unit","median","min","max"} per measure; the rest goes to stderr.',
  options: {
    quick: { type: 'boolean', help: `a look, under a minute: ${QUICK.rounds} short rounds` },
    rounds: { type: 'string', value: 'N', help: `rounds that count; ${FULL.rounds} unless given` },
    seconds: {
      type: 'string',
      value: 'S',
      help: `least time of a measure in one round; ${FULL.seconds} unless given`,
    },
    peer: { type: 'boolean', help: 'PyTorch beside it, in the same rounds; needs python3 with torch' },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const usual = given.flag('quick') ? QUICK : FULL;
    const rounds = given.whole('rounds', 1, 1000) ?? usual.rounds;
    const seconds = given.number('seconds', 0.01, 60) ?? usual.seconds;
    const peer = given.flag('peer');
    if (peer && !existsSync(PEER_SCRIPT)) {
      throw new UsageError(`--peer needs ${PEER_SCRIPT}, which is part of a clone only.`);
    }
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
      model: await activeModelFile(null, APP_FILES.assets),
      program: PROGRAM,
      peerScript: peer ? PEER_SCRIPT : null,
      signal: terminal.signal,
      onDetail: say,
      onRemark: terminal.note,
      onRound: (round) => terminal.progress(round === 0 ? 'warming up' : `round ${round} of ${rounds}`),
    });
    for (const line of report.lines) terminal.record(line);
    terminal.print('');
    for (const line of lines.tableOf(report.lines)) terminal.print(line);
    if (report.ratios.length > 0) say('');
    for (const ratio of report.ratios) say(lines.describeRatio(ratio));
    return report.complete ? EXIT.done : EXIT.someUnusable;
  },
};
