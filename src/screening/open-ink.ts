import type { TaskGroup } from '../base/words.ts';
import type { InkMap } from '../imaging/images.ts';
import { inkMapOf } from '../imaging/ink-map.ts';
import { groupOf } from '../imaging/task-guess.ts';
import type { InkSubject } from './screen-ink.ts';

/** What a picture holds before it is judged. */
export interface OpenedInk {
  /** null where nothing stands out from the paper. */
  readonly ink: InkMap | null;
  /** Of the task; guessed where nobody says. */
  readonly group: TaskGroup;
  /** Of the ink map; null where the size is unknown. */
  readonly pxPerMm: number | null;
}

/** The first step for every picture, to screen it or to learn from it. */
export function openInk({ grey, task, pxPerMm }: Pick<InkSubject, 'grey' | 'task' | 'pxPerMm'>): OpenedInk {
  const ink = inkMapOf(grey);
  return {
    ink,
    group: groupOf(task, ink),
    pxPerMm: pxPerMm === null || ink === null ? null : (pxPerMm * ink.width) / grey.width,
  };
}
