import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { Rng } from '../../../src/base/rng.ts';
import { NO_CALIBRATION } from '../../../src/model/calibration.ts';
import { crc32 } from '../../../src/model/crc32.ts';
import type { ModelBundle, Weights } from '../../../src/model/model-bundle.ts';
import { decodeModel, encodeModel, weightBytes } from '../../../src/model/model-file.ts';
import { initialParameters, layoutOf, viewOf, weightsOf } from '../../../src/model/parameters.ts';
import { decodeTensor, encodeTensor } from '../../../src/model/tensor-codec.ts';
import { METRICS, plainCard } from './plain-card.ts';
import { TINY, TINY_RECIPE } from './tiny.ts';

function bundle(): ModelBundle {
  const flat = initialParameters(TINY, new Rng('file'));
  const fc = viewOf(flat, layoutOf(TINY).fcKernel);
  for (let i = 0; i < fc.length; i++) if (i % 10 !== 3) fc[i] = 0;
  return {
    schemaVersion: 1,
    architecture: TINY,
    weights: weightsOf(TINY, flat),
    preprocessing: 'ink-1',
    calibration: { spiral: NO_CALIBRATION, wave: { ...NO_CALIBRATION, slope: 0.7 }, writing: NO_CALIBRATION },
    card: plainCard({
      name: 'Größe 1',
      recipe: TINY_RECIPE,
      metricsByGroup: { wave: METRICS },
      penalty: 'l0',
      fcWeights: fc.length,
      fcZeros: fc.filter((value) => value === 0).length,
      ...weightBytes(weightsOf(TINY, flat)),
      notes: ['one'],
    }),
  };
}

function refusal(bytes: Uint8Array): UserError {
  try {
    decodeModel(bytes, 'some.spm');
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the damaged file was accepted');
}

test('CRC-32 of the check text', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array())).toBe(0);
});

test('a bundle comes back as it was', () => {
  expect(decodeModel(encodeModel(bundle()), 'some.spm')).toEqual(bundle());
});

test('sizes by hand: 4 bytes per weight dense; bitmap and values where that is shorter', () => {
  const { denseBytes, sparseBytes } = weightBytes(bundle().weights);
  const weights = 9 * 4 + 4 + 9 * 4 * 6 + 6 + 192 + 2;
  expect(denseBytes).toBe(4 * weights);
  // Convolutions dense, biases all zero: bitmaps of 1 byte each. FC: 24 bytes of bitmap, every tenth of 192 values.
  expect(sparseBytes).toBe(4 * 36 + 1 + 4 * 216 + 1 + (24 + 4 * 19) + 1);
});

test.each([
  { what: 'all zero', values: Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0) },
  { what: 'nothing zero', values: Float32Array.of(1, -2, 3e-45) },
  { what: 'a negative zero', values: Float32Array.from({ length: 40 }, (_, i) => (i === 7 ? -0 : 0)) },
  { what: 'no values', values: new Float32Array() },
])('a tensor with $what is stored without loss', ({ values }) => {
  const { coding, bytes } = encodeTensor(values);
  const back = decodeTensor(coding, bytes, values.length);
  expect(Array.from(back, (value) => Object.is(value, -0))).toEqual(
    Array.from(values, (value) => Object.is(value, -0)),
  );
  expect(back).toEqual(values);
});

describe('a file that is not right', () => {
  const good = encodeModel(bundle());

  test('every single changed byte is noticed', () => {
    for (let i = 0; i < good.length; i++) {
      const bad = good.slice();
      bad[i]! ^= 1 << (i % 8);
      expect(refusal(bad).code, `byte ${i}`).toBe('bad-model');
    }
  });

  test('every length it may be cut to is noticed', () => {
    for (let length = 0; length < good.length; length += 7) {
      expect(refusal(good.subarray(0, length)).code).toBe('bad-model');
    }
    expect(refusal(new Uint8Array([...good, 0])).message).toMatch(/should have \d+ bytes/);
  });

  test('messages name the file and what to do', () => {
    expect(refusal(new TextEncoder().encode('hello')).message).toBe(
      'some.spm is not a Steadypen model. Choose a file that Steadypen exported (its name ends in .spm).',
    );
    expect(refusal(good.subarray(0, 500)).message).toMatch(
      /^some\.spm is damaged: .*Export or copy it again/,
    );
    expect(refusal(good.subarray(0, 500)).subject).toBe('some.spm');
  });

  test('a newer format asks for a newer app', () => {
    const newer = good.slice();
    const view = new DataView(newer.buffer);
    view.setUint32(8, 2, true);
    const covered = new Uint8Array([...newer.subarray(8, 20), ...newer.subarray(24)]);
    view.setUint32(20, crc32(covered), true);
    expect(refusal(newer).message).toBe(
      'some.spm has the format 2, newer than this app knows (1). Update Steadypen.',
    );
  });

  test('a value that is no number is refused on both ways', () => {
    const weights: Weights = {
      ...bundle().weights,
      'fc/bias': { shape: [2], values: Float32Array.of(1, NaN) },
    };
    expect(() => encodeModel({ ...bundle(), weights })).toThrow(/fc\/bias holds a value that is not finite/);
    const file = encodeModel({
      ...bundle(),
      weights: { ...weights, 'fc/bias': { shape: [2], values: Float32Array.of(1, 2) } },
    });
    const view = new DataView(file.buffer);
    view.setFloat32(file.length - 4, NaN, true);
    view.setUint32(20, crc32(new Uint8Array([...file.subarray(8, 20), ...file.subarray(24)])), true);
    expect(refusal(file).message).toMatch(/tensor fc\/bias: holds a value that is not a finite number/);
  });

  test('a claim of huge tensors or a huge network is refused before memory is taken', () => {
    const values = new Float32Array(4);
    const huge = { 'conv1/kernel': { shape: [9_000_000, 9_000_000], values } };
    expect(refusal(encodeModel({ ...bundle(), weights: huge })).message).toMatch(
      /conv1\/kernel: bitmap too short/,
    );
    const architecture = { ...TINY, inputSide: 4096, channels: [1024] };
    expect(refusal(encodeModel({ ...bundle(), architecture })).message).toMatch(
      /does not fit its own network/,
    );
  });

  test('tensors that do not fit the network are refused', () => {
    const { 'conv1/bias': _gone, ...weights } = bundle().weights;
    expect(refusal(encodeModel({ ...bundle(), weights })).message).toMatch(/conv1\/bias is missing/);
  });
});

test('the factory model that was first shipped, in version 1, opens for ever', () => {
  const file = path.resolve(import.meta.dirname, '../../fixtures/model/model-1.spm');
  const { architecture, weights, card } = decodeModel(readFileSync(file), 'model-1.spm');
  expect(architecture.channels).toEqual([8, 16, 32]);
  const fc = weights['fc/kernel']!.values;
  expect([fc.length, fc.filter((value) => value === 0).length]).toEqual([card.fcWeights, card.fcZeros]);
});
