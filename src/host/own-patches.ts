import type { RunEvent } from '../api/contract.ts';
import { UserError } from '../base/errors.ts';
import type { PatchSet } from '../model/dataset.ts';
import type { LabelledInput, ScreenInput } from '../screening/screener-protocol.ts';
import type { Store } from '../store/open-store.ts';
import type { LabelledSample } from '../store/sample-types.ts';
import type { ScreenerClient } from './screener-client.ts';

/**
 * Patches of every labelled sample of the library, cut by the screener: the trainer never opens a user's file.
 *
 * @returns Yields `preparing`, and `warning` for samples that were left out; returns null where there are no labels.
 */
export async function* ownPatches(
  store: Store,
  screener: ScreenerClient,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, PatchSet | null, void> {
  const samples = await store.library.labelled();
  if (samples.length === 0) return null;
  const waiting: RunEvent[] = [{ kind: 'preparing', done: 0, total: samples.length }];
  let wake: () => void = () => undefined;
  let ended = false;
  const onProgress = (done: number) => {
    waiting.push({ kind: 'preparing', done, total: samples.length });
    wake();
  };
  const inputs = samples.map((sample) => () => labelledInput(store, sample));
  const work = screener.patches(inputs, { signal, onProgress }).finally(() => {
    ended = true;
    wake();
  });
  work.catch(() => undefined); // thrown below
  while (!ended || waiting.length > 0) {
    const next = waiting.shift();
    if (next) yield next;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
  const { patches, skipped } = await work;
  for (const { error } of skipped) yield { kind: 'warning', message: error.message };
  return patches;
}

async function labelledInput(store: Store, sample: LabelledSample): Promise<LabelledInput> {
  return {
    input: await inputOf(store, sample),
    page: sample.page ?? 1,
    task: sample.task,
    tremorLike: sample.label === 'tremor-like',
    subject: subjectOf(sample),
  };
}

/** Samples of one person stay together, and so do pages of one file whose person is not known. */
function subjectOf(sample: LabelledSample): string {
  if (sample.participant !== null) return `person:${sample.participant}`;
  return sample.file === null ? `sample:${sample.id}` : `file:${sample.file}`;
}

async function inputOf(store: Store, sample: LabelledSample): Promise<ScreenInput> {
  if (sample.recording !== null)
    return { kind: 'recording', recording: await store.library.recording(sample.recording) };
  if (sample.file === null)
    throw new UserError('not-found', `The file of sample ${sample.id} is not stored.`, sample.id);
  return { kind: 'path', path: store.blobs.pathOf(sample.file), name: sample.originalName ?? sample.id };
}
