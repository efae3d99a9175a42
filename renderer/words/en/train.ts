import type { ErrorInfo, Label, NetworkName, RunEvent, TrainRequest } from '../../api/types.ts';
import { NARROW, formatCount, formatFixed, formatPercent } from '../format.ts';

type FailureReason = Extract<RunEvent, { kind: 'failed' }>['reason'];
type Backend = Extract<RunEvent, { kind: 'started' }>['backend'];

const people = (count: number): string => `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;

const penalties: Readonly<Record<TrainRequest['penalty'], string>> = {
  l0: 'l0',
  l1: 'l1',
  tl1: 'Transformed l1',
  none: 'None, dense',
};

const penaltiesShort: Readonly<Record<TrainRequest['penalty'], string>> = {
  l0: 'l0',
  l1: 'l1',
  tl1: 'transformed l1',
  none: 'none, dense',
};

const engines: Readonly<Record<Backend, string>> = {
  cuda: 'Graphics card, CUDA',
  webgpu: 'Graphics card, WebGPU',
  cpu: 'Processor',
};

const networks: Readonly<Record<NetworkName, string>> = { figures: 'Figures', writing: 'Writing' };

/** What ended a run early, and what to do now. */
const failures: Readonly<Record<FailureReason, { readonly title: string; readonly advice: string }>> = {
  cancelled: {
    title: 'Stopped.',
    advice: 'No model was kept from this run. The active model goes on judging, unchanged.',
  },
  'non-finite-loss': {
    title: 'The learning went astray.',
    advice:
      'The error grew without end, so the run was given up. Try another seed, or a lower goal for zeros. The active model is unchanged.',
  },
  'too-few-samples': {
    title: 'Too few samples to learn from.',
    advice:
      'Label more samples of both kinds in the Library, or add simulated pictures. The active model is unchanged.',
  },
  'app-ended': {
    title: 'The training was cut off.',
    advice: 'It can continue with the same settings.',
  },
  fault: {
    title: 'The training broke off.',
    advice:
      'Nothing stored was touched and the active model is unchanged. Start it again; if it breaks off again, look at Settings, Engines.',
  },
};

const adviceByCode: Readonly<Partial<Record<ErrorInfo['code'], string>>> = {
  'out-of-memory': 'Make fewer simulated pictures, or close other programs, then start again.',
  'disk-full': 'Make room on the disk that holds the data folder, then start again.',
  'no-backend': 'Look at Settings, Engines: it says what is missing.',
};

/** Words of the Train screen. */
export const train = {
  title: 'Train',
  question: 'Is a new model better than mine?',
  engine: 'Engine',
  engines,
  engineNames: (backend: Backend, detail: string) =>
    detail === '' ? engines[backend] : `${engines[backend]}: ${detail}`,
  opening: 'Looking what there is to learn from…',
  failedToOpen: 'The training cannot be shown',

  data: 'Data',
  regular: 'Regular',
  tremorLike: 'Tremor-like',
  synthetic: 'Made by simulation',
  people: 'People',
  classBar: (regular: number, tremorLike: number) =>
    `Your labelled samples: ${formatCount(regular)} regular, ${formatCount(tremorLike)} tremor-like.`,
  together: 'Everything one person drew stays together: in training or in the test, never in both.',
  noOwn:
    'No labelled samples yet. Label some in the Library to teach the model your people; until then it can learn from simulation alone.',
  dominantTitle: (share: number, label: Label) =>
    `One person is ${formatPercent(share)} of the ${label === 'regular' ? 'regular' : 'tremor-like'} class.`,
  dominantText: (participant: string) =>
    `The model may learn the hand of ${participant} instead of steadiness.`,
  ownNotUsed: 'This run learns from simulation alone: your samples are left out.',
  ownNone: 'None are labelled yet.',
  openLibrary: 'Open the Library',

  plan: 'Next run',
  planText: 'The settings that are filled in are a good start.',
  syntheticField: 'Simulated pictures',
  syntheticHelp:
    'Fonts, handwriting, spirals and waves, drawn anew with and without tremor. More teach more and take longer.',
  ownField: 'Use my labelled samples',
  ownHelp: (regular: number, tremorLike: number, persons: number) =>
    `${formatCount(regular)} regular and ${formatCount(tremorLike)} tremor-like${persons === 0 ? ', without participant codes' : ` from ${people(persons)}`}.`,
  penaltyField: 'Penalty',
  penalties,
  penaltyHelp: {
    l0: 'Every weight that stays costs the same: the strong ones keep their full strength.',
    l1: 'Large weights cost more. Shrinks those that stay.',
    tl1: 'A small a acts like l0, a large a like l1.',
    none: 'Trains a full network, to compare with.',
  } as Readonly<Record<TrainRequest['penalty'], string>>,
  aField: 'a',
  aHelp: 'From 0.01 to 100.',
  sparsityField: 'Goal for zeros',
  sparsityHelp:
    'Share of the weights of the last layer that become exactly zero. 90 costs little accuracy, 97 more.',
  percentSign: '%',
  epochsField: 'Epochs',
  epochsHelp: 'How often all pictures are gone through.',
  seedField: 'Seed',
  seedHelp: 'The same seed and data give the same model again.',
  problems: {
    synthetic: 'Give a whole number from 0 to 200,000.',
    a: 'Give a number from 0.01 to 100.',
    sparsity: 'Give a number from 0 to 99.9.',
    epochs: 'Give a whole number from 1 to 500.',
    seed: 'Give a whole number from 0 up.',
    'no-data': 'There is nothing to learn from: make simulated pictures or use your samples.',
    'one-class':
      'Your samples need both labels, regular and tremor-like. Label more, or add simulated pictures.',
  },
  start: 'Start training',
  starting: 'Starting…',

  learning: 'Learning',
  waiting: 'Waiting for the trainer…',
  measuring: (done: number, total: number) =>
    `Finding the fastest engine, ${formatCount(done)} of ${formatCount(total)} measured`,
  preparing: (done: number, total: number) =>
    `Making pictures, ${formatCount(done)} of ${formatCount(total)}`,
  calibrating: (done: number, total: number) =>
    `Checking on whole drawings, ${formatCount(done)} of ${formatCount(total)}`,
  epochOf: (epoch: number, epochs: number) => `Epoch ${formatCount(epoch)} of ${formatCount(epochs)}`,
  networks,
  networkShown: 'Network on show',
  networkEpoch: (network: NetworkName, epoch: string) =>
    `${networks[network]}: ${epoch.charAt(0).toLowerCase()}${epoch.slice(1)}`,
  fineTuning: 'fine-tuning what is left',
  finished: (epochs: number, clock: string) => `${formatCount(epochs)} epochs in ${clock}`,
  endedAfter: (epochs: number) => `Ended after ${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'}`,
  stop: 'Stop',
  stopping: 'Stopping…',
  newRun: 'Train again…',
  details: 'Details',
  speed: (imagesPerSecond: number) => `${formatCount(Math.round(imagesPerSecond))} pictures a second`,
  counts: (training: number, validation: number, test: number) =>
    `${formatCount(training)} to learn from, ${formatCount(validation)} to watch, ${formatCount(test)} to judge at the end`,
  parameters: 'Weights in all',
  split: 'Pictures',
  engineRow: 'Engine',
  pace: 'Pace',
  recipe: 'Recipe',
  recipeText: (request: TrainRequest) =>
    `${penaltiesShort[request.penalty]}${request.penalty === 'tl1' ? `, a ${request.a}` : ''}${
      request.penalty === 'none' ? '' : `, goal ${formatPercent(request.targetSparsity)}`
    }, seed ${request.seed}`,

  accuracy: 'Accuracy of sparse u',
  accuracyNote: 'on writers not trained on',
  zeros: 'Zeros in the FC layer',
  zerosGoal: (goal: number) => `goal ${formatPercent(goal)}`,
  loss: 'Loss while learning',
  lossNote: 'the lower, the better',
  gap: 'Gap between w and u',
  gapSmall: `enough: below 0.010`,
  gapLarge: `has to fall below 0.010`,
  gapLimit: 'limit',
  lineW: 'w, dense',
  lineU: 'u, sparse',
  epochTick: (text: string) => `epoch ${text}`,
  chartAccuracy: (u: number | null, w: number | null, epoch: number) =>
    u === null || w === null
      ? 'Curve of accuracy, empty until the first epoch ends.'
      : `Curve of accuracy by epoch. After epoch ${epoch}: sparse network ${formatPercent(u, 1)}, dense network ${formatPercent(w, 1)}.`,
  chartZeros: (zeros: number | null, goal: number) =>
    zeros === null
      ? 'Curve of zeros, empty until the first epoch ends.'
      : `Curve of zeros in the last layer by epoch: ${formatPercent(zeros, 1)} now, goal ${formatPercent(goal)}.`,
  chartLoss: (loss: number | null) =>
    loss === null
      ? 'Curve of the loss, empty so far.'
      : `Curve of the loss by epoch: ${formatFixed(loss, 3)} now.`,
  chartGap: (gap: number | null) =>
    gap === null
      ? 'Curve of the gap between the dense and the sparse network, empty until the first epoch ends.'
      : `Curve of the gap between the dense and the sparse network: ${formatFixed(gap, 3)} now, limit 0.010.`,
  nothingYet: '–',

  weights: 'Weights and threshold',
  logCount: 'log count',
  kept: 'kept',
  zero: 'zero',
  threshold: (value: number) => `${value < 0 ? '−' : ''}${formatFixed(Math.abs(value), 3)}`,
  weightsNote: 'Below the threshold: exactly zero',
  weightsDescription: (threshold: number, zeros: number) =>
    `How large the weights of the last layer are. Those between −${formatFixed(threshold, 3)} and ${formatFixed(threshold, 3)} become zero: ${formatPercent(zeros, 1)} of them.`,
  fcLayer: 'FC layer',
  tremorKey: 'tremor-like',
  regularKey: 'regular',
  fcLeft: (left: number, all: number) => `${formatCount(left)} of ${formatCount(all)} weights left`,
  fcDescription: (left: number, all: number) =>
    `Map of the last layer: where the sparse network still looks. ${formatCount(left)} of ${formatCount(all)} weights are left.`,

  better: 'Better than mine?',
  judgedAfter:
    'When the run has ended, both models are judged on the same pictures, by writers kept out of this run.',
  judgedOwn: (count: number, subjects: number) =>
    `Both judged on the same ${formatCount(count)} pictures of ${formatCount(subjects)} writers that were kept out. The model card says who they are.`,
  judgedSimulated: (count: number, subjects: number) =>
    `Both judged on the same ${formatCount(count)} simulated pictures of ${formatCount(subjects)} writers and fonts that were kept out.`,
  measure: 'Measure',
  activeColumn: 'active',
  candidateColumn: 'candidate',
  auc: 'AUC',
  accuracyRow: 'Accuracy',
  sensitivity: 'Tremor found',
  specificity: 'Regular left alone',
  zerosRow: 'Zeros in FC',
  file: 'File',
  none: '–',
  aucInterval: `AUC with 95${NARROW}% interval`,
  intervalOf: (who: string, interval: string) => `${who} ${interval}`,
  intervalDescription: (who: string, auc: string, low: string, high: string) =>
    `${who}: AUC ${auc}, 95 per cent interval from ${low} to ${high}.`,
  standing: {
    alone: { title: 'Nothing to compare with.', text: 'No active model was judged on this data.' },
    better: { title: 'Better.', text: 'The candidate’s interval lies above that of the active model.' },
    worse: { title: 'Worse.', text: 'The candidate’s interval lies below that of the active model.' },
    'too-early': { title: 'Too early to call.', text: 'The intervals overlap.' },
  },
  tooEarlyFew: (subjects: number) => `The intervals overlap, and ${formatCount(subjects)} writers are few.`,
  simulatedOnly: 'This says nothing yet about people: the test pictures were simulated.',
  chooseLater: 'You can choose when training has ended. Until then the active model goes on screening.',
  chooseNow: 'Old results keep their model.',
  activated: 'The candidate is now the active model.',
  discarded: 'The candidate is archived. It can still be activated under Models.',
  noCandidate: 'This run made no model to choose.',
  beforeFirst: 'Start a run: the new model will be shown here beside the active one.',
  activate: 'Activate',
  discard: 'Discard',
  openModels: 'Open Models',

  failures,
  adviceByCode,
  lost: {
    title: 'The run is out of sight.',
    advice: 'The connection to the trainer ended before the run did. Look again to see whether it goes on.',
  },
  lookAgain: 'Look again',
  /** Beside the first of several notes of the trainer. */
  moreNotes: (count: number) => `and ${formatCount(count)} more`,
  notesDetails: 'Details',
  cutOff: 'Steadypen ended while a model was training.',
  goOn: 'Continue training',
  startAgain: 'Start it again',
} as const;
