import type { Screening } from '../../state/screening.svelte.ts';
import { sayFault } from '../../state/toasts.ts';

/** Keys of the Screen. A text field keeps its own. */
export function shortcuts(event: KeyboardEvent, screening: Screening): void {
  const { target } = event;
  if (event.repeat || (target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]')))
    return;
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const action = actionOf(event, screening);
  if (action === null) return;
  event.preventDefault();
  action();
}

function actionOf(event: KeyboardEvent, screening: Screening): (() => void) | null {
  if (screening.shown !== null && event.key.toLowerCase() === 's')
    return () => void screening.save().catch(sayFault);
  const isDrawing =
    screening.files.batch === null && (screening.shown === null || screening.shown.from === 'drawing');
  if (!isDrawing) return null;
  switch (event.key.toLowerCase()) {
    case 'z':
      return event.shiftKey ? () => screening.redo() : () => screening.undo();
    case 'y':
      return () => screening.redo();
    case 'backspace':
      return () => screening.clear();
    case 'enter':
      return () => void screening.finish().catch(sayFault);
    default:
      return null;
  }
}
