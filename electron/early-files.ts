import path from 'node:path';
import type { App } from 'electron';

/** Files that arrive before anything is there to take them: macOS hands them over at once, and a second start may be quick. */
export class EarlyFiles {
  readonly #app: Pick<App, 'on' | 'off'>;
  readonly #files: string[] = [];

  constructor(app: Pick<App, 'on' | 'off'>) {
    this.#app = app;
    app.on('open-file', this.#onFile);
    app.on('second-instance', this.#onSecond);
  }

  /** From here on they are somebody else's. @returns Absolute paths, in the order in which they came. */
  take(): readonly string[] {
    this.#app.off('open-file', this.#onFile);
    this.#app.off('second-instance', this.#onSecond);
    return this.#files;
  }

  readonly #onFile = (event: { preventDefault(): void }, file: string): void => {
    event.preventDefault();
    this.#files.push(file);
  };

  readonly #onSecond = (_event: unknown, _argv: unknown, _cwd: unknown, data: unknown): void => {
    this.#files.push(...filesOfSecond(data));
  };
}

/** What a second start hands to the first one; anything else that claims to be one is empty. */
export function filesOfSecond(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('files' in data) || !Array.isArray(data.files))
    return [];
  return data.files.filter((file): file is string => typeof file === 'string' && path.isAbsolute(file));
}
