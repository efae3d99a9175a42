/** The header of a model file, checked on reading. */
import * as z from 'zod';
import {
  BACKENDS,
  MODEL_NETWORKS,
  NETWORKS,
  OPTIMISERS,
  PENALTY_KINDS,
  SPARSE_METHODS,
  SYNTHETIC_KINDS,
  TASK_GROUPS,
  WEIGHT_GROUPS,
  type TaskGroup,
} from '../base/words.ts';
import type { Architecture, ModelCard, NetworkCard } from './model-bundle.ts';
import { TENSOR_CODINGS } from './tensor-codec.ts';
import type { HeldOutMetrics, TrainRecipe } from './training-types.ts';

const share = z.number().min(0).max(1);
const count = z.number().int().nonnegative();

export const architectureSchema = z.object({
  kind: z.literal('conv-relu-pool'),
  inputSide: z.number().int().min(2).max(4096),
  channels: z.array(z.number().int().min(1).max(1024)).min(1).max(8),
  classes: z.literal(2),
}) satisfies z.ZodType<Architecture>;

const workingPoint = z
  .object({
    regularBelow: share,
    tremorFrom: share,
    specificity: share.nullable(),
    sensitivity: share.nullable(),
  })
  .refine(({ regularBelow, tremorFrom }) => 0 < regularBelow && regularBelow < tremorFrom && tremorFrom < 1, {
    error: 'the limits of a working point must lie between 0 and 1, regularBelow below tremorFrom',
  });
const workingPoints = z.object({ high: workingPoint, balanced: workingPoint, specific: workingPoint });
const mediumPoints = z.object({ scan: workingPoints, recording: workingPoints });
const groupCalibration = z.object({
  slope: z.number().positive(),
  offset: z.number(),
  regularBelow: share,
  tremorFrom: share,
  workingPoints: mediumPoints.exactOptional(),
});
const calibration = z.partialRecord(z.enum(TASK_GROUPS), groupCalibration);

const metrics = z.object({
  samples: count,
  subjects: count,
  accuracy: share,
  sensitivity: share,
  specificity: share,
  auc: share,
  aucInterval: z.object({ low: share, high: share }),
}) satisfies z.ZodType<HeldOutMetrics>;

export const recipeSchema = z.object({
  seed: z.number().int(),
  method: z.enum(SPARSE_METHODS).optional(),
  warmStartEpochs: count.optional(),
  epochs: count,
  fineTuneEpochs: count,
  batchSize: z.number().int().positive(),
  optimiser: z.enum(OPTIMISERS).optional(),
  momentum: z.number().optional(),
  learningRate: z.number().optional(),
  penalty: z.object({ kind: z.enum(PENALTY_KINDS), a: z.number().positive() }).nullable(),
  targetSparsity: share,
  layers: z
    .array(z.object({ layer: z.string().max(100), target: share, group: z.enum(WEIGHT_GROUPS).optional() }))
    .max(64)
    .optional(),
  paperForm: z
    .object({
      lambda: z.number(),
      beta: z.number(),
      learningRate: z.number(),
      momentum: z.number().optional(),
      betaGrowth: z.number().optional(),
    })
    .nullable(),
  betaGrowth: z.number().optional(),
  synthetic: z.object({ count, kinds: z.array(z.enum(SYNTHETIC_KINDS)) }),
  backend: z.enum(['auto', ...BACKENDS]),
}) satisfies z.ZodType<TrainRecipe>;

const networkCard = z.object({
  name: z.enum(NETWORKS),
  epoch: count,
  fcWeights: count,
  fcZeros: count,
  dataHash: z.string(),
  metrics,
}) satisfies z.ZodType<NetworkCard>;

const card = z.object({
  name: z.string(),
  createdAt: z.string(),
  command: z.string(),
  recipe: recipeSchema,
  data: z.string(),
  dataHash: z.string(),
  metrics,
  metricsByGroup: z.partialRecord(z.enum(TASK_GROUPS), metrics),
  drawingMetrics: z.partialRecord(z.enum(TASK_GROUPS), metrics).optional(),
  workingPoints: z.partialRecord(z.enum(TASK_GROUPS), mediumPoints).optional(),
  networks: z.array(networkCard).max(NETWORKS.length).optional(),
  penalty: z.enum(PENALTY_KINDS).nullable(),
  fcWeights: count,
  fcZeros: count,
  denseBytes: count,
  sparseBytes: count,
  notes: z.array(z.string()),
});

const tensors = z
  .array(
    z.object({
      name: z.string().min(1).max(100),
      shape: z.array(z.number().int().positive().max(10_000_000)).min(1).max(4),
      coding: z.enum(TENSOR_CODINGS),
      bytes: count,
    }),
  )
  .max(64);
const common = { architecture: architectureSchema, preprocessing: z.string(), calibration, card };

/** One network for all groups. */
const header1 = z.object({ schemaVersion: z.literal(1), ...common, tensors });
/** Networks by name, each with its tensors. */
const header2 = z.object({
  schemaVersion: z.literal(2),
  ...common,
  networks: z.array(z.object({ name: z.enum(MODEL_NETWORKS), tensors })).max(8),
});

export type ModelHeader = z.infer<typeof header2>;

/** Reads the headers of all versions; what it gives is the newest. */
export const modelHeader: z.ZodType<ModelHeader> = z
  .discriminatedUnion('schemaVersion', [header1, header2])
  .transform((header) => (header.schemaVersion === 1 ? nameTheOneNetwork(header) : header));

/** Version 1 to 2: the one network judges every group, as it did. */
function nameTheOneNetwork({ tensors, ...rest }: z.infer<typeof header1>): ModelHeader {
  return { ...rest, schemaVersion: 2, networks: [{ name: 'all', tensors }] };
}

/** Fails to compile when what is read is not what the card's type promises. */
export const cardOfHeader = ({
  card: { drawingMetrics, workingPoints, networks, ...read },
}: ModelHeader): ModelCard => ({
  ...read,
  metricsByGroup: withoutGaps(read.metricsByGroup),
  ...(drawingMetrics === undefined ? {} : { drawingMetrics: withoutGaps(drawingMetrics) }),
  ...(workingPoints === undefined ? {} : { workingPoints: withoutGaps(workingPoints) }),
  ...(networks === undefined ? {} : { networks }),
});

/** The same without keys whose value is undefined. */
export function withoutGaps<Value>(
  byGroup: Partial<Record<TaskGroup, Value | undefined>>,
): Partial<Record<TaskGroup, Value>> {
  return Object.fromEntries(Object.entries(byGroup).filter(([, value]) => value !== undefined));
}
