/** results.json of a reproduction: read and checked. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UserError } from '../../base/errors.ts';
import { DATASET_NAMES, METHODS, type Reproduction } from '../../reproduction/results.ts';

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();
const spec = z.object({
  dataset: z.enum(DATASET_NAMES),
  method: z.enum(METHODS),
  a: z.number().positive().nullable(),
  target: share,
  seed: count,
});
const run = spec.extend({
  zeros: share,
  accuracy: share,
  sensitivity: share,
  specificity: share,
  auc: share,
  accuracyByKind: z.record(z.string(), share),
  validationAccuracy: share,
  gap: z.number().nonnegative(),
  epochs: z.array(
    z.object({
      epoch: count,
      phase: z.enum(['dense', 'rvsm', 'pruning', 'fine-tune']),
      loss: z.number(),
      accuracyU: share,
      accuracyW: share,
      zeros: share,
      gap: z.number().nonnegative(),
    }),
  ),
  seconds: z.number().nonnegative(),
  recipe: z.string(),
  commit: z.string().nullable(),
  /** Of the whole, where it was written before each training had its own. */
  machine: z.string().optional(),
});
const file = z.object({
  schemaVersion: z.literal(2),
  version: z.string(),
  createdAt: z.string(),
  commit: z.string().nullable(),
  machine: z.string(),
  quick: z.boolean(),
  datasets: z.array(
    z.object({
      name: z.enum(DATASET_NAMES),
      description: z.string(),
      channels: z.array(count),
      train: count,
      validation: count,
      test: count,
      testSubjects: count,
      dataHash: z.string(),
      epochs: count,
      fineTuneEpochs: count,
      runs: z.array(run),
      failures: z.array(z.object({ spec, message: z.string() })),
      pictures: z.array(
        z.object({
          spec,
          histogram: z.object({ limit: z.number(), counts: z.array(count) }),
          threshold: z.number().nonnegative(),
          fcDifference: z.array(z.number()),
          mapSide: count,
          mapChannels: count,
        }),
      ),
      examples: z.array(
        z.object({
          kind: z.string(),
          tremorLike: z.boolean(),
          amplitude: z.string().nullable(),
          ink: z.string(),
        }),
      ),
    }),
  ),
});
const schema = file.transform((results) => ({
  ...results,
  datasets: results.datasets.map((dataset) => ({
    ...dataset,
    runs: dataset.runs.map((own) => ({ ...own, machine: own.machine ?? results.machine })),
  })),
})) satisfies z.ZodType<Reproduction>;

/**
 * @param name As typed, for messages.
 * @returns null where there is no such file.
 * @throws UserError `damaged` that names the file and the field; `no-access`.
 */
export async function readResults(file: string, name: string): Promise<Reproduction | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new UserError('no-access', `${name} cannot be read (${reason}). Check its permissions.`, name);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError('damaged', `${name} is not JSON. Move it away, or start anew with --force.`, name);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    'damaged',
    `${name} holds no results of this version: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Move it away, or start anew with --force.`,
    name,
  );
}
