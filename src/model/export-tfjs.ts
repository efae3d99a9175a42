/**
 * One network of a model as TF.js layers model: `model.json` and `weights.bin`, which `tf.loadLayersModel` reads from one folder.
 *
 * Input float32 [N, side, side, 1], ink 0..1. The answer is the softmax, [N, 2]: regular, tremor-like; the logits are the output
 * of the layer `fc`. All weights are dense float32. The facts of the model (src/model/export-facts.ts) come back from
 * `getUserDefinedMetadata()`.
 */
import { exportFacts, type Exporter } from './export-facts.ts';
import type { Architecture, ModelBundle, ModelNetwork } from './model-bundle.ts';
import { flatOf, layoutOf } from './parameters.ts';
import { float32Bytes } from './tensor-codec.ts';

export interface TfjsModel {
  /** Content of `model.json`, which names the other file. */
  readonly modelJson: string;
  /** Content of `weights.bin`. */
  readonly weights: Uint8Array;
}

export const TFJS_WEIGHTS_FILE = 'weights.bin';

/**
 * The same model, network and exporter give the same bytes.
 * @param network Of the bundle.
 * @throws UserError `bad-model` when the weights do not fit the architecture.
 */
export function encodeTfjs(bundle: ModelBundle, network: ModelNetwork, exporter: Exporter): TfjsModel {
  const { architecture } = bundle;
  const flat = flatOf(architecture, network.weights);
  const specs = layoutOf(architecture).slots.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const facts = exportFacts(bundle, network, exporter);
  const model = {
    format: 'layers-model',
    generatedBy: facts.exportedBy,
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'steadypen', layers: layersOf(architecture) },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [{ paths: [TFJS_WEIGHTS_FILE], weights: specs }],
    userDefinedMetadata: facts,
  };
  return { modelJson: `${JSON.stringify(model, null, 1)}\n`, weights: float32Bytes(flat) };
}

interface Layer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Layers are named so that their weights have the names of ours. */
function layersOf({ inputSide, channels, classes }: Architecture): Layer[] {
  const layers: Layer[] = [];
  for (const [index, filters] of channels.entries()) {
    layers.push(
      layer('Conv2D', `conv${index + 1}`, {
        ...(index === 0 ? { batch_input_shape: [null, inputSide, inputSide, 1], dtype: 'float32' } : {}),
        filters,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: 'same',
        data_format: 'channels_last',
        activation: 'relu',
        ...WEIGHTED,
      }),
      layer('MaxPooling2D', `pool${index + 1}`, {
        pool_size: [2, 2],
        strides: [2, 2],
        padding: 'valid',
        data_format: 'channels_last',
      }),
    );
  }
  layers.push(
    layer('Flatten', 'flatten', { data_format: 'channels_last' }),
    layer('Dense', 'fc', { units: classes, activation: 'linear', ...WEIGHTED }),
    layer('Softmax', 'probabilities', { axis: 1 }),
  );
  return layers;
}

/** Zeros, since the weights come from the file: random ones would only cost time. */
const WEIGHTED = {
  use_bias: true,
  kernel_initializer: { class_name: 'Zeros', config: {} },
  bias_initializer: { class_name: 'Zeros', config: {} },
};

function layer(kind: string, name: string, config: Readonly<Record<string, unknown>>): Layer {
  return { class_name: kind, config: { name, trainable: true, ...config } };
}
