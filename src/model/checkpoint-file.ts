/**
 * The checkpoint file, extension `.spc`: a run in progress (src/model/training-state.ts) and what run it is, in the form of
 * src/model/sealed-file.ts with the magic word `STEADYCP`. Header: src/model/checkpoint-schema.ts. Payload: w, the best u, the
 * optimiser's moments and the pruned weights of the network that learns, then u of the finished ones, as
 * src/model/tensor-codec.ts codes them.
 *
 * A later format gets the next version, a schema of its own and a step that turns the former header into it; the files
 * test/fixtures/model/checkpoint-*.spc must go on opening.
 */
import { UserError } from '../base/errors.ts';
import type { BackendName } from '../base/words.ts';
import { checkpointHeader, type CheckpointHeader } from './checkpoint-schema.ts';
import { layoutOf, type ParameterLayout, type ParameterSlot } from './parameters.ts';
import type { RunIdentity } from './run-identity.ts';
import { planOf } from './run-plan.ts';
import { openSealed, SealFault, sealFile, type SealedForm } from './sealed-file.ts';
import { sparseLayersOf } from './sparse-layers.ts';
import { decodeTensor, encodeTensor } from './tensor-codec.ts';
import type { FinishedNetwork, RunState, TrainingState } from './training-state.ts';
import type { TrainRecipe } from './training-types.ts';

/** The reference net takes some 350 KB. */
const FORM: SealedForm = { magic: 'STEADYCP', version: 2, maxBytes: 64 * 1024 * 1024 };

export interface Checkpoint {
  readonly run: RunIdentity;
  /** Computed the steps up to here. */
  readonly engine: { readonly backend: BackendName; readonly detail: string };
  /** For the model card: what happened to the run before, a sentence each. */
  readonly startedOver: readonly string[];
  readonly state: RunState;
}

/** @throws RangeError when a weight is not finite: there is nothing to go on from then. */
export function encodeCheckpoint({
  run,
  engine,
  startedOver,
  state: { finished, state },
}: Checkpoint): Uint8Array {
  const { w, best, optimiser, pruned, thresholds, ...place } = state;
  const coded = Object.entries({
    w,
    ...(best === null ? {} : { best: best.flat }),
    ...Object.fromEntries(optimiser.moments.map((moment, i) => [`moment${i + 1}`, moment])),
    ...(pruned === null ? {} : { pruned: Float32Array.from(stored(run, pruned)) }),
    ...Object.fromEntries(finished.map(({ flat }, i) => [`finished${i + 1}`, flat])),
  }).map(([name, values]) => {
    if (!isSound(name, values))
      throw new RangeError(`encodeCheckpoint: ${name} holds a value that is not finite`);
    return { name, ...encodeTensor(values) };
  });
  const header = {
    schemaVersion: 2,
    ...run,
    engine,
    startedOver,
    ...place,
    finished: finished.map(({ epoch, accuracy }) => ({ epoch, accuracy })),
    threshold: thresholds[0] ?? 0,
    ...(thresholds.length > 1 ? { thresholds } : {}),
    best: best && {
      epoch: best.epoch,
      accuracy: best.accuracy,
      loss: Number.isFinite(best.loss) ? best.loss : String(best.loss),
    },
    optimiserSteps: optimiser.steps,
    tensors: coded.map(({ name, coding, bytes }) => ({ name, coding, bytes: bytes.length })),
  };
  return sealFile(
    FORM,
    header,
    coded.map(({ bytes }) => bytes),
  );
}

/**
 * @param name The file's name, for messages.
 * @throws UserError `damaged` or `unsupported-format` that names the file, what is wrong and what to do.
 */
export function decodeCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  try {
    const { header, payload } = openSealed(FORM, checkpointHeader, bytes);
    const layout = layoutOf(header.architecture);
    const state = runStateOf(header, tensorsOf(header, payload, layout), layout);
    const { architecture, recipe, networks, preprocessing, dataHash, engine, startedOver } = header;
    return { run: { architecture, recipe, networks, preprocessing, dataHash }, engine, startedOver, state };
  } catch (error) {
    if (error instanceof SealFault && error.kind !== 'damaged') {
      const [what, remedy] =
        error.kind === 'newer'
          ? [error.message, 'Update Steadypen']
          : ['is no checkpoint of a training', 'Choose another place, or start at the beginning'];
      throw new UserError('unsupported-format', `${name} ${what}. ${remedy}.`, name, { cause: error });
    }
    // A recipe that no run could have had is a UserError.
    if (!(error instanceof SealFault || error instanceof RangeError || error instanceof UserError))
      throw error;
    throw new UserError(
      'damaged',
      `${name} is damaged: ${error.message}. Delete it and start the training at the beginning.`,
      name,
      { cause: error },
    );
  }
}

type Tensors = Partial<Record<CheckpointHeader['tensors'][number]['name'], Float32Array>>;

/** @throws RangeError that names the tensor. */
function tensorsOf(
  { tensors, recipe }: CheckpointHeader,
  payload: Uint8Array,
  layout: ParameterLayout,
): Tensors {
  const read: Tensors = {};
  let at = 0;
  for (const { name, coding, bytes } of tensors) {
    const length = name === 'pruned' ? maskOf(recipe, layout).length : layout.length;
    try {
      const values = decodeTensor(coding, payload.subarray(at, at + bytes), length);
      if (!isSound(name, values)) throw new RangeError('holds a value that is not a finite number');
      read[name] = values;
    } catch (error) {
      throw new RangeError(`its tensor ${name}: ${error instanceof Error ? error.message : 'unreadable'}`, {
        cause: error,
      });
    }
    at += bytes;
  }
  if (at !== payload.length) throw new RangeError('its tensors do not fill it');
  return read;
}

/** A second moment may overflow and its weight then rest; whatever else is not finite would end in NaN. */
function isSound(name: string, values: Float32Array): boolean {
  return name === 'moment2' ? !values.some(Number.isNaN) : values.every(Number.isFinite);
}

/** @throws RangeError where the parts do not belong together. */
function runStateOf(header: CheckpointHeader, tensors: Tensors, layout: ParameterLayout): RunState {
  const { networks } = header;
  const flats = [tensors.finished1, tensors.finished2].filter((flat) => flat !== undefined);
  const network = networks[header.finished.length];
  if (network === undefined || new Set(networks).size < networks.length) {
    throw new RangeError('its networks are not those of a run in progress');
  }
  if (flats.length !== header.finished.length || (flats.length > 0 && flats[0] !== tensors.finished1)) {
    throw new RangeError('its finished networks lack their weights');
  }
  const finished = header.finished.map(({ epoch, accuracy }, i): FinishedNetwork => {
    return { name: networks[i]!, flat: flats[i]!, epoch, accuracy };
  });
  return { finished, network, state: stateOf(header, tensors, layout) };
}

/** @throws RangeError where the parts do not belong together. */
function stateOf(header: CheckpointHeader, tensors: Tensors, layout: ParameterLayout): TrainingState {
  const { recipe, phase, epochsDone, best } = header;
  const { w, best: flat, moment1, moment2, pruned } = tensors;
  const planned = planOf(recipe).find(({ name }) => name === phase);
  const done = epochsDone - (planned?.before ?? 0);
  const isIn =
    planned !== undefined &&
    done >= 0 &&
    (done < planned.epochs || (done === planned.epochs && header.step === 0));
  if (!isIn) {
    throw new RangeError(`its recipe has no epoch ${epochsDone + 1} in the phase ${phase}`);
  }
  const masks = phase === 'fine-tune' || phase === 'pruning';
  if (
    w === undefined ||
    moment1 === undefined ||
    (planned.optimiser === 'adam') !== (moment2 !== undefined) ||
    masks !== (pruned !== undefined) ||
    (best === null) !== (flat === undefined)
  ) {
    throw new RangeError('its tensors are not those of its phase');
  }
  const layers = sparseLayersOf(layout, recipe).length;
  const thresholds = header.thresholds ?? (layers === 0 ? [] : [header.threshold]);
  if (thresholds.length !== layers) throw new RangeError('its thresholds are not those of its layers');
  return {
    phase,
    epochsDone,
    step: header.step,
    lossSum: header.lossSum,
    w,
    best: best && flat ? { ...best, flat } : null,
    optimiser: {
      steps: header.optimiserSteps,
      moments: moment2 === undefined ? [moment1] : [moment1, moment2],
    },
    thresholds,
    pruned: pruned === undefined ? null : unstored(recipe, layout, pruned),
    order: header.order,
    turns: header.turns,
    elapsedMs: header.elapsedMs,
  };
}

/** The stretch of parameters that a file's pruned weights tell of: the FC kernel, as before recipes could name other layers. */
function maskOf(recipe: TrainRecipe, layout: ParameterLayout): Pick<ParameterSlot, 'offset' | 'length'> {
  return recipe.layers === undefined ? layout.fcKernel : { offset: 0, length: layout.length };
}

function stored({ architecture, recipe }: RunIdentity, pruned: Uint8Array): Uint8Array {
  const { offset, length } = maskOf(recipe, layoutOf(architecture));
  return pruned.subarray(offset, offset + length);
}

function unstored(recipe: TrainRecipe, layout: ParameterLayout, values: Float32Array): Uint8Array {
  const pruned = new Uint8Array(layout.length);
  pruned.set(values, maskOf(recipe, layout).offset);
  return pruned;
}
