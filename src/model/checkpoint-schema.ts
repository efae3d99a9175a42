/** The header of a checkpoint file, checked on reading. */
import * as z from 'zod';
import type { RngState } from '../base/rng.ts';
import { BACKENDS } from '../base/words.ts';
import { architectureSchema, recipeSchema } from './model-schema.ts';
import { TENSOR_CODINGS } from './tensor-codec.ts';

const count = z.number().int().nonnegative();
const rngState = z.object({
  words: z.tuple([z.int32(), z.int32(), z.int32(), z.int32()]),
  spare: z.number().nullable(),
}) satisfies z.ZodType<RngState>;

/** JSON has no word for these. */
const anyNumber = z.union([z.number(), z.enum(['NaN', 'Infinity']).transform(Number)]);

export const checkpointHeader = z.object({
  schemaVersion: z.literal(1),
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
  /** Each as long as the parameters; `pruned` too where the recipe names layers, else as long as the FC kernel. */
  tensors: z
    .array(
      z.object({
        name: z.enum(['w', 'best', 'moment1', 'moment2', 'pruned']),
        coding: z.enum(TENSOR_CODINGS),
        bytes: count,
      }),
    )
    .max(5),
});

export type CheckpointHeader = z.infer<typeof checkpointHeader>;
