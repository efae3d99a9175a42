import type { ScreenWarning, Task, TaskSource } from '../../api/types.ts';
import { formatCount, formatFixed, withUnit } from '../format.ts';

/** A warning: what, in a few words that fit a line of the result card, and what it means or asks for. */
export interface WarningWords {
  readonly head: string;
  readonly text: string;
}

const takenFor: Readonly<Record<Task, string>> = {
  'spiral-traced': 'a traced spiral',
  'spiral-free': 'a spiral',
  wave: 'a wave',
  line: 'a line',
  loops: 'loops',
  words: 'words',
  sentence: 'a sentence',
  text: 'text',
  page: 'a page of writing',
};

const taskSources: Readonly<Record<TaskSource, string>> = {
  told: 'as you said',
  file: 'told by the file',
  name: 'by the file’s name',
  shape: 'by its shape',
  unknown: 'not known',
};

/**
 * @param canName The task can be named right there, above the picture.
 */
function wordsOf(warning: ScreenWarning, canName: boolean): WarningWords {
  const name = canName
    ? 'Choose the task above the picture, and it is screened again.'
    : 'Screen the file again and choose the task there.';
  switch (warning.code) {
    case 'task-guessed': {
      const what = takenFor[warning.task];
      return warning.sure
        ? { head: `Taken for ${what}.`, text: `By its shape. Not so? ${name}` }
        : { head: `Perhaps ${what}.`, text: `By its shape, which may be something else. ${name}` };
    }
    case 'task-unknown':
      return {
        head: canName ? 'Unknown task: choose it above.' : 'Unknown task: screen it again and choose it.',
        text: 'Each task has limits of its own; without them the verdict is a careful one.',
      };
    case 'low-resolution':
      return {
        head: 'The picture is coarse.',
        text: 'It has few pixels for what is on it: fine tremor may not show. Scan it at 200 dpi or more.',
      };
    case 'size-unknown':
      return { head: 'The size on paper is not known.', text: 'Lengths are given in pixels.' };
    case 'very-large':
      return {
        head: 'The picture is very large.',
        text: 'It was reduced before it was judged. Crop it to the drawing.',
      };
    case 'inverted':
      return {
        head: 'Light on dark: judged as its negative.',
        text: 'The ink is lighter than the page, as in a negative, so the picture was inverted first.',
      };
    case 'desk-cut':
      return {
        head: 'Cut to the sheet.',
        text: 'What lies around the sheet was left out, and the sheet was set straight.',
      };
    case 'maybe-sideways':
      return {
        head: 'The page may lie on its side.',
        text: 'Turn it upright and screen it again to be sure.',
      };
    case 'measures-disagree':
      return {
        head: 'Picture and measures disagree.',
        text: 'The look of the line and the times of the pen do not say the same. Look at it yourself.',
      };
    case 'slow-sampling':
      return {
        head: `The pen was read ${formatCount(warning.rateHz)} times a second.`,
        text: `A tremor above ${withUnit(formatCount(warning.visibleHz), 'Hz')} cannot be seen; for all of them ${formatCount(warning.neededHz)} a second are needed.`,
      };
    case 'short-recording':
      return {
        head: `Only ${withUnit(formatFixed(warning.durationS, 1), 's')} were drawn.`,
        text: `A tremor can be timed from ${withUnit(formatCount(warning.neededS), 's')} on. Draw for longer.`,
      };
    case 'rules-removed':
      return {
        head: `${formatCount(warning.lines)} lines of the paper taken out.`,
        text: 'What was left of the ink was judged. Plain paper is surer.',
      };
    case 'turned':
      return {
        head: `Turned by ${formatCount(warning.degrees)}°.`,
        text: 'The page did not stand upright and was turned before it was judged.',
      };
  }
}

/** What to bear in mind about a verdict. */
export const warnings = {
  title: 'To bear in mind',
  wordsOf,
  more: (count: number) => `${formatCount(count)} more under Why.`,
  taskSources,
};
