/** The exported files as a browser would read them, by tfjs-layers on tfjs's WebAssembly backend. */
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, model as modelOf, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { encodeTfjs } from '../../../src/model/export-tfjs.ts';
import { differences, EXPORTED, EXPORTER, judged, largestGap, type Exported } from './exported-models.ts';

/** From a server that has the two files and nothing else. */
function load({ bundle, network }: Exported): Promise<LayersModel> {
  const { modelJson, weights } = encodeTfjs(bundle, network, EXPORTER);
  const fetchFunc = (url: string | URL | Request) => {
    const file = { '/m/model.json': modelJson, '/m/weights.bin': weights.slice() }[
      new URL(String(url)).pathname
    ];
    const headers = {
      'Content-Type': typeof file === 'string' ? 'application/json' : 'application/octet-stream',
    };
    return Promise.resolve(new Response(file ?? null, { status: file === undefined ? 404 : 200, headers }));
  };
  return loadLayersModel(tf.io.http('http://127.0.0.1/m/model.json', { fetchFunc }));
}

async function answerOf(net: LayersModel, ink: Float32Array, shape: [number, number, number, number]) {
  const x = tf.tensor4d(ink, shape);
  const y = net.predict(x) as tf.Tensor;
  expect(y.shape).toEqual([shape[0], 2]);
  const values = await y.data<'float32'>();
  tf.dispose([x, y]);
  return values;
}

describe.each(EXPORTED)('$what in tfjs-layers', (exported) => {
  const { bundle, groups } = exported;

  test('gives the logits of our engine to 1e-4 on 64 patches', async () => {
    const { ink, count, logits } = await judged(exported);
    await tf.setBackend('wasm');
    const net = await load(exported);
    const side = bundle.architecture.inputSide;
    const shape: [number, number, number, number] = [count, side, side, 1];
    const inner = modelOf({ inputs: net.inputs, outputs: net.getLayer('fc').output });
    const got = differences(await answerOf(inner, ink, shape));
    expect(largestGap(got, logits)).toBeLessThanOrEqual(1e-4);
    const probabilities = await answerOf(net, ink, shape);
    const softmax = got.map((logit) => 1 / (1 + Math.exp(-logit)));
    const second = softmax.map((_, i) => probabilities[2 * i + 1]!);
    expect(largestGap(second, softmax)).toBeLessThan(1e-5);
    net.dispose();
  });

  test('says what a user of the files must know', async () => {
    await tf.setBackend('wasm');
    const net = await load(exported);
    const calibration = Object.fromEntries(groups.map((group) => [group, bundle.calibration[group]]));
    const metadata = net.getUserDefinedMetadata() as { readonly calibration: unknown };
    expect(metadata).toMatchObject({
      modelId: EXPORTER.modelId,
      name: bundle.card.name,
      preprocessing: bundle.preprocessing,
      classes: ['regular', 'tremor-like'],
    });
    // Of its own groups, and of no others.
    expect(metadata.calibration).toEqual(calibration);
    net.dispose();
  });
});
