/**
 * One network of a model as ONNX (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3), opset 17, IR version 8.
 *
 * | name | what |
 * |---|---|
 * | `ink` | input, float32 [N, side, side, 1], the order of our patches |
 * | `logits` | output, float32 [N, 2]: regular, tremor-like |
 * | `probabilities` | output, float32 [N, 2]: softmax of `logits`, not calibrated |
 *
 * ONNX convolves channels first: the input is transposed on its way in, and the last map back, since the FC layer counts rows,
 * columns, channels. All weights are dense float32; that most are zero is not made use of. The facts of the model
 * (src/model/export-facts.ts) are its `metadata_props`, in JSON where they are no text.
 */
import { exportFacts, type Exporter } from './export-facts.ts';
import type { Architecture, ModelBundle, ModelNetwork, Weights } from './model-bundle.ts';
import { flatOf, layoutOf, viewOf, type ParameterSlot } from './parameters.ts';
import { bytesField, integerField, integerFields, joined, messageField, textField } from './protobuf.ts';
import { float32Bytes } from './tensor-codec.ts';

export const ONNX_OPSET = 17;
/** Of opset 17's time (ONNX 1.12): later runtimes read it too. */
export const ONNX_IR_VERSION = 8;

const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/**
 * @param network Of the bundle.
 * @returns The bytes of an `.onnx` file; the same model, network and exporter give the same bytes.
 * @throws UserError `bad-model` when the weights do not fit the architecture.
 */
export function encodeOnnx(bundle: ModelBundle, network: ModelNetwork, exporter: Exporter): Uint8Array {
  const facts = Object.entries(exportFacts(bundle, network, exporter)).map(([key, value]) =>
    messageField(
      14,
      textField(1, key),
      textField(2, typeof value === 'string' ? value : JSON.stringify(value)),
    ),
  );
  return joined(
    integerField(1, ONNX_IR_VERSION),
    textField(2, 'steadypen'),
    textField(3, exporter.version),
    messageField(7, ...graph(bundle.architecture, network.weights)),
    messageField(8, textField(1, ''), integerField(2, ONNX_OPSET)),
    ...facts,
  );
}

/** The fields of a GraphProto. */
function graph(architecture: Architecture, weights: Weights): Uint8Array[] {
  const layout = layoutOf(architecture);
  const flat = flatOf(architecture, weights);
  const { inputSide: side, channels, classes } = architecture;
  const nodes = [node('Transpose', ['ink'], 'map0', [attribute('perm', [0, 3, 1, 2])])];
  for (let layer = 1; layer <= channels.length; layer++) {
    const inputs = [`map${layer - 1}`, `conv${layer}/kernel`, `conv${layer}/bias`];
    nodes.push(
      node('Conv', inputs, `conv${layer}`, [
        attribute('kernel_shape', [3, 3]),
        attribute('pads', [1, 1, 1, 1]),
        attribute('strides', [1, 1]),
      ]),
      node('Relu', [`conv${layer}`], `relu${layer}`),
      node('MaxPool', [`relu${layer}`], `map${layer}`, [
        attribute('kernel_shape', [2, 2]),
        attribute('strides', [2, 2]),
      ]),
    );
  }
  nodes.push(
    node('Transpose', [`map${channels.length}`], 'rows', [attribute('perm', [0, 2, 3, 1])]),
    node('Flatten', ['rows'], 'flat', [attribute('axis', 1)]),
    node('Gemm', ['flat', 'fc/kernel', 'fc/bias'], 'logits'),
    node('Softmax', ['logits'], 'probabilities', [attribute('axis', 1)]),
  );
  return [
    ...nodes,
    textField(2, 'steadypen'),
    ...layout.slots.map((slot) => initialiser(slot, viewOf(flat, slot))),
    messageField(11, ...valueInfo('ink', [side, side, 1])),
    messageField(12, ...valueInfo('logits', [classes])),
    messageField(12, ...valueInfo('probabilities', [classes])),
  ];
}

/** A NodeProto with one output, named like the node. */
function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[] = [],
): Uint8Array {
  return messageField(
    1,
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, output),
    textField(4, operator),
    ...attributes,
  );
}

function attribute(name: string, value: number | readonly number[]): Uint8Array {
  return typeof value === 'number'
    ? messageField(5, textField(1, name), integerField(3, value), integerField(20, ATTRIBUTE_INT))
    : messageField(5, textField(1, name), integerFields(8, value), integerField(20, ATTRIBUTE_INTS));
}

/** A TensorProto; the kernel of a convolution changes from [height, width, in, out] to [out, in, height, width]. */
function initialiser({ name, shape }: ParameterSlot, values: Float32Array): Uint8Array {
  const [height = 1, width = 1, channelsIn = 1, channelsOut = 1] = shape;
  const convolution = shape.length === 4;
  return messageField(
    5,
    integerFields(1, convolution ? [channelsOut, channelsIn, height, width] : shape),
    integerField(2, FLOAT),
    textField(8, name),
    bytesField(9, float32Bytes(convolution ? outputFirst(values, channelsIn, channelsOut) : values)),
  );
}

/** [taps, in, out] to [out, in, taps]. */
function outputFirst(values: Float32Array, channelsIn: number, channelsOut: number): Float32Array {
  const taps = values.length / (channelsIn * channelsOut);
  const turned = new Float32Array(values.length);
  let at = 0;
  for (let out = 0; out < channelsOut; out++) {
    for (let channel = 0; channel < channelsIn; channel++) {
      for (let tap = 0; tap < taps; tap++) {
        turned[at++] = values[(tap * channelsIn + channel) * channelsOut + out]!;
      }
    }
  }
  return turned;
}

/** The fields of a ValueInfoProto: float32 [N, ...shape]. */
function valueInfo(name: string, shape: readonly number[]): Uint8Array[] {
  const dimensions = [textField(2, 'N'), ...shape.map((size) => integerField(1, size))];
  const shapeField = messageField(2, ...dimensions.map((dimension) => messageField(1, dimension)));
  return [textField(1, name), messageField(2, messageField(1, integerField(1, FLOAT), shapeField))];
}
