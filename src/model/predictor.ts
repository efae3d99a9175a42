import { UserError } from '../base/errors.ts';
import type { Engine, InkImages, Network } from '../tensor/engine.ts';
import type { Architecture, Weights } from './model-bundle.ts';
import { differenceOf, flatOf, layoutOf } from './parameters.ts';

/** An architecture and the network that an engine opened for it. */
export interface OpenNetwork {
  readonly architecture: Architecture;
  readonly network: Network;
}

export interface Prediction {
  /** Shape [n]: tremor-like minus regular, uncalibrated. */
  readonly logits: Float32Array;
  /** Shape [n, mapSide, mapSide]: what each FC cell adds to the logit; logit = bias + sum over cells. */
  readonly cells: Float32Array;
}

export interface Predictor {
  /**
   * @param pixels Ink 0..1, shape [count, side, side]. Not modified.
   * @param count Any number from 0; batches of at most 32 are formed inside.
   * @throws UserError `bad-model` when a logit is not a finite number.
   */
  predict(pixels: Float32Array, count: number): Promise<Prediction>;
  dispose(): void;
}

/** Images per forward pass: what the memory of a small laptop takes without notice. */
const BATCH = 32;

/** A logit that is not a finite number: the weights are too large. The caller knows whose they are. */
export class LogitFault extends Error {
  constructor() {
    super('predict: a logit is not a finite number');
    this.name = 'LogitFault';
  }
}

/** Whose network it is, for messages. */
export interface PredictorName {
  /** Begins them, e.g. `The model 0123456789abcdef`. */
  readonly name: string;
  /** What is at fault where it cannot be used: an id or a file. */
  readonly subject?: string | undefined;
}

/**
 * A network ready to judge patches. Several may share what the engine opened for their architecture, one call at a time: to
 * change from one to another takes 2 ms.
 *
 * @throws UserError `bad-model` when the weights do not fit the architecture.
 */
export function predictorOn(
  { architecture, network }: OpenNetwork,
  weights: Weights,
  { name, subject }: PredictorName,
): Pick<Predictor, 'predict'> {
  const flat = flatOf(architecture, weights);
  return {
    predict: async (pixels, count) => {
      try {
        return await predictFlat({ architecture, network }, flat, pixels, count);
      } catch (fault) {
        if (!(fault instanceof LogitFault)) throw fault;
        throw new UserError(
          'bad-model',
          `${name} gives no numbers for a picture: its weights are too large. Activate another model or train a new one.`,
          subject,
          { cause: fault },
        );
      }
    },
  };
}

/**
 * The same for one network alone, with what it opens for itself.
 * @throws UserError `bad-model` when the weights do not fit the architecture.
 */
export async function createPredictor(
  engine: Engine,
  { architecture, weights }: { readonly architecture: Architecture; readonly weights: Weights },
  name = 'The model',
  subject?: string,
): Promise<Predictor> {
  const network = await engine.open(architecture);
  const { predict } = predictorOn({ architecture, network }, weights, { name, subject });
  return { predict, dispose: () => network.close() };
}

/**
 * The same for a flat parameter array, as training holds it.
 * @throws LogitFault when a logit is not a finite number.
 */
export async function predictFlat(
  { architecture, network }: OpenNetwork,
  flat: Float32Array,
  pixels: InkImages,
  count: number,
): Promise<Prediction> {
  const layout = layoutOf(architecture);
  const cellsPerImage = layout.mapSide ** 2;
  const pixelsPerImage = architecture.inputSide ** 2;
  if (pixels.length !== count * pixelsPerImage) {
    throw new RangeError(
      `predict: ${count} patches take ${count * pixelsPerImage} values, not ${pixels.length}`,
    );
  }
  const bias = differenceOf(flat.subarray(layout.length - 2))[0] ?? 0;
  const logits = new Float32Array(count);
  const cells = new Float32Array(count * cellsPerImage);
  for (let start = 0; start < count; start += BATCH) {
    const size = Math.min(BATCH, count - start);
    const batch = pixels.subarray(start * pixelsPerImage, (start + size) * pixelsPerImage);
    const part = await network.cellContributions(flat, batch, size);
    cells.set(part, start * cellsPerImage);
    for (let i = 0; i < size; i++) {
      let sum = bias;
      for (let c = i * cellsPerImage; c < (i + 1) * cellsPerImage; c++) sum += part[c]!;
      logits[start + i] = sum;
      if (!Number.isFinite(logits[start + i])) throw new LogitFault();
    }
  }
  return { logits, cells };
}
