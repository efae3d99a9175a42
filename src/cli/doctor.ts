import type { BackendRates, DoctorReport } from '../api/contract.ts';
import { BACKENDS } from '../base/words.ts';
import type { EngineRates } from '../host/engine-rates.ts';
import { dataFolder } from '../store/home.ts';
import { appVersion } from './app-files.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import { describeRates } from './rate-words.ts';
import type { Terminal } from './terminal.ts';

/** What was measured is believed until something changes that Steadypen can see. */
const AGAIN = 'When that is mended: steadypen doctor --measure';

export const command: Command = {
  name: 'doctor',
  usage: '[options]',
  summary: 'Says what is found here and what is missing, why, and what to do about it.',
  details:
    'Measures how fast each backend trains, some seconds each, unless that is known already: it is kept in the data folder,\n' +
    'if there is one, until Steadypen, a driver or the machine changes.',
  options: {
    measure: { type: 'boolean', help: 'measure anew, whatever is known' },
    'no-measure': { type: 'boolean', help: 'measure nothing; tell what is known' },
    home: {
      type: 'string',
      value: 'DIR',
      help: "data folder; left out, STEADYPEN_HOME or the platform's place",
    },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    if (given.flag('measure') && given.flag('no-measure')) {
      throw new UsageError('--measure and --no-measure exclude each other: choose one.');
    }
    const home = dataFolder(terminal.env, process.platform, given.text('home'));
    const [{ createDoctorReport }, { openForReading }, { openRates }] = await Promise.all([
      import('../host/doctor.ts'),
      import('./reading-store.ts'),
      import('./open-rates.ts'),
    ]);
    const rates = openRates(given, terminal);
    const measured = given.flag('no-measure')
      ? await rates.known()
      : await measureRates(rates, given.flag('measure'), terminal);
    let storeFault: unknown;
    const store = await openForReading(home).catch((fault: unknown) => {
      storeFault = fault; // Part of the report.
      return null;
    });
    try {
      const report = await createDoctorReport({
        home,
        hostKind: 'cli',
        version: appVersion(),
        rates: measured,
        store,
        storeFault,
      });
      terminal.record(report);
      for (const line of describeReport(report)) terminal.print(line);
      return EXIT.done;
    } finally {
      await store?.close();
    }
  },
};

async function measureRates(
  rates: EngineRates,
  again: boolean,
  { signal, progress }: Terminal,
): Promise<readonly BackendRates[]> {
  const work = rates.measure(BACKENDS, { signal, again });
  for (;;) {
    const next = await work.next();
    if (next.done === true) return next.value;
    progress(`measuring how fast each engine is: ${next.value.done} of ${next.value.total}`);
  }
}

/** The report for people: one block each for parts, backends and data; a missing thing is followed by what to do. A dash is for what the app has yet to make. */
export function describeReport(report: DoctorReport): readonly string[] {
  const row = (found: boolean | null, name: string, detail: string, remedy: string | null) => [
    `  ${found === null ? '–' : found ? '✓' : '✗'} ${name.padEnd(26)} ${detail}`,
    ...(remedy === null || remedy === '' ? [] : [`    ${' '.repeat(26)} → ${remedy}`]),
  ];
  const { dataFolder: folder, database } = report;
  return [
    `Steadypen ${report.version}`,
    '',
    'Parts',
    ...report.parts.flatMap(({ found, name, version, detail, remedy }) =>
      row(found, version === null ? name : `${name} ${version}`, detail, remedy),
    ),
    '',
    'Backends for training and screening',
    ...report.backends.flatMap(({ found, name, detail, remedy }) => {
      const measured = report.rates.find(({ backend }) => backend === name);
      if (measured?.unusable) {
        return row(false, name, `${detail} But it cannot be used: ${measured.unusable}`, AGAIN);
      }
      const rate = measured === undefined ? null : describeRates(measured);
      return [
        ...row(found, name, detail, remedy),
        ...(rate === null ? [] : [`    ${' '.repeat(26)} ${rate}`]),
      ];
    }),
    '',
    'Data',
    ...row(
      folder.exists || !folder.writable ? folder.writable : null,
      'data folder',
      `${folder.path} (${folder.detail}${folder.exists ? `, ${megabytes(folder.bytes)}` : ''})`,
      null,
    ),
    ...row(
      database.exists ? database.ok : null,
      'database',
      `${database.detail}${database.exists ? `, ${database.samples} samples` : ''}`,
      null,
    ),
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
