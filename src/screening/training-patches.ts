import type { TaskGroup } from '../base/words.ts';
import { toErrorInfo, UserError, type ErrorInfo } from '../base/errors.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import { DEFAULT_SCALES, extractPatches, type Patch } from '../imaging/patches.ts';
import { GROUP_OF_UNKNOWN } from './open-ink.ts';
import { openInput, type FileTools } from './open-input.ts';
import { gatePage, preparePage } from './prepare-page.ts';
import type { LabelledInput } from './screener-protocol.ts';

/** A page has many patches: one scale is enough, and one long letter must not outweigh all spirals. */
const SCALES: Readonly<Record<TaskGroup, readonly number[]>> = { ...DEFAULT_SCALES, writing: [1] };
const MOST_PATCHES = 24;

export interface TrainingPatches {
  readonly patches: PatchSet;
  /** Why inputs were left out; each names its input. */
  readonly skipped: readonly ErrorInfo[];
}

/** Cuts labelled samples into patches as screening does; what cannot be used is named, not hidden. */
export async function cutTrainingPatches(
  inputs: readonly LabelledInput[],
  tools: FileTools,
  betweenInputs: () => Promise<void>,
): Promise<TrainingPatches> {
  const cut: { patch: Patch; group: TaskGroup; input: LabelledInput }[] = [];
  const skipped: ErrorInfo[] = [];
  for (const input of inputs) {
    await betweenInputs();
    try {
      const { group, patches } = await patchesOf(input, tools);
      for (const patch of patches) cut.push({ patch, group, input });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      skipped.push(toErrorInfo(error));
    }
  }
  const told = cut.length > 0 && cut.every(({ input }) => input.part !== undefined);
  const size = PATCH_SIDE * PATCH_SIDE;
  const pixels = new Uint8Array(cut.length * size);
  cut.forEach(({ patch }, i) =>
    patch.pixels.forEach((value, at) => (pixels[i * size + at] = Math.round(255 * value))),
  );
  return {
    patches: {
      count: cut.length,
      pixels,
      labels: Uint8Array.from(cut, ({ input }) => (input.tremorLike ? 1 : 0)),
      subjects: cut.map(({ input }) => input.subject),
      groups: cut.map(({ group }) => group),
      ...(told ? { parts: cut.map(({ input }) => input.part ?? 'train') } : {}),
    },
    skipped,
  };
}

async function patchesOf({ input, page, task }: LabelledInput, tools: FileTools) {
  const subject = await (await openInput(input, tools)).readSubject(page, task);
  const { ink, group: known, pxPerMm, original, refusal } = preparePage(subject);
  const group = known ?? GROUP_OF_UNKNOWN;
  const gate = gatePage(original, ink, group, pxPerMm, refusal);
  if (gate.kind === 'stop' || ink === null) {
    const name =
      input.kind === 'path' ? (input.name ?? input.path) : input.kind === 'bytes' ? input.name : 'A drawing';
    const reason = gate.kind === 'stop' ? gate.refusal.reason : 'blank';
    const why = `it is not screenable (${reason.replaceAll('-', ' ')})`;
    throw new UserError('too-few-samples', `${name} was left out: ${why}.`, name);
  }
  const patches = extractPatches(ink, group, { scales: SCALES[group], pxPerMm, maxPatches: MOST_PATCHES });
  return { group, patches };
}
