/** The exported file in a foreign runtime: onnxruntime-web's WebAssembly, in Node. */
import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import { encodeOnnx } from '../../../src/model/export-onnx.ts';
import type { ModelBundle } from '../../../src/model/model-bundle.ts';
import { differences, EXPORTER, factory, firstNetwork, judged, largestGap, odd } from './exported-models.ts';

ort.env.wasm.numThreads = 1;

async function run(bundle: ModelBundle, ink: Float32Array, count: number) {
  const session = await ort.InferenceSession.create(encodeOnnx(bundle, firstNetwork(bundle), EXPORTER), {
    executionProviders: ['wasm'],
  });
  try {
    expect(session.inputNames).toEqual(['ink']);
    expect(session.outputNames).toEqual(['logits', 'probabilities']);
    const side = bundle.architecture.inputSide;
    const { logits, probabilities } = await session.run({
      ink: new ort.Tensor('float32', ink, [count, side, side, 1]),
    });
    expect(logits?.dims).toEqual([count, 2]);
    return { logits: logits?.data as Float32Array, probabilities: probabilities?.data as Float32Array };
  } finally {
    await session.release();
  }
}

describe.each([
  { what: 'the factory model', bundle: factory },
  { what: 'a random one with 3 and 5 channels', bundle: odd },
])('$what in onnxruntime-web', ({ bundle }) => {
  test('gives the logits of our engine to 1e-4 on 64 patches', async () => {
    const { ink, count, logits } = await judged(bundle);
    // Else a net that answers the same to everything would pass.
    expect(Math.max(...logits) - Math.min(...logits)).toBeGreaterThan(1);
    const answer = await run(bundle, ink, count);
    const got = differences(answer.logits);
    expect(largestGap(got, logits)).toBeLessThanOrEqual(1e-4);
    const softmax = got.map((logit) => 1 / (1 + Math.exp(-logit)));
    const second = softmax.map((_, i) => answer.probabilities[2 * i + 1]!);
    expect(largestGap(second, softmax)).toBeLessThan(1e-5);
    // One patch is taken as well as many.
    const size = bundle.architecture.inputSide ** 2;
    const single = await run(bundle, ink.slice(size, 2 * size), 1);
    expect(largestGap(differences(single.logits), got.slice(1, 2))).toBeLessThanOrEqual(1e-5);
  });
});

test('what a user of the file must know stands in it', () => {
  const file = new TextDecoder('latin1').decode(encodeOnnx(factory, firstNetwork(factory), EXPORTER));
  for (const words of [
    EXPORTER.modelId,
    factory.card.name,
    factory.preprocessing,
    JSON.stringify(factory.calibration),
    '["regular","tremor-like"]',
    'Steadypen 1.2.3',
    'not a diagnosis',
  ]) {
    expect(file).toContain(words);
  }
});
