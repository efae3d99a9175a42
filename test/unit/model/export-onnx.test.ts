/** The exported file in a foreign runtime: onnxruntime-web's WebAssembly, in Node. */
import * as ort from 'onnxruntime-web';
import { describe, expect, test } from 'vitest';
import { encodeOnnx } from '../../../src/model/export-onnx.ts';
import { differences, EXPORTED, EXPORTER, judged, largestGap, type Exported } from './exported-models.ts';

ort.env.wasm.numThreads = 1;

async function run({ bundle, network }: Exported, ink: Float32Array, count: number) {
  const session = await ort.InferenceSession.create(encodeOnnx(bundle, network, EXPORTER), {
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

describe.each(EXPORTED)('$what in onnxruntime-web', (exported) => {
  test('gives the logits of our engine to 1e-4 on 64 patches', async () => {
    const { ink, count, logits } = await judged(exported);
    // Else a net that answers the same to everything would pass.
    expect(Math.max(...logits) - Math.min(...logits)).toBeGreaterThan(1);
    const answer = await run(exported, ink, count);
    const got = differences(answer.logits);
    expect(largestGap(got, logits)).toBeLessThanOrEqual(1e-4);
    const softmax = got.map((logit) => 1 / (1 + Math.exp(-logit)));
    const second = softmax.map((_, i) => answer.probabilities[2 * i + 1]!);
    expect(largestGap(second, softmax)).toBeLessThan(1e-5);
    // One patch is taken as well as many.
    const size = exported.bundle.architecture.inputSide ** 2;
    const single = await run(exported, ink.slice(size, 2 * size), 1);
    expect(largestGap(differences(single.logits), got.slice(1, 2))).toBeLessThanOrEqual(1e-5);
  });
});

test.each(EXPORTED)('what a user of $what must know stands in the file', ({ bundle, network, groups }) => {
  const file = new TextDecoder().decode(encodeOnnx(bundle, network, EXPORTER));
  const calibration = Object.fromEntries(groups.map((group) => [group, bundle.calibration[group]]));
  for (const words of [
    EXPORTER.modelId,
    bundle.card.name,
    bundle.preprocessing,
    JSON.stringify(calibration),
    '["regular","tremor-like"]',
    'Steadypen 1.2.3',
    'not a diagnosis',
  ]) {
    expect(file).toContain(words);
  }
});
