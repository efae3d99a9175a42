import { Menu } from 'electron';
import { WORDS } from './words.ts';

/** Quit, the editing keys that text fields need, and the size of things. Everything else is in the window itself. */
export function installMenu(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: WORDS.file, submenu: [{ role: 'quit', label: WORDS.quit }] },
      {
        label: WORDS.edit,
        submenu: [
          { role: 'undo' },
          { role: 'redo' },
          { type: 'separator' },
          { role: 'cut' },
          { role: 'copy' },
          { role: 'paste' },
          { role: 'selectAll' },
        ],
      },
      {
        label: WORDS.view,
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
        ],
      },
    ]),
  );
}
