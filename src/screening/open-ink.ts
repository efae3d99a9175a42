import type { TaskGroup } from '../base/words.ts';
import type { InkMap } from '../imaging/images.ts';
import { inkMapOf } from '../imaging/ink-map.ts';
import { resolveTask, type ResolvedTask } from '../imaging/task-source.ts';
import type { InkSubject } from './screen-ink.ts';

/** What a picture holds before it is judged. */
export interface OpenedInk extends ResolvedTask {
  /** null where nothing stands out from the paper. */
  readonly ink: InkMap | null;
  /** Of the ink map; null where the size is unknown. */
  readonly pxPerMm: number | null;
}

/** What is judged as where nobody knows what was drawn: letters hide most of what a figure would show. */
export const GROUP_OF_UNKNOWN: TaskGroup = 'writing';

/**
 * The same for a model that may have no network for writing: its figures are then waves, whose patches hold a part of a
 * line. The verdict is held back anyhow where nobody knows what was drawn.
 *
 * @param judged Groups that the model judges, at least one.
 */
export function groupOfUnknown(judged: readonly TaskGroup[]): TaskGroup {
  return judged.includes(GROUP_OF_UNKNOWN) ? GROUP_OF_UNKNOWN : 'wave';
}

/** The first step for every picture, to screen it or to learn from it. */
export function openInk({
  grey,
  task,
  name = null,
  resolved,
  pxPerMm,
}: Pick<InkSubject, 'grey' | 'task' | 'name' | 'resolved' | 'pxPerMm'>): OpenedInk {
  const ink = inkMapOf(grey);
  return {
    ink,
    ...(resolved ?? resolveTask({ told: task, file: null, name, ink })),
    pxPerMm: pxPerMm === null || ink === null ? null : (pxPerMm * ink.width) / grey.width,
  };
}
