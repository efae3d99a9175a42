import type {
  ErrorInfo,
  Hand,
  Label,
  PointerKind,
  Reason,
  Sensitivity,
  Task,
  Verdict,
} from '../../api/types.ts';
import { formatCount } from '../format.ts';

const tasks: Readonly<Record<Task, string>> = {
  'spiral-traced': 'Spiral, traced',
  'spiral-free': 'Spiral, free',
  wave: 'Wave',
  line: 'Line',
  loops: 'Loops',
  words: 'Words',
  sentence: 'Sentence',
  text: 'Text',
  page: 'Free page',
};

const UNKNOWN_TASK = 'Unknown';

const verdicts: Readonly<Record<Verdict, string>> = {
  'tremor-like': 'Tremor-like',
  regular: 'Regular',
  inconclusive: 'Inconclusive',
  'not-screenable': 'Not screenable',
};

const labels: Readonly<Record<Label, string>> = { regular: 'Regular', 'tremor-like': 'Tremor-like' };

const hands: Readonly<Record<Hand, string>> = { right: 'Right', left: 'Left' };

const handsLong: Readonly<Record<Hand, string>> = { right: 'Right hand', left: 'Left hand' };

/** Beside a verdict: why it cannot be judged. */
const reasons: Readonly<Record<Reason, string>> = {
  blank: 'nothing is drawn on it',
  'too-little-ink': 'too little ink',
  'too-small': 'too small',
  blurred: 'too blurred',
  'sampled-too-slowly': 'the pen was read too slowly',
  printed: 'printed, not written',
  'no-pen-line': 'no pen line on a plain sheet',
  'ruled-paper': 'lines of the paper in the way',
  'dark-surround': 'the sheet cannot be made out',
};

const sensitivities: Readonly<Record<Sensitivity, string>> = {
  high: 'High',
  balanced: 'Balanced',
  specific: 'Specific',
};

const pointers: Readonly<Record<PointerKind, string>> = {
  pen: 'Pen',
  mouse: 'Mouse',
  touch: 'Finger',
  unknown: 'Unknown device',
};

/** Short heads for faults; the host's own sentence follows. */
const faultHeads: Readonly<Record<ErrorInfo['code'], string>> = {
  'not-found': 'Not found',
  'no-access': 'No access',
  'empty-file': 'Empty file',
  'not-an-image': 'Not a picture',
  'unsupported-format': 'Unknown kind of file',
  damaged: 'Damaged file',
  'too-large': 'Too large',
  'too-small': 'too small',
  'no-strokes': 'No strokes in it',
  'no-inputs': 'Nothing to screen',
  'bad-argument': 'Not accepted',
  'read-only': 'The data folder is read-only',
  'disk-full': 'The disk is full',
  'in-use': 'In use elsewhere',
  'bad-model': 'The model cannot be used',
  'too-few-samples': 'Too few samples',
  'non-finite-loss': 'The training went astray',
  'timed-out': 'Took too long',
  'out-of-memory': 'Needed too much memory',
  cancelled: 'Cancelled',
  'no-backend': 'No engine to run on',
  'engine-failed': 'The engine failed',
  internal: 'A fault of ours',
};

/** What every screen shares. */
export const common = {
  appName: 'Steadypen',
  disclaimer: 'Screening aid, not a diagnosis.',
  offline: 'Offline',
  offlineHint: 'Nothing leaves this computer.',
  mainNavigation: 'Main',
  skipToContent: 'Skip to content',
  undo: 'Undo',
  cancel: 'Cancel',
  close: 'Close',
  tryAgain: 'Try again',
  open: 'Open',
  none: 'None',
  working: 'Working…',
  notifications: 'Notifications',
  tasks,
  unknownTask: UNKNOWN_TASK,
  /** Unknown where nobody says what was drawn and its shape does not tell. */
  taskOf: (task: Task | null) => (task === null ? UNKNOWN_TASK : tasks[task]),
  verdicts,
  labels,
  hands,
  handsLong,
  reasons,
  sensitivities,
  pointers,
  faultHeads,
  less: 'less',
  more: 'more',
  heatLegend: 'Heat, from less to more',
  likelyTremor: 'Likely tremor-like',
  barDescription: (percent: string, from: string, to: string) =>
    `${percent} likely tremor-like. Below ${from} the model says regular, from ${to} on tremor-like, between them inconclusive.`,
  hostLost: 'Steadypen’s other half is not answering. What you have drawn is safe; connecting again…',
  hostLostNow: 'Steadypen’s other half is not answering. Try again in a moment.',
  hostGone: 'Steadypen has stopped.',
  hostGoneAdvice: 'Start Steadypen again and close this window. What was drawn and saved is in the Library.',
  hostBack: 'Connected again.',
  pageCrashed: 'This window stopped working and was loaded again. What was drawn or saved is safe.',
  graphicsCrashed: 'The graphics process stopped and was started again. Nothing is lost.',
  unknownFault: 'Something went wrong that Steadypen did not expect.',
  participant: 'Participant',
  noParticipant: 'None',
  newParticipant: 'New participant…',
  newParticipantCode: 'New code',
  participantHint: 'A code such as P-001, never a name.',
  participantRule: 'Use up to 24 letters, digits, dashes or underscores: a code, not a name.',
  add: 'Add',
  secondsLeft: (seconds: number) => {
    if (seconds >= 90) return `about ${formatCount(Math.round(seconds / 60))} minutes left`;
    return seconds < 2 ? 'about a second left' : `about ${formatCount(seconds)} seconds left`;
  },
} as const;
