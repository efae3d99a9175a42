import type { DoctorReport } from '../api/contract.ts';
import { dataFolder } from '../store/home.ts';
import { appVersion } from './app-files.ts';
import { EXIT, type Command } from './command.ts';

export const command: Command = {
  name: 'doctor',
  usage: '[options]',
  summary: 'Says what is found here and what is missing, why, and what to do about it.',
  options: {
    home: {
      type: 'string',
      value: 'DIR',
      help: "data folder; left out, STEADYPEN_HOME or the platform's place",
    },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const home = dataFolder(terminal.env, process.platform, given.text('home'));
    const [{ createDoctorReport }, { openForReading }] = await Promise.all([
      import('../host/doctor.ts'),
      import('./reading-store.ts'),
    ]);
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
    ...report.backends.flatMap(({ found, name, detail, remedy }) => row(found, name, detail, remedy)),
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
