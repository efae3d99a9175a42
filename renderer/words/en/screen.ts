import type { Task } from '../../api/types.ts';
import { formatCount, formatFixed, withUnit } from '../format.ts';

interface TaskWords {
  readonly lead: string;
  readonly hint: string;
  /** What is to be written, faint on the page. */
  readonly prompt?: string;
}

const taskWords: Readonly<Record<Exclude<Task, 'page'>, TaskWords>> = {
  'spiral-traced': { lead: 'Start at the dot in the middle', hint: 'Follow the dotted line outwards.' },
  'spiral-free': { lead: 'Draw a spiral', hint: 'Start in the middle and make three turns outwards.' },
  wave: { lead: 'Start at the dot on the left', hint: 'Follow the dotted wave to the right.' },
  line: { lead: 'Start at the dot on the left', hint: 'Follow the dotted line to the right.' },
  loops: { lead: 'Write linked loops', hint: 'Join them without lifting the pen.', prompt: 'elelelelel' },
  words: { lead: 'Write these words', hint: 'In your usual hand.', prompt: 'minimum  animal  willow' },
  sentence: {
    lead: 'Write this sentence',
    hint: 'In your usual hand.',
    prompt: 'The quick brown fox jumps over the lazy dog.',
  },
  text: { lead: 'Write a few lines', hint: 'Anything you like, but no names.' },
};

/** Words of the Screen. */
export const screen = {
  title: 'Screen',
  question: 'Is this writing tremor-like?',
  task: 'Task',
  hand: 'Hand',
  done: 'Done',
  drawAgain: 'Draw again',
  showHeat: 'Show heat map',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear',
  canvas: 'Drawing area',
  canvasHelp: 'Draw with a pen, a mouse or a finger. Control Z takes back the last stroke.',
  taskWords,
  scaleBar: `${withUnit('10', 'mm')}, assumed`,
  sizeAssumed: 'Lengths assume a screen of 96 pixels an inch; it was not measured.',
  penReady: 'Ready for the pen',
  rate: (perSecond: string) => `${perSecond} samples a second`,
  samples: (count: number, seconds: number) =>
    `${formatCount(count)} ${count === 1 ? 'sample' : 'samples'} · ${withUnit(formatFixed(seconds, 1), 's')}`,
  samplesAndRate: (count: number, perSecond: string) =>
    `${formatCount(count)} ${count === 1 ? 'sample' : 'samples'} · ${perSecond} a second`,
  screeningSoon: 'Draw on, or wait for the result',
  screening: 'Looking at the line…',
  readyTitle: 'Ready for the pen',
  readyText: 'Let the hand rest on the tablet. Draw at an easy pace and do not hurry to correct.',
  readyResult: {
    before: 'The result appears here two seconds after the pen is lifted, or when you press ',
    after: '.',
  },
  readyNote:
    'Steadypen looks for a line that wavers 3 to 12 times a second. One drawing takes about 20 seconds.',
  session: 'This session',
  sessionCount: (count: number) => `${formatCount(count)} screened`,
  sessionEmpty: 'What you screen appears here, newest first.',
  now: 'now',
  trySample: 'Try a sample',
  recoveredTitle: 'Recovered drawing',
  recovered: 'A drawing that was cut off was brought back. It is stored and screened.',
  drop: '…or drop scans or pen files anywhere in this window',
  dropNow: 'Drop to screen',
  chooseFiles: 'Choose files…',
  whereHint: 'Where the model saw tremor',
  why: 'Why',
  details: 'Details',
  peak: 'Wavers, peak frequency',
  peakNone: 'none stands out',
  peakRatio: 'Peak above its surroundings',
  amplitude: 'Swing, 3–12 Hz',
  amplitudePx: 'Swing, 3–12 Hz, size unknown',
  rate4: 'Samples a second',
  duration: 'Time to draw',
  speed: 'Mean speed',
  taskFrom: 'Task',
  taskFromOf: (task: string, source: string) => `${task}, ${source}`,
  sensitivity: 'Sensitivity',
  pictureAlone: 'By the picture alone',
  places: 'Places looked at',
  between: (low: string, high: string) => `${low} and ${high}`,
  inconclusiveBetween: 'Inconclusive between',
  model: 'Model',
  logit: 'Logit',
  patches: 'Patches',
  scales: 'Scales',
  elapsed: 'Time to screen',
  sampleId: 'Sample',
  code: 'Code',
  whatDoYouSee: 'What do you see?',
  skip: 'Skip',
  print: 'Print…',
  save: 'Save',
  /** Instead of Save where drawing it again would tell more. */
  keep: 'Keep',
  saved: 'Saved',
  savedAs: (label: string) => `Saved, labelled ${label.toLowerCase()}`,
  binned: 'Drawing moved to the bin',
  cleared: 'Drawing cleared',
  batchRunning: (count: number) => `Screening ${formatCount(count)} ${count === 1 ? 'file' : 'files'}`,
  batchDone: (count: number) => `${formatCount(count)} ${count === 1 ? 'file' : 'files'} screened`,
  batchCancelled: 'Stopped',
  batchProgress: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} done`,
  batchFaults: (count: number) => `${formatCount(count)} could not be read`,
  batchKeeps: (participant: string | null) =>
    participant === null
      ? 'Cancel keeps the results that are ready. They go to the Library.'
      : `Cancel keeps the results that are ready. They go to the Library under ${participant}.`,
  batchKept: (participant: string | null) =>
    participant === null
      ? 'The results are in the Library.'
      : `The results are in the Library under ${participant}.`,
  picture: 'Picture',
  file: 'File',
  kind: 'Kind',
  verdictColumn: 'Verdict, and how likely tremor-like',
  actionColumn: 'Action',
  waiting: 'Waiting',
  skipped: 'Not screened',
  reading: 'Reading',
  readingFile: (name: string) => `Reading ${name}`,
  readingPage: (page: number, pages: number) => `Reading page ${formatCount(page)} of ${formatCount(pages)}`,
  kinds: {
    scan: 'Scan',
    recording: 'Pen recording',
    pdf: 'PDF',
    unknown: 'File',
  },
  pageOf: (kind: string, page: number, pages: number | null) =>
    pages === null
      ? `${kind}, page ${formatCount(page)}`
      : `${kind}, page ${formatCount(page)} of ${formatCount(pages)}`,
  recordingOf: (seconds: number) => `Pen recording, ${withUnit(formatFixed(seconds, 0), 's')}`,
  fileTooLarge: (name: string, bytes: number, limitBytes: number) => {
    const [has, limit] = [bytes, limitBytes].map((size) => formatCount(Math.ceil(size / 1024 / 1024)));
    return `${name} has ${withUnit(has ?? '', 'MB')}; the most that can be screened is ${withUnit(limit ?? '', 'MB')}. Save it with fewer pages or a lower resolution.`;
  },
  timesASecond: (hz: number) => `${formatFixed(hz, 1)} times a second`,
  openResult: (name: string) => `Open the result of ${name}`,
  skipFault: (name: string) => `Skip ${name}`,
  close: 'Close',
  back: 'Back to the list',
  firstTitle: 'Draw a spiral',
  firstText:
    'It takes 20 seconds. Steadypen then says whether the line wavers like a tremor, and shows where.',
  startDrawing: 'Start drawing',
  firstFiles: 'Scans or pen files',
  firstFilesHint: 'Drop them anywhere in this window.',
  firstSample: 'No pen at hand?',
  firstSampleHint: 'See a result first, with a simulated spiral.',
  firstPrivacy: 'Nothing leaves this computer. People are kept as codes, such as P\u2011001, never by name.',
  illustration: 'A dotted spiral, half of it traced with a pen',
  reportTitle: 'Handwriting screening report',
  reportDrawn: 'Drawn',
  reportAsDrawn: 'As drawn',
  reportFigures: 'Figures',
  reportJudged: 'How it was judged',
  reportNotes: 'Notes',
  reportUnknown: 'Not known',
  reportWhere: (place: string) => `Heat map: ${place}`,
  reportNoHeat: 'No heat map: the model made no judgement.',
  reportFoot: 'It does not replace an examination.',
  thumbOf: (name: string) => `Picture of ${name}`,
  pictureOf: (task: string) => `${task}, as drawn`,
  heatOf: (task: string) => `${task}, with the heat map`,
} as const;
