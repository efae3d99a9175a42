import type { ModelDetail, ModelSummary, NetworkName } from '../../api/types.ts';
import { NARROW, formatCount } from '../format.ts';

type State = ModelSummary['state'];
type Group = keyof ModelDetail['metricsByGroup'];

const states: Readonly<Record<State, string>> = {
  factory: 'factory',
  candidate: 'candidate',
  active: 'active',
  archived: 'archived',
};

const groups: Readonly<Record<Group, string>> = {
  spiral: 'Spirals',
  wave: 'Waves and lines',
  writing: 'Writing',
};

/** Words of the Models screen. */
export const models = {
  title: 'Models',
  question: 'Which model gives the verdicts?',
  opening: 'Opening the models…',
  failed: 'That did not work',
  list: 'Models',
  model: 'Model',
  state: 'State',
  zeros: 'Zeros in FC',
  file: 'File',
  auc: `AUC, kept-out data, 95${NARROW}% interval`,
  actions: 'Actions',
  states,
  groups,
  made: (when: string) => `trained ${when}`,
  today: (time: string) => `today, ${time}`,
  came: 'came with Steadypen · read-only',
  activeFactory: 'came with Steadypen',
  showCard: (name: string) => `Card of ${name}`,
  activate: 'Activate',
  activateNamed: (name: string) => `Activate ${name}`,
  rollBack: 'Roll back',
  rollBackNamed: (name: string) => `Roll back from ${name} to the model before`,
  discard: 'Discard',
  discardNamed: (name: string) => `Discard ${name}`,
  activated: (name: string) => `${name} now gives the verdicts`,
  rolledBack: (name: string) => `Rolled back: ${name} gives the verdicts`,
  discarded: (name: string) => `${name} archived`,
  aucSpoken: (auc: string, low: string, high: string) => `${auc}, 95 per cent interval ${low} to ${high}`,

  card: 'Model card',
  penalty: 'Penalty',
  penalties: { l0: 'l0', l1: 'l1', tl1: 'transformed l1' } as Readonly<
    Record<NonNullable<ModelSummary['penalty']>, string>
  >,
  noPenalty: 'none, dense',
  trainedOn: 'Trained on',
  seed: 'Seed',
  dataHash: 'Data',
  weights: 'Weights in all',
  zerosOf: { figures: 'Zeros in FC, figures', writing: 'Zeros in FC, writing' } as Readonly<
    Record<NetworkName, string>
  >,
  sizes: 'File, sparse and dense',
  sizesText: (sparse: string, dense: string) => `${sparse}, ${dense}`,
  judgedOn: 'Judged on',
  judged: (count: number, subjects: number) =>
    `${formatCount(count)} pictures of ${formatCount(subjects)} writers kept out`,
  accuracy: 'Accuracy',
  sensitivity: 'Tremor found',
  specificity: 'Regular left alone',
  byTask: 'By task',
  aucColumn: 'AUC',
  intervalColumn: `95${NARROW}% interval`,
  samplesColumn: 'Pictures',
  modelId: 'Model id',
  copyCommand: 'Copy the command',
  copy: 'Copy',
  copied: 'Copied',
  notes: 'Notes',
  openingCard: 'Opening the card…',

  emptyTitle: 'No model yet',
  emptyText:
    'Steadypen comes with a factory model; it is missing here. Train one, or install Steadypen again.',
  emptyTrain: 'Train a model',

  help: [
    {
      title: 'Switching is safe',
      text: 'Roll back returns to the model before. No model is deleted, and old results keep the model that gave them.',
    },
    {
      title: 'What AUC says',
      text: 'How often a tremor-like sample is ranked above a regular one: .5 is a coin toss, 1 is never wrong.',
    },
    {
      title: 'What the bar says',
      text: 'With few writers the true value may lie anywhere in the bar. Bars that overlap are not a clear win, and each model may have been judged on other data.',
    },
  ],
} as const;
