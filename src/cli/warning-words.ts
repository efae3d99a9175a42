/** What is the matter with an input, and what to mind about a verdict, in English. */
import type { Task } from '../base/words.ts';
import type { Refusal, ScreenResult, ScreenWarning } from '../screening/screen-result.ts';

const TASK_WORDS: Readonly<Record<Task, string>> = {
  'spiral-traced': 'a traced spiral',
  'spiral-free': 'a spiral',
  wave: 'a wave or line',
  line: 'a line',
  loops: 'loops',
  words: 'words',
  sentence: 'a sentence',
  text: 'a text',
  page: 'a page of writing',
};

/** Why it cannot be judged, and what to do. One or two sentences. */
export function refusalWords(refusal: Refusal, kind: ScreenResult['kind']): string {
  return (kind === 'recording' ? recordingWords(refusal) : null) ?? scanWords(refusal);
}

/** Words for a recording, which has neither a page nor a resolution; null where scans have the same. */
function recordingWords(refusal: Refusal): string | null {
  switch (refusal.reason) {
    case 'blank':
      return 'Nothing was drawn: the recording holds no line.';
    case 'too-little-ink':
      return refusal.unit === 'mm'
        ? `The line is too short: ${refusal.found} mm, ${refusal.needed} mm needed. Draw more of it.`
        : `The line is too short: ${Math.round((100 * refusal.found) / refusal.needed)} % of the length that is needed. Draw more of it.`;
    case 'too-small':
      return 'The drawing is too small. Draw it again, larger.';
    default:
      return null;
  }
}

function scanWords(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'blank':
      return 'The page is blank: no ink stands out from the paper.';
    case 'blurred':
      return 'The picture is blurred: a fine tremor cannot be seen. Scan it again, in focus.';
    case 'too-little-ink':
      return refusal.unit === 'mm'
        ? `Too little ink: ${refusal.found} mm of line, ${refusal.needed} mm needed.`
        : `Too little ink: a line of ${refusal.found} pixels, ${refusal.needed} pixels needed.`;
    case 'too-small':
      return refusal.what === 'picture'
        ? `The picture is too small: ${refusal.widthPx} × ${refusal.heightPx} pixels. Scan it at 150 dpi or more.`
        : `The drawing is too small: ${refusal.widthPx} pixels long. Scan it at a higher resolution or crop it less.`;
    case 'sampled-too-slowly':
      return `The pen was sampled ${Math.round(refusal.rateHz)} times a second; at least ${refusal.neededHz} are needed. Use a pen tablet.`;
    case 'printed':
      return 'This looks printed. Only lines drawn by hand can be judged.';
    case 'no-pen-line':
      return 'This does not look like a pen line on paper.';
    case 'ruled-paper':
      return 'The rules of the paper cannot be told from the pen. Use plain paper.';
    case 'dark-surround':
      return 'Too much dark lies around the sheet. Crop the picture to the sheet.';
  }
}

/** One or two sentences. */
export function warningWords(warning: ScreenWarning): string {
  switch (warning.code) {
    case 'low-resolution':
      return 'The picture has few pixels for its content; fine tremor may not show. Scan at 200 dpi or more.';
    case 'size-unknown':
      return 'The physical size of the drawing is unknown, so amplitudes are in pixels only.';
    case 'very-large':
      return 'The picture is very large and was reduced before it was judged. Crop it to the drawing.';
    case 'inverted':
      return 'The ink is lighter than the paper; light and dark were swapped before it was judged.';
    case 'desk-cut':
      return 'What lay around the sheet was cut away before it was judged.';
    case 'maybe-sideways':
      return 'The page may lie on its side. Turn it upright.';
    case 'task-unknown':
      return 'What was drawn is unknown. Name the task: each has its own limits.';
    case 'measures-disagree':
      return 'The picture and the pen’s clock disagree.';
    case 'task-guessed':
      return warning.sure
        ? `Taken for ${TASK_WORDS[warning.task]} by its shape. Name the task if that is wrong: each has its own limits.`
        : `Taken for ${TASK_WORDS[warning.task]}, but by its shape it may be something else. Name the task: each has its own limits.`;
    case 'slow-sampling':
      return warning.rateHz < warning.neededHz
        ? `The pen was sampled ${Math.round(warning.rateHz)} times a second; at least ${warning.neededHz} are needed to measure a tremor. Use a pen tablet.`
        : `The pen was sampled ${Math.round(warning.rateHz)} times a second: a tremor above ${Math.floor(warning.visibleHz)} Hz cannot be seen.`;
    case 'short-recording':
      return warning.durationS < warning.neededS
        ? `The pen was down for ${tenths(warning.durationS)} s; a tremor can be measured from ${warning.neededS} s on. Draw longer or more slowly.`
        : 'Every stroke is too short to measure a tremor in. Draw longer strokes, or more slowly.';
    case 'rules-removed':
      return warning.lines === 1
        ? 'One rule of the paper was taken away before it was judged.'
        : `${warning.lines} rules of the paper were taken away before it was judged.`;
    case 'turned':
      return `The page was turned by ${warning.degrees}° before it was judged.`;
  }
}

/** Rounded down, so that 2.96 s is not 3.0 s of 3 s that are needed. */
export function tenths(seconds: number): string {
  return (Math.floor(10 * seconds) / 10).toFixed(1);
}
