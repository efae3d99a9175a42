import { app, Menu, screen } from 'electron';
import type { RunningHost } from '../src/host/host.ts';
import { showAbout } from './about.ts';
import type { AppLog } from './app-log.ts';
import { filesOfSecond } from './early-files.ts';
import type { Leaving } from './leaving.ts';
import { menuTemplate } from './menu.ts';
import { OpenFiles } from './open-files.ts';
import { watchPower } from './power.ts';
import { TrainingPresence } from './training-presence.ts';
import { watchPage, watchProcesses } from './watch-crashes.ts';
import { appWindow, bringBack, focusWindow, openWindow } from './window.ts';
import { WORDS } from './words.ts';

export interface ShellDeps {
  readonly host: RunningHost;
  readonly log: AppLog;
  readonly leaving: Leaving;
  readonly preload: string;
  /** Ends the app without a question and starts it again. */
  readonly restart: () => void;
  /** Ends the app without a question. */
  readonly quit: () => void;
}

const isMac = process.platform === 'darwin';

/** What a desktop expects around the page: window, menus, dock, files from outside, questions, sleep. */
export class Shell {
  readonly #deps: ShellDeps;
  readonly #files: OpenFiles;

  constructor(deps: ShellDeps) {
    this.#deps = deps;
    this.#files = new OpenFiles(deps.host.handedFiles, () => this.#installMenu());
  }

  /** @param files To open at once, absolute paths. */
  async start(files: readonly string[]): Promise<void> {
    const { host, leaving, quit } = this.#deps;
    app.on('open-file', (event, file) => {
      event.preventDefault();
      this.#openFiles([file]);
    });
    app.on('second-instance', (_event, _argv, _cwd, data) => this.#openFiles(filesOfSecond(data)));
    app.on('before-quit', (event) => leaving.holdBack(event));
    // On macOS an app stays when its windows are closed, a training goes on, and the dock opens another window.
    app.on('window-all-closed', () => {
      if (!isMac) app.quit();
    });
    app.on('activate', () => this.#showWindow());
    screen.on('display-removed', bringBack);
    watchPower(quit);
    watchProcesses({ host });
    const presence = new TrainingPresence((share) => appWindow()?.setProgressBar(share));
    host.training.onProgress((progress) => presence.update(progress));
    this.#installMenu();
    this.#files.open(files);
    await this.#openWindow();
  }

  #openFiles(files: readonly string[]): void {
    this.#files.open(files);
    this.#showWindow();
  }

  /** On macOS there may be no window yet. */
  async #chooseFiles(): Promise<void> {
    const files = await this.#files.choose();
    if (files.length > 0) this.#openFiles(files);
  }

  #showWindow(): void {
    if (appWindow() === null) void this.#openWindow();
    else focusWindow();
  }

  async #openWindow(): Promise<void> {
    const { leaving, preload, quit } = this.#deps;
    await openWindow(preload, (window) => {
      watchPage(window, this.#deps);
      window.on('session-end', () => leaving.allow());
      if (isMac) return;
      window.on('close', (event) => leaving.holdBack(event));
      // A hidden window that still computes would keep the app alive.
      window.on('closed', quit);
    });
  }

  #installMenu(): void {
    const { host, log } = this.#deps;
    const template = menuTemplate(
      process.platform,
      {
        open: () => void this.#chooseFiles(),
        openRecent: (file) => this.#openFiles([file]),
        clearRecent: () => this.#files.clearRecent(),
        go: (name) => {
          host.notices.add({ kind: 'go', screen: name });
          this.#showWindow();
        },
        openLogs: () => void log.openFolder(),
        about: () => void showAbout(),
      },
      this.#files.recent.list,
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    const dockMenu = [{ label: WORDS.open.replace('&', ''), click: () => void this.#chooseFiles() }];
    if (isMac) app.dock?.setMenu(Menu.buildFromTemplate(dockMenu));
  }
}
