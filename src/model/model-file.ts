/**
 * The model file, extension `.spm`: sparse, in the form of src/model/sealed-file.ts with the magic word `STEADYPN`. Header
 * (src/model/model-schema.ts): architecture, preprocessing, calibration, card, and the networks by name, each with a list of
 * tensors. Payload: the tensors one after the other (src/model/tensor-codec.ts).
 *
 * Version 1 had one network for all groups and named none: test/fixtures/model/model-1.spm must go on opening.
 */
import { UserError } from '../base/errors.ts';
import { networksFault, type ModelBundle, type ModelNetwork, type Weights } from './model-bundle.ts';
import { cardOfHeader, modelHeader, withoutGaps, type ModelHeader } from './model-schema.ts';
import { flatOf } from './parameters.ts';
import { openSealed, SealFault, sealFile, type SealedForm } from './sealed-file.ts';
import { decodeTensor, encodeTensor } from './tensor-codec.ts';

/** Larger files are not ours: the reference model takes some 40 KB. Bounds what a foreign file can make us allocate. */
export const LARGEST_MODEL_FILE = 16 * 1024 * 1024;
const FORM: SealedForm = { magic: 'STEADYPN', version: 2, maxBytes: LARGEST_MODEL_FILE };

/** Bytes of all weights as plain float32, and as this file stores them. */
export function weightBytes(networks: readonly Pick<ModelNetwork, 'weights'>[]): {
  denseBytes: number;
  sparseBytes: number;
} {
  let denseBytes = 0;
  let sparseBytes = 0;
  for (const { values } of networks.flatMap(({ weights }) => Object.values(weights))) {
    denseBytes += 4 * values.length;
    sparseBytes += encodeTensor(values).bytes.length;
  }
  return { denseBytes, sparseBytes };
}

/** @throws RangeError when a weight is not finite, or networks and calibration do not belong together: such a model must not be saved. */
export function encodeModel(bundle: ModelBundle): Uint8Array {
  const fault = networksFault(bundle);
  if (fault !== null) throw new RangeError(`encodeModel: the model ${fault}`);
  const payload: Uint8Array[] = [];
  const networks = bundle.networks.map(({ name, weights }) => ({
    name,
    tensors: tensorsOf(weights, payload),
  }));
  return sealFile(FORM, { ...bundle, networks }, payload);
}

/** What the header says of the tensors. @param payload Their bytes are added to it. */
function tensorsOf(weights: Weights, payload: Uint8Array[]): ModelHeader['networks'][number]['tensors'] {
  return Object.entries(weights).map(([name, { shape, values }]) => {
    if (!values.every(Number.isFinite))
      throw new RangeError(`encodeModel: ${name} holds a value that is not finite`);
    const { coding, bytes } = encodeTensor(values);
    payload.push(bytes);
    return { name, shape: [...shape], coding, bytes: bytes.length };
  });
}

/**
 * @param name The file's name, for messages.
 * @throws UserError `bad-model` that names the file, what is wrong and what to do.
 */
export function decodeModel(bytes: Uint8Array, name: string): ModelBundle {
  const refuse = (what: string, remedy: string, cause?: unknown): UserError =>
    new UserError('bad-model', `${name} ${what}. ${remedy}`, name, cause === undefined ? {} : { cause });
  const damaged = (what: string, cause?: unknown): UserError =>
    refuse(`is damaged: ${what}`, 'Export or copy it again from where it came.', cause);

  const { header, payload } = open(bytes, (fault) => {
    switch (fault.kind) {
      case 'foreign':
        return refuse(
          'is not a Steadypen model',
          'Choose a file that Steadypen exported (its name ends in .spm).',
        );
      case 'newer':
        return refuse(fault.message, 'Update Steadypen.');
      case 'damaged':
        return damaged(fault.message, fault.cause);
    }
  });
  const calibration = withoutGaps(header.calibration);
  const fault = networksFault({ networks: header.networks, calibration });
  if (fault !== null) throw refuse(fault, 'Choose another model, or train a new one.');
  let at = 0;
  const networks = header.networks.map(({ name: network, tensors }): ModelNetwork => {
    const weights: Record<string, Weights[string]> = {};
    for (const tensor of tensors) {
      const length = tensor.shape.reduce((product, side) => product * side, 1);
      try {
        const values = decodeTensor(tensor.coding, payload.subarray(at, at + tensor.bytes), length);
        if (!values.every(Number.isFinite)) throw new RangeError('holds a value that is not a finite number');
        weights[tensor.name] = { shape: tensor.shape, values };
      } catch (error) {
        throw damaged(
          `its tensor ${tensor.name}: ${error instanceof Error ? error.message : 'unreadable'}`,
          error,
        );
      }
      at += tensor.bytes;
    }
    return { name: network, weights };
  });
  if (at !== payload.length) throw damaged('its tensors do not fill it');
  try {
    for (const { weights } of networks) flatOf(header.architecture, weights);
  } catch (error) {
    throw refuse('does not fit its own network', error instanceof Error ? error.message : '', error);
  }
  const { schemaVersion, architecture, preprocessing } = header;
  return { schemaVersion, architecture, networks, preprocessing, calibration, card: cardOfHeader(header) };
}

function open(bytes: Uint8Array, explain: (fault: SealFault) => UserError) {
  try {
    return openSealed(FORM, modelHeader, bytes);
  } catch (error) {
    throw error instanceof SealFault ? explain(error) : error;
  }
}
