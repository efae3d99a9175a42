import { taskOfFileName } from '../base/task-words.ts';
import { taskGroupOf, type Task, type TaskGroup, type TaskSource } from '../base/words.ts';
import type { InkMap } from './images.ts';
import type { ShapeFeatures } from './shape/shape-features.ts';
import { guessShape } from './task-guess.ts';

/** What was drawn, and how that is known. */
export interface ResolvedTask {
  /** null where `from` is `unknown`. */
  readonly task: Task | null;
  readonly group: TaskGroup | null;
  readonly from: TaskSource;
  /** False for a doubtful shape, and for a file name that the shape plainly contradicts. */
  readonly sure: boolean;
  /** Of the ink that was guessed from; null where the user or the file said the task, and without ink. */
  readonly shape: ShapeFeatures | null;
}

export interface TaskHints {
  /** By the user; null: not said. */
  readonly told: Task | null;
  /** In a field of the file. */
  readonly file: Task | null;
  /** The file's name or path. */
  readonly name: string | null;
  /** Not looked at where the user or the file says the task. */
  readonly ink: InkMap | null;
}

/** The task by the first that says it: the user, the file, whole words of its name, the shape. */
export function resolveTask({ told, file, name, ink }: TaskHints): ResolvedTask {
  if (told !== null) return { task: told, group: taskGroupOf(told), from: 'told', sure: true, shape: null };
  if (file !== null) return { task: file, group: taskGroupOf(file), from: 'file', sure: true, shape: null };
  const guess = ink === null ? null : guessShape(ink);
  const shape = guess?.shape ?? null;
  const named = name === null ? null : taskOfFileName(name);
  if (named !== null) {
    const group = taskGroupOf(named);
    const contradicted = guess !== null && guess.sure && guess.group !== group;
    return { task: named, group, from: 'name', sure: !contradicted, shape };
  }
  if (guess === null || guess.task === null) {
    return { task: null, group: null, from: 'unknown', sure: false, shape };
  }
  return { task: guess.task, group: guess.group, from: 'shape', sure: guess.sure, shape };
}
