import path from 'node:path';
import { app, dialog, type OpenDialogOptions } from 'electron';
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
    handed.onRead((file) => this.#remember(file));
  }

  /** @param files Absolute paths. Those that can be read are remembered once they were. */
  open(files: readonly string[]): void {
    this.#handed.add(files);
  }

  /** Asks for files in the system's dialog. @returns Absolute paths; none where it was cancelled. */
  async choose(): Promise<readonly string[]> {
    const options: OpenDialogOptions = {
      title: WORDS.openTitle,
      properties: ['openFile', 'multiSelections'],
      filters: [READABLE, { name: WORDS.allFiles, extensions: ['*'] }],
    };
    const window = appWindow();
    const { filePaths } = window
      ? await dialog.showOpenDialog(window, options)
      : await dialog.showOpenDialog(options);
    return filePaths;
  }

  clearRecent(): void {
    this.recent.clear();
    app.clearRecentDocuments();
    this.#onChange();
  }

  #remember(file: string): void {
    this.recent.add([file]);
    app.addRecentDocument(file); // Windows' and macOS' own lists
    this.#onChange();
  }
}
