import { taskOfFileName } from '../base/task-words.ts';
import { taskGroupOf, type Task, type TaskGroup, type TaskSource } from '../base/words.ts';
import type { InkMap } from './images.ts';
import { guessShape } from './task-guess.ts';

/** What was drawn, and how that is known. */
export interface ResolvedTask {
  /** null where `from` is `unknown`. */
  readonly task: Task | null;
  readonly group: TaskGroup | null;
  readonly from: TaskSource;
  /** False for a doubtful shape, and for a file name that the shape plainly contradicts. */
  readonly sure: boolean;
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
  if (told !== null) return { task: told, group: taskGroupOf(told), from: 'told', sure: true };
  if (file !== null) return { task: file, group: taskGroupOf(file), from: 'file', sure: true };
  const shape = ink === null ? null : guessShape(ink);
  const named = name === null ? null : taskOfFileName(name);
  if (named !== null) {
    const group = taskGroupOf(named);
    const contradicted = shape !== null && shape.sure && shape.group !== group;
    return { task: named, group, from: 'name', sure: !contradicted };
  }
  if (shape === null || shape.task === null) return { task: null, group: null, from: 'unknown', sure: false };
  return { task: shape.task, group: shape.group, from: 'shape', sure: shape.sure };
}
