import type { Hand, Label, Reason, SampleSummary, WarningCode } from '../../api/types.ts';
import { formatCount, formatFixed, withUnit } from '../format.ts';
import { common } from './common.ts';

const monthYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

const samples = (count: number): string => `${formatCount(count)} ${count === 1 ? 'sample' : 'samples'}`;
const people = (count: number): string => `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;

/** "Spiral, scan", "Wave": what was drawn, and whether it came on paper. */
function titleOf(sample: Pick<SampleSummary, 'task' | 'kind' | 'page'>): string {
  const task = common.tasks[sample.task];
  if (sample.kind === 'recording') return task;
  const drawn = task.split(',')[0] ?? task;
  return sample.page === null ? `${drawn}, scan` : `${drawn}, scan p. ${formatCount(sample.page)}`;
}

const labelNames: Readonly<Record<Label, string>> = { regular: 'regular', 'tremor-like': 'tremor-like' };

/** Short enough to stand under a thumbnail. */
const shortReasons: Readonly<Record<Reason, string>> = {
  blank: 'blank page',
  'too-little-ink': 'too little ink',
  'too-small': 'too small',
  blurred: 'blurred',
  'sampled-too-slowly': 'too few samples',
  printed: 'printed',
  'no-pen-line': 'no pen line',
  'ruled-paper': 'ruled paper',
  'dark-surround': 'dark surround',
};

const places: Readonly<Record<string, string>> = {
  outer: 'Mostly on the outer turn.',
  inner: 'Mostly on the inner turns.',
  left: 'Mostly on the left.',
  right: 'Mostly on the right.',
  top: 'Mostly at the top.',
  bottom: 'Mostly at the bottom.',
  everywhere: 'All along the line.',
};

const warningHeads: Readonly<Record<WarningCode, string>> = {
  'task-guessed': 'The task was guessed.',
  'low-resolution': 'The picture is coarse.',
  'size-unknown': 'The size on paper is not known.',
  'slow-sampling': 'The pen was read slowly.',
  'short-recording': 'The drawing is short.',
  'measures-disagree': 'The model and the measurement disagree.',
  'very-large': 'The picture is very large.',
  inverted: 'Light on dark.',
  'desk-cut': 'The sheet was cut out.',
  'rules-removed': 'Printed lines were removed.',
  turned: 'The page was turned.',
};

/** Words of the Library screen and of one opened sample. */
export const library = {
  title: 'Library',
  question: 'What have I collected?',
  addFiles: 'Add files…',
  /** People are counted by their codes: without one there is nobody to count. */
  counts: (matching: number, total: number, matchingPeople: number, allPeople: number, narrowed: boolean) =>
    [
      narrowed ? `${formatCount(matching)} of ${samples(total)}` : samples(total),
      ...(allPeople === 0
        ? []
        : [narrowed ? `${formatCount(matchingPeople)} of ${people(allPeople)}` : people(allPeople)]),
    ].join(' · '),

  filters: 'Filters',
  participant: 'Participant',
  task: 'Task',
  label: 'Label',
  verdict: 'Verdict',
  date: 'Date',
  disagree: 'Disagree',
  disagreeHint: 'Only samples whose label and verdict contradict each other',
  clearFilters: 'Clear filters',
  all: 'All',
  any: 'Any',
  noLabel: 'No label',
  today: 'Today',
  lastWeek: 'Last 7 days',
  month: (first: Date) => monthYear.format(first),
  participantOption: (code: string, count: number) => `${code} · ${formatCount(count)}`,

  grid: 'Samples',
  gridHelp:
    'Arrow keys move. Space opens. 1 labels regular, 2 tremor-like, 0 takes the label away. Delete removes. Shift with arrows or Control with Space selects several.',
  titleOf,
  noParticipant: 'no code',
  todayShort: 'today',
  noLabelShort: 'no label',
  labelNames,
  shortReasons,
  /** Said by screen readers between the words on show. */
  spokenVerdict: (verdict: string) => `Verdict: ${verdict}.`,
  spokenDiffers: 'Label and verdict differ.',
  spokenLabel: 'Label:',

  select: 'Select',
  selectDone: 'Done',
  selected: (count: number) => `${samples(count)} selected`,
  selectAll: 'Select all',
  labelRegular: 'Regular',
  labelTremor: 'Tremor-like',
  labelNone: 'No label',
  labelAs: 'Label them',
  delete: 'Delete',

  legendCorner: 'Corner: verdict',
  legendWord: 'Word: label,',
  legendDiffers: 'if it differs',
  keys: [
    ['Space', 'open'],
    ['1', 'regular'],
    ['2', 'tremor-like'],
    ['0', 'no label'],
    ['Del', 'delete'],
  ] as readonly (readonly [string, string])[],

  loading: 'Opening the library…',
  loadingMore: 'Loading more…',
  emptyTitle: 'No drawings yet',
  emptyText:
    'Everything you screen is kept here: drawings and scans, sorted by day, with what you say of them.',
  emptyDraw: 'Start drawing',
  emptyTry: 'Try a sample',
  nothingTitle: 'No sample fits these filters',
  nothingText: 'Take one away, or clear them all.',
  failed: 'The library cannot be shown',

  labelled: (name: string, label: Label | null) =>
    label === null ? `Label of ${name} taken away` : `${name} labelled ${labelNames[label]}`,
  labelledMany: (count: number, label: Label | null) =>
    label === null
      ? `Labels of ${samples(count)} taken away`
      : `${samples(count)} labelled ${labelNames[label]}`,
  deleted: (name: string) => `${name} moved to the bin`,
  deletedMany: (count: number) => `${samples(count)} moved to the bin`,
  nameOf: (title: string, participant: string | null) =>
    participant === null ? title : `${title} of ${participant}`,

  back: 'Library',
  position: (at: number, of: number) => `${formatCount(at)} of ${formatCount(of)}`,
  previous: 'Previous sample',
  next: 'Next sample',
  subtitle: (participant: string | null, hand: Hand | null, when: string) =>
    [participant ?? 'no code', hand === null ? null : common.handsLong[hand].toLowerCase(), when]
      .filter((part) => part !== null)
      .join(' · '),
  opening: 'Opening the sample…',
  sampleFailed: 'This sample cannot be shown',
  print: 'Print…',
  picture: (title: string) => `${title}, as drawn`,
  pictureHeat: (title: string) => `${title}, with the heat map over it`,
  pictureFailed: 'The picture cannot be read. The verdict and the figures are not touched by that.',
  whereTitle: 'Where the model saw tremor',
  noHeat: 'No heat map: the model made no judgement.',
  showHeat: 'Show heat map',
  hideHeat: 'Hide heat map',

  tabs: 'About this sample',
  evidence: 'Evidence',
  history: 'History',
  historyCount: (count: number) => `History ${formatCount(count)}`,
  details: 'Details',

  places,
  frequencyTitle: 'How often it wavers',
  frequencyUnit: 'times a second',
  frequencyBand: withUnit('4–12', 'Hz'),
  hzTick: (text: string) => withUnit(text, 'Hz'),
  frequencyDescription: (hz: number) =>
    `The line wavers ${formatFixed(hz, 1)} times a second, between 4 and 12 where tremor lies.`,
  figures: 'Measured from the pen',
  peakHz: (hz: number) => withUnit(formatFixed(hz, 1), 'Hz'),
  speedTitle: 'How fast the pen moved',
  speedUnit: (unit: 'mm' | 'px', mean: number) => `${unit} a second, mean ${formatFixed(mean, 0)}`,
  speedDescription: (unit: 'mm' | 'px', seconds: number, mean: number, top: number) =>
    `Speed of the pen over ${formatFixed(seconds, 0)} seconds, in ${unit} a second: mean ${formatFixed(mean, 0)}, fastest ${formatFixed(top, 0)}.`,
  pressureTitle: 'How hard the pen pressed',
  pressureUnit: 'per cent of the pen’s range',
  pressureDescription: (seconds: number, mean: number) =>
    `Pressure of the pen over ${formatFixed(seconds, 0)} seconds: mean ${formatFixed(mean * 100, 0)} per cent.`,
  secondsTick: (text: string) => withUnit(text, 's'),
  warningHeads,

  historyEmpty: 'No label yet. 1 labels it regular, 2 tremor-like, 0 takes the label away.',
  historyEntry: (label: Label | null) =>
    label === null ? 'Label taken away' : `Labelled ${labelNames[label]}`,
  historyBy: (by: string, when: string) => `${by}, ${when}`,
  historyScreened: 'Screened',
  created: 'Date',
  page: 'Page',
  size: 'Picture',
  sizePx: (width: number, height: number) => `${formatCount(width)} × ${withUnit(formatCount(height), 'px')}`,
  originalName: 'File',
  device: 'Device',
  penSamples: 'Pen samples',
  strokes: 'Strokes',
} as const;
