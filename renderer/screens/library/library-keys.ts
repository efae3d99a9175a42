import type { LibraryState } from '../../state/library.svelte.ts';

interface KeyContext {
  /** Tiles in a row, for up and down. */
  readonly columns: number;
  readonly open: (index: number) => void;
}

/**
 * Does what a key means in the grid.
 * @returns null where the key means nothing here; else the work that it started. Only moving repeats while a key is held:
 *   a trembling hand labels or deletes once.
 */
export function actOnKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>,
  library: LibraryState,
  { columns, open }: KeyContext,
): Promise<void> | null {
  const withControl = event.ctrlKey || event.metaKey;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -library.cursor,
    End: library.samples.length - 1 - library.cursor,
  };
  const step = steps[event.key];
  if (step !== undefined && !event.altKey && !withControl) {
    const target = library.cursor + step;
    // Up from the first row or down from the last stays, instead of jumping to an end.
    if (Math.abs(step) === 1 || (target >= 0 && target < library.samples.length))
      library.move(step, event.shiftKey);
    return Promise.resolve();
  }
  if (event.altKey || event.repeat) return null;
  if (withControl) {
    if (event.key === ' ') library.toggle(library.cursor);
    else if (event.key === 'a') library.selectAll();
    else return null;
    return Promise.resolve();
  }
  switch (event.key) {
    case ' ':
    case 'Enter':
      open(library.cursor);
      return Promise.resolve();
    case '1':
      return library.label('regular');
    case '2':
      return library.label('tremor-like');
    case '0':
      return library.label(null);
    case 'Delete':
    case 'Backspace':
      return library.remove();
    default:
      return null;
  }
}
