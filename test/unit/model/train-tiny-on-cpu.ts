/** What the engine cpu gives in Node, for tests in a browser to compare with. */
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import type { trainTiny } from './train-tiny.ts';

/** @returns Losses of the epochs of {@link trainTiny}, and its first gradient. */
export async function trainTinyOnCpu(): Promise<Awaited<ReturnType<typeof trainTiny>>> {
  // By their addresses, so that what loads this file does not bundle the sources.
  const load = (file: string) => import(pathToFileURL(path.resolve(import.meta.dirname, file)).href);
  const { openEngine } = (await load(
    '../../../src/model/open-engine.ts',
  )) as typeof import('../../../src/model/open-engine.ts');
  const tiny = (await load('./train-tiny.ts')) as typeof import('./train-tiny.ts');
  return tiny.trainTiny(await openEngine('cpu'));
}
