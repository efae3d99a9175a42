/** Words that people call tasks by: in options, in comments of files and in files' names. */
import { TASKS, type Task } from './words.ts';

/** Everything that names a task where one is asked for by name: the tasks, and what stands for one of them. */
const NAMED_SHORT: ReadonlyMap<string, Task> = new Map([['spiral', 'spiral-free']]);

/** For messages and for options that take a task: `spiral` first, as most people would say. */
export const TASK_NAMES: readonly string[] = [...NAMED_SHORT.keys(), ...TASKS];

/** @returns null for a name that is none; case and blanks around it do not matter. */
export function taskOfName(name: string): Task | null {
  const plain = name.trim().toLowerCase();
  return NAMED_SHORT.get(plain) ?? TASKS.find((task) => task === plain) ?? null;
}

/** Whole words of a file's name that say what was drawn. */
const FILE_NAME_WORDS: ReadonlyMap<string, Task> = new Map<string, Task>([
  ['spiral', 'spiral-free'],
  ['spirals', 'spiral-free'],
  ['wave', 'wave'],
  ['waves', 'wave'],
  ['line', 'line'],
  ['lines', 'line'],
  ['loop', 'loops'],
  ['loops', 'loops'],
  ['word', 'words'],
  ['words', 'words'],
  ['sentence', 'sentence'],
  ['sentences', 'sentence'],
  ['text', 'text'],
  ['texts', 'text'],
  ['page', 'page'],
  ['pages', 'page'],
]);
/** Beside "spiral": drawn over a printed one. */
const TRACING = new Set(['trace', 'traced', 'tracing']);
/** Before "line" they make another word of it: "base-line", "on_line". */
const BEFORE_LINE = new Set(['base', 'dead', 'head', 'in', 'off', 'on', 'out', 'time', 'under']);

/**
 * The task that a file's own name says in whole words. Words are runs of letters; a capital after a small letter begins a word
 * ("P01SpiralLeft"). Names that say two different things say nothing, and so does a page number ("page 3"): it counts
 * sheets, whatever is on them.
 *
 * @param path Only its last part counts, without the ending.
 * @returns null where nothing is said.
 */
export function taskOfFileName(path: string): Task | null {
  const name = path
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.[^.]*$/, '');
  const spaced = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
  const words = [...spaced.matchAll(/\p{L}+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    numbered: /^[^\p{L}\d]*\d/u.test(spaced.slice(match.index + match[0].length)),
  }));
  const said = new Set<Task>();
  for (const [i, { word, numbered }] of words.entries()) {
    const task = FILE_NAME_WORDS.get(word);
    if (task === undefined || (task === 'page' && numbered)) continue;
    if (task === 'line' && BEFORE_LINE.has(words[i - 1]?.word ?? '')) continue;
    said.add(task);
  }
  const [task, ...others] = said;
  if (task === undefined || others.length > 0) return null;
  const traced = task === 'spiral-free' && words.some(({ word }) => TRACING.has(word));
  return traced ? 'spiral-traced' : task;
}
