/** What specs do to the main process of the running app: answer its dialogs, look into its page after a crash. */
import type { MessageBoxOptions } from 'electron';
import type { ElectronRun } from './electron-app.ts';

interface Stubs {
  readonly asked: MessageBoxOptions[];
  readonly opened: string[];
  relaunched: number;
}
type WithStubs = typeof globalThis & { stubs: Stubs };

/**
 * Answers Electron's native dialogs, which nobody can press here; everything around them is the app's own.
 * @param answers Places of the buttons that are pressed, in order; null leaves a dialog open. Further ones stay open.
 */
export async function answerDialogs(run: ElectronRun, answers: readonly (number | null)[]): Promise<void> {
  await run.electron.evaluate(({ app, dialog, shell }, left) => {
    const stubs: Stubs = { asked: [], opened: [], relaunched: 0 };
    (globalThis as WithStubs).stubs = stubs;
    const pressed = [...left];
    dialog.showMessageBox = (...given: unknown[]) => {
      stubs.asked.push(given.at(-1) as MessageBoxOptions);
      const response = pressed.shift() ?? null;
      return response === null
        ? new Promise(() => undefined)
        : Promise.resolve({ response, checkboxChecked: false });
    };
    shell.openPath = (folder) => Promise.resolve(void stubs.opened.push(folder)).then(() => '');
    app.relaunch = () => void stubs.relaunched++;
  }, answers);
}

/** What was asked, which folders were opened, and how often the app was to start again, since `answerDialogs`. */
export function readStubs(run: ElectronRun): Promise<Stubs> {
  return run.electron.evaluate(() => (globalThis as WithStubs).stubs);
}

/** Evaluates an expression in the page of the app's window. Playwright's own page is lost once it has crashed. */
export function inWindow<T>(run: ElectronRun, expression: string): Promise<T> {
  return run.electron.evaluate(
    ({ BrowserWindow }, text) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text) as Promise<T>,
    expression,
  );
}

/** The words on the app's window; empty while its page is loaded again. A page that crashes meanwhile never answers. */
export async function wordsIn(run: ElectronRun): Promise<string> {
  const silence = new Promise<string>((resolve) => setTimeout(() => resolve(''), 2_000));
  return Promise.race([silence, inWindow<string>(run, 'document.body.innerText')]);
}

/** Ends the process of the app's page as a fault in it would. */
export async function crashPage(run: ElectronRun): Promise<void> {
  await run.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

/** Resolves once the app's main process has ended. @returns Its exit code. */
export function hasEnded({ child }: ElectronRun): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}
