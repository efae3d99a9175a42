/** The header of a checkpoint file, checked on reading. */
import * as z from 'zod';
import type { RngState } from '../base/rng.ts';
import { BACKENDS, MODEL_NETWORKS } from '../base/words.ts';
import { architectureSchema, recipeSchema } from './model-schema.ts';
import { TENSOR_CODINGS } from './tensor-codec.ts';

const count = z.number().int().nonnegative();
const rngState = z.object({
  words: z.tuple([z.int32(), z.int32(), z.int32(), z.int32()]),
  spare: z.number().nullable(),
}) satisfies z.ZodType<RngState>;

/** JSON has no word for these. */
const anyNumber = z.union([z.number(), z.enum(['NaN', 'Infinity']).transform(Number)]);

const common = {
  architecture: architectureSchema,
  recipe: recipeSchema,
  preprocessing: z.string(),
  dataHash: z.string(),
  engine: z.object({ backend: z.enum(BACKENDS), detail: z.string() }),
  startedOver: z.array(z.string()),
  phase: z.enum(['dense', 'rvsm', 'pruning', 'fine-tune']),
  epochsDone: count,
  step: count,
  lossSum: z.number(),
  /** Of the first sparse layer; 0 where there is none. */
  threshold: z.number().nonnegative(),
  /** Of all sparse layers, where there are several. */
  thresholds: z.array(z.number().nonnegative()).max(64).optional(),
  best: z.object({ epoch: count, accuracy: z.number(), loss: anyNumber }).nullable(),
  optimiserSteps: count,
  order: rngState,
  turns: rngState,
  elapsedMs: z.number().nonnegative(),
};
const tensorOf = <Name extends z.ZodType>(name: Name) =>
  z.object({ name, coding: z.enum(TENSOR_CODINGS), bytes: count });
const TENSORS = ['w', 'best', 'moment1', 'moment2', 'pruned'] as const;
const network = z.enum(MODEL_NETWORKS);

/** A run of one network for all groups. */
const header1 = z.object({
  schemaVersion: z.literal(1),
  ...common,
  tensors: z.array(tensorOf(z.enum(TENSORS))).max(5),
});
/** A run of networks by name: those that are finished, and the one that learns, which all else but the recipe is of. */
const header2 = z.object({
  schemaVersion: z.literal(2),
  ...common,
  networks: z.array(network).min(1).max(MODEL_NETWORKS.length),
  finished: z.array(z.object({ epoch: count, accuracy: z.number() })).max(MODEL_NETWORKS.length),
  /**
   * Each as long as the parameters; `pruned` too where the recipe names layers, else as long as the FC kernel. `finished1` is u
   * of the first network.
   */
  tensors: z.array(tensorOf(z.enum([...TENSORS, 'finished1', 'finished2']))).max(7),
});

export type CheckpointHeader = z.infer<typeof header2>;

/** Reads the headers of all versions; what it gives is the newest. */
export const checkpointHeader: z.ZodType<CheckpointHeader> = z
  .discriminatedUnion('schemaVersion', [header1, header2])
  .transform((header) => (header.schemaVersion === 1 ? nameTheOneNetwork(header) : header));

/** Version 1 to 2. */
function nameTheOneNetwork(header: z.infer<typeof header1>): CheckpointHeader {
  return { ...header, schemaVersion: 2, networks: ['all'], finished: [] };
}
