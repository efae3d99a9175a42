import type { DoctorReport, Medium, Sensitivity, TaskGroup, Theme } from '../../api/types.ts';
import { formatCount } from '../format.ts';
import { say, strong, type Text } from '../text.ts';

const themes: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };

const engineNames: Readonly<Record<DoctorReport['backends'][number]['name'], string>> = {
  cuda: 'Graphics card, CUDA',
  webgpu: 'Graphics card, WebGPU',
  cpu: 'Processor',
};

const hosts: Readonly<Record<DoctorReport['host'], string>> = {
  electron: 'its own window',
  browser: 'a browser on this computer',
  cli: 'the command line',
};

const sensitivityMoves: Readonly<Record<Sensitivity, string>> = {
  high: 'Finds more, also faint tremor, and flags more regular writers.',
  balanced: 'Flags few regular writers and finds most of what is plain to see.',
  specific: 'Flags hardly any regular writer and finds less: faint tremor is called inconclusive or regular.',
};

const groupNames: Readonly<Record<TaskGroup, string>> = {
  spiral: 'Spirals',
  wave: 'Waves, lines and loops',
  writing: 'Writing',
};

const media: Readonly<Record<Medium, string>> = { recording: 'by pen', scan: 'on paper, scanned' };

/** Share 0..1 as a number of 100 people; never surer than it is. */
function outOf100(share: number): string {
  const count = Math.round(100 * share);
  if (count === 0 && share > 0) return 'fewer than 1';
  return count === 100 && share < 1 ? 'more than 99' : formatCount(count);
}

/** The same within a sentence. Reckoned from a few hundred drawings, so that all and none are never said. */
function mostOf100(share: number): Text {
  const count = Math.round(100 * share);
  if (count === 100) return strong('nearly all');
  return count === 0 ? strong('hardly any') : say`about ${strong(formatCount(count))}`;
}

/** Words of the Settings screen. */
export const settings = {
  title: 'Settings',
  sections: 'Settings',
  appearance: 'Appearance',
  pen: 'Pen and paper',
  engines: 'Engines',
  data: 'Data',
  keyboard: 'Keyboard',
  about: 'About',

  appearanceText: 'How the window looks.',
  theme: 'Light or dark',
  themes,
  themeHint: 'Scans stay paper in the dark; only pen drawings turn light.',
  motion: 'Steadypen moves less when the system asks for it.',

  penText: 'What a new drawing starts with.',
  hand: 'Hand that draws',
  handHint: 'Can be changed for each drawing on the Screen.',
  task: 'Task',
  taskHint: 'What a new drawing asks for.',

  judging: 'Sensitivity',
  judgingText: 'Where the line is drawn between regular, inconclusive and tremor-like.',
  sensitivity: 'Sensitivity',
  sensitivityHint: 'Holds for what is screened from now on. Results in the Library stay as they are.',
  sensitivityMoves,
  media,
  pointsOf: 'What is drawn',
  pointName: (group: TaskGroup, medium: Medium) => `${groupNames[group]}, ${media[medium]}`,
  flaggedOf100: 'Flagged of 100 regular writers',
  foundOf100: 'Found of 100 with tremor',
  outOf100,
  pointNotMeasured: 'not measured',
  nothingMeasured: 'How many the model flags and finds was not measured.',
  pointsNote:
    'Measured on simulated hands, the regular ones slow and careful. Among real people the numbers differ.',
  noPoints: 'The card of the model in use does not say how many it flags and finds.',
  predictiveTitle: 'What a verdict is worth where you work',
  prevalenceBefore: 'Of 100 people I see,',
  prevalenceAfter: 'have a tremor.',
  prevalenceProblem: 'Enter a number from 0 to 100.',
  ofFlagged: (share: number | null) =>
    share === null
      ? say`Nobody would be flagged.`
      : say`Of 100 people flagged, ${mostOf100(share)} would really have one.`,
  ofOthers: (share: number | null) =>
    share === null
      ? say`Everybody would be flagged.`
      : say`Of 100 people not flagged, ${mostOf100(share)} would really have none.`,
  predictiveNote:
    'Flagged means called tremor-like; not flagged means called regular or inconclusive. Reckoned from the numbers above.',

  enginesText: 'What does the computing: a graphics card where one can be used, else the processor.',
  engineNames,
  engineWithThreads: (name: keyof typeof engineNames, threads: number) =>
    name === 'cpu'
      ? `${engineNames[name]}, ${formatCount(threads)} ${threads === 1 ? 'thread' : 'threads'}`
      : engineNames[name],
  measuredHere: 'Measured on this computer',
  learningSpeed: 'Learning, pictures a second',
  fastest: 'Fastest',
  measuredNote: (date: string) =>
    `Measured on ${date}, with steps of 32 pictures. Training takes the fastest, and the next one should it fail.`,
  notMeasured:
    'How fast they are is measured when a training first has to choose, and whenever the computer has changed.',
  cannotUse: 'Cannot be used',
  looking: 'Looking at this computer…',
  found: 'Found',
  missing: 'Not found',
  notBroken: 'Nothing is broken:',
  runsOn: (name: keyof typeof engineNames) =>
    name === 'cpu'
      ? 'screening and training run on the processor.'
      : `screening runs on the processor, training on: ${engineNames[name].toLowerCase()}.`,
  noEngine: 'No engine was found: Steadypen cannot screen or train on this computer yet.',
  parts: 'Parts',
  partsText: 'Programs that Steadypen is made of. A missing one is left out; the rest works on.',
  part: 'Part',
  version: 'Version',
  state: 'State',
  lookAgain: 'Look again',
  copyReport: 'Copy the report for IT',
  copied: 'Copied',
  copyFailed: 'The clipboard cannot be reached. Run steadypen doctor instead and copy what it prints.',
  failed: 'This computer could not be looked at',

  dataText: 'Where everything is kept. Nothing leaves this computer.',
  dataFolder: 'Data folder',
  writable: 'Can be written to',
  notWritable: 'Cannot be written to: new drawings cannot be kept',
  used: 'Used',
  database: 'Database',
  databaseState: (ok: boolean, detail: string) => `${ok ? 'In order' : 'Damaged'}, ${detail}`,
  databaseBad: 'Damaged',
  samples: 'Samples',
  sampleCount: (count: number) => formatCount(count),
  moveHint: 'To keep the data elsewhere, start Steadypen with --home and a folder, or set STEADYPEN_HOME.',

  or: 'or',
  keyboardText: 'Everything can be reached with the keyboard.',
  keys: [
    {
      title: 'Everywhere',
      rows: [
        ['Tab', 'next control'],
        ['Enter or Space', 'press it'],
        ['Esc', 'close, or clear the selection'],
      ],
    },
    {
      title: 'Screen',
      rows: [
        ['Ctrl Z', 'take back the last stroke'],
        ['Ctrl Shift Z', 'bring it back'],
      ],
    },
    {
      title: 'Library',
      rows: [
        ['Arrows', 'move'],
        ['Space', 'open the sample'],
        ['1', 'label regular'],
        ['2', 'label tremor-like'],
        ['0', 'take the label away'],
        ['Del', 'move to the bin'],
        ['Shift Arrows', 'select a row of samples'],
        ['Ctrl Space', 'select or leave out one'],
        ['Ctrl A', 'select all'],
      ],
    },
    {
      title: 'One sample',
      rows: [
        ['← or →', 'the sample before, the next one'],
        ['H', 'heat map on or off'],
        ['Esc', 'back to the Library'],
      ],
    },
  ] as readonly { readonly title: string; readonly rows: readonly (readonly [string, string])[] }[],

  aboutText: 'Screens handwriting and drawing for tremor-like movement, offline.',
  versionOf: (version: string) => `Version ${version}`,
  runsIn: (host: DoctorReport['host']) => `Runs in ${hosts[host]}.`,
  disclaimerTitle: 'Screening aid, not a diagnosis.',
  disclaimerText:
    'Steadypen says whether a line looks tremor-like. It does not say why, and it does not replace an examination. Many people with a tremor draw steadily, and many without one do not.',
  privacyTitle: 'Nothing leaves this computer.',
  privacyText:
    'There is no account, no update check and no statistics. People are kept as codes, never by name.',
  methodTitle: 'The method',
  methodText:
    'A small network made sparse while it trains, after F. Xue and J. Xin, “Learning Sparse Neural Networks via l0 and Tl1 by a Relaxed Variable Splitting Method with Application to Multi-scale Curve Classification” (2019, arXiv 1902.07419).',
  licenceTitle: 'Licence',
  licenceText:
    'Steadypen is free under the Apache License 2.0. The typeface Inter is under the SIL Open Font License 1.1, the Lucide icons under the ISC licence. LICENSE and THIRD-PARTY-NOTICES in the program folder name every part that is shipped.',
} as const;
