import { promises as fs } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { TASKS, type Task } from '../base/words.ts';
import { UserError } from '../base/errors.ts';

/** `assets/examples/examples.json`: which files beside it may be tried, in this order. */
const exampleList = z.array(
  z.object({
    /** File name, in the same folder. */
    name: z.string().regex(/^[\w-]+\.\w+$/),
    title: z.string(),
    task: z.enum(TASKS),
  }),
);
export type Example = z.infer<typeof exampleList>[number];

/** Samples of our own synthesis that ship with the app, to try it out. */
export class Examples {
  readonly #folder: string;

  constructor(assetsFolder: string) {
    this.#folder = path.join(assetsFolder, 'examples');
  }

  /** Empty where none are shipped. */
  async list(): Promise<Example[]> {
    const text = await fs.readFile(path.join(this.#folder, 'examples.json'), 'utf8').catch(() => '[]');
    return exampleList.parse(JSON.parse(text));
  }

  /** @throws UserError `not-found`. */
  async read(name: string): Promise<{ file: Blob; name: string; task: Task }> {
    const example = (await this.list()).find((one) => one.name === name);
    if (!example) throw new UserError('not-found', `There is no example ${name}.`, name);
    // Read, not opened as a Blob: in a packaged app the folder lies inside app.asar, where only whole reads work.
    const file = new Blob([await fs.readFile(path.join(this.#folder, name))]);
    return { file, name, task: example.task };
  }
}
