import { app, dialog, type MessageBoxOptions } from 'electron';
import { programToRestart } from './command-line.ts';
import { appWindow } from './window.ts';
import { WORDS } from './words.ts';

/** Asks in a native dialog. @returns The place of the chosen button; closing the dialog chooses `cancelId`, else the last. */
export async function ask(options: MessageBoxOptions & { readonly buttons: string[] }): Promise<number> {
  const asked: MessageBoxOptions = { noLink: true, cancelId: options.buttons.length - 1, ...options };
  const window = appWindow();
  const { response } = window
    ? await dialog.showMessageBox(window, asked)
    : await dialog.showMessageBox(asked);
  return response;
}

/** As `ask`, with a further button that opens the logs and lets the question stand. */
export async function askWithLogs(
  options: MessageBoxOptions & { readonly buttons: string[] },
  openLogs: () => Promise<void>,
): Promise<number> {
  const { buttons } = options;
  for (;;) {
    const chosen = await ask({ ...options, cancelId: 0, buttons: [...buttons, WORDS.openLogs] });
    if (chosen !== buttons.length) return chosen;
    await openLogs();
  }
}

/** A run would be cut off: true to leave all the same. */
export async function askToLeaveTraining(): Promise<boolean> {
  const chosen = await ask({
    type: 'question',
    message: WORDS.training,
    detail: WORDS.trainingDetail,
    buttons: [WORDS.keepTraining, WORDS.quitTraining],
    defaultId: 0,
    cancelId: 0,
  });
  return chosen === 1;
}

/** A fault that nobody caught. @param canGoOn The rest of the app is in a state that is known. */
export async function askAboutFault(
  what: string,
  canGoOn: boolean,
  openLogs: () => Promise<void>,
): Promise<'go-on' | 'restart' | 'quit'> {
  const { fault: message, restart: again } = WORDS;
  const detail = WORDS.faultDetail(what);
  if (!app.isReady()) {
    dialog.showErrorBox(message, detail);
    return 'quit';
  }
  const buttons = canGoOn ? [WORDS.goOn, again] : [again, WORDS.quitButton];
  const chosen = await askWithLogs({ type: 'error', message, detail, buttons }, openLogs);
  if (canGoOn) return chosen === 0 ? 'go-on' : 'restart';
  return chosen === 0 ? 'restart' : 'quit';
}

/** Ends the app in good order and starts it again. @param words Of its command line. */
export function restart(words: string[]): void {
  app.relaunch({ args: words, ...programToRestart(process.env, process.execPath) });
  app.quit();
}
