import path from 'node:path';
import { app, dialog } from 'electron';
import { READABLE_ENDINGS } from '../src/api/schemas.ts';
import type { HandedFiles } from '../src/host/handed-files.ts';
import { RecentFiles } from './recent-files.ts';
import { appWindow } from './window.ts';
import { WORDS } from './words.ts';

/** What the screener reads; anything else that is opened is told why not. */
const READABLE = { name: WORDS.readable, extensions: [...READABLE_ENDINGS] };

/** Files that come from outside of the page, on their way to be screened. */
export class OpenFiles {
  readonly recent: RecentFiles;
  readonly #handed: HandedFiles;
  readonly #onChange: () => void;

  /** @param onChange The list of recent files has changed. */
  constructor(handed: HandedFiles, onChange: () => void) {
    this.#handed = handed;
    this.#onChange = onChange;
    this.recent = new RecentFiles(path.join(app.getPath('userData'), 'recent.json'));
  }

  /** @param files Absolute paths. */
  open(files: readonly string[]): void {
    if (files.length === 0) return;
    this.#handed.add(files);
    this.recent.add(files);
    // Windows' and macOS' own lists.
    for (const file of files) app.addRecentDocument(file);
    this.#onChange();
  }

  /** Asks for files in the system's dialog. */
  async choose(): Promise<void> {
    const window = appWindow();
    if (window === null) return;
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: WORDS.openTitle,
      properties: ['openFile', 'multiSelections'],
      filters: [READABLE, { name: WORDS.allFiles, extensions: ['*'] }],
    });
    this.open(filePaths);
  }

  clearRecent(): void {
    this.recent.clear();
    app.clearRecentDocuments();
    this.#onChange();
  }
}
