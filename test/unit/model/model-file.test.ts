import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { Rng } from '../../../src/base/rng.ts';
import { NO_CALIBRATION } from '../../../src/model/calibration.ts';
import { crc32 } from '../../../src/model/crc32.ts';
import { groupsJudged, networkFor, type ModelBundle, type Weights } from '../../../src/model/model-bundle.ts';
import { decodeModel, encodeModel, weightBytes } from '../../../src/model/model-file.ts';
import { initialParameters, layoutOf, viewOf, weightsOf } from '../../../src/model/parameters.ts';
import { decodeTensor, encodeTensor } from '../../../src/model/tensor-codec.ts';
import { onlyWeights } from './only-network.ts';
import { METRICS, plainCard } from './plain-card.ts';
import { TINY, TINY_RECIPE } from './tiny.ts';

const CALIBRATION = {
  spiral: NO_CALIBRATION,
  wave: { ...NO_CALIBRATION, slope: 0.7 },
  writing: NO_CALIBRATION,
};

function bundle(): ModelBundle {
  const flat = initialParameters(TINY, new Rng('file'));
  const fc = viewOf(flat, layoutOf(TINY).fcKernel);
  for (let i = 0; i < fc.length; i++) if (i % 10 !== 3) fc[i] = 0;
  return {
    schemaVersion: 2,
    architecture: TINY,
    networks: [{ name: 'all', weights: weightsOf(TINY, flat) }],
    preprocessing: 'ink-1',
    calibration: CALIBRATION,
    card: plainCard({
      name: 'Größe 1',
      recipe: TINY_RECIPE,
      metricsByGroup: { wave: METRICS },
      penalty: 'l0',
      fcWeights: fc.length,
      fcZeros: fc.filter((value) => value === 0).length,
      ...weightBytes([{ weights: weightsOf(TINY, flat) }]),
      notes: ['one'],
    }),
  };
}

/** The same with other weights. */
function bundleWith(weights: Weights): ModelBundle {
  return { ...bundle(), networks: [{ name: 'all', weights }] };
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
  const { denseBytes, sparseBytes } = weightBytes(bundle().networks);
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
    view.setUint32(8, 3, true);
    const covered = new Uint8Array([...newer.subarray(8, 20), ...newer.subarray(24)]);
    view.setUint32(20, crc32(covered), true);
    expect(refusal(newer).message).toBe(
      'some.spm has the format 3, newer than this app knows (2). Update Steadypen.',
    );
  });

  test('a value that is no number is refused on both ways', () => {
    const weights: Weights = {
      ...onlyWeights(bundle()),
      'fc/bias': { shape: [2], values: Float32Array.of(1, NaN) },
    };
    expect(() => encodeModel(bundleWith(weights))).toThrow(/fc\/bias holds a value that is not finite/);
    const file = encodeModel(
      bundleWith({ ...weights, 'fc/bias': { shape: [2], values: Float32Array.of(1, 2) } }),
    );
    const view = new DataView(file.buffer);
    view.setFloat32(file.length - 4, NaN, true);
    view.setUint32(20, crc32(new Uint8Array([...file.subarray(8, 20), ...file.subarray(24)])), true);
    expect(refusal(file).message).toMatch(/tensor fc\/bias: holds a value that is not a finite number/);
  });

  test('a claim of huge tensors or a huge network is refused before memory is taken', () => {
    const values = new Float32Array(4);
    const huge = { 'conv1/kernel': { shape: [9_000_000, 9_000_000], values } };
    expect(refusal(encodeModel(bundleWith(huge))).message).toMatch(/conv1\/kernel: bitmap too short/);
    const architecture = { ...TINY, inputSide: 4096, channels: [1024] };
    expect(refusal(encodeModel({ ...bundle(), architecture })).message).toMatch(
      /does not fit its own network/,
    );
  });

  test('tensors that do not fit the network are refused', () => {
    const { 'conv1/bias': _gone, ...weights } = onlyWeights(bundle());
    expect(refusal(encodeModel(bundleWith(weights))).message).toMatch(/conv1\/bias is missing/);
  });
});

test('a model of version 1 opens for ever: its one network judges every group, as it did', () => {
  const file = path.resolve(import.meta.dirname, '../../fixtures/model/model-1.spm');
  const old = decodeModel(readFileSync(file), 'model-1.spm');
  const { architecture, networks, calibration, card } = old;
  expect(architecture.channels).toEqual([8, 16, 32]);
  const fc = onlyWeights(old)['fc/kernel']!.values;
  expect([fc.length, fc.filter((value) => value === 0).length]).toEqual([card.fcWeights, card.fcZeros]);
  expect(groupsJudged(old)).toEqual(['spiral', 'wave', 'writing']);
  for (const group of groupsJudged(old)) {
    expect(networkFor(networks, group)).toBe(networks[0]);
    expect(calibration[group]?.slope).toBeGreaterThan(0);
  }
  expect(decodeModel(encodeModel(old), 'saved again')).toEqual(old);
});

describe('networks by name', () => {
  const weightsFrom = (seed: string): Weights => weightsOf(TINY, initialParameters(TINY, new Rng(seed)));
  const figures = { name: 'figures', weights: weightsFrom('figures') } as const;
  const writing = { name: 'writing', weights: weightsFrom('writing') } as const;
  const { spiral, wave, writing: letters } = CALIBRATION;
  const two: ModelBundle = { ...bundle(), networks: [figures, writing], calibration: CALIBRATION };

  test('each comes back with its own weights, and judges its own groups', () => {
    const back = decodeModel(encodeModel(two), 'two.spm');
    expect(back).toEqual(two);
    expect(networkFor(back.networks, 'spiral')).toEqual(figures);
    expect(networkFor(back.networks, 'wave')).toEqual(figures);
    expect(networkFor(back.networks, 'writing')).toEqual(writing);
  });

  test('one alone judges no other group', () => {
    const one: ModelBundle = { ...two, networks: [figures], calibration: { spiral, wave } };
    const back = decodeModel(encodeModel(one), 'figures.spm');
    expect(back.calibration).toEqual({ spiral, wave });
    expect(groupsJudged(back)).toEqual(['spiral', 'wave']);
    expect(networkFor(back.networks, 'writing')).toBeUndefined();
  });

  test.each<[string, Pick<ModelBundle, 'networks' | 'calibration'>, RegExp]>([
    ['none', { networks: [], calibration: {} }, /has no network/],
    [
      'two of one name',
      { networks: [figures, figures], calibration: { spiral, wave } },
      /two networks named figures/,
    ],
    [
      'one for all beside another',
      { networks: [{ ...figures, name: 'all' }, writing], calibration: CALIBRATION },
      /all groups beside/,
    ],
    [
      'a group without calibration',
      { networks: [figures], calibration: { spiral } },
      /no calibration for the group wave/,
    ],
    [
      'a calibration without network',
      { networks: [figures], calibration: { spiral, wave, writing: letters } },
      /for the group writing, but no network/,
    ],
  ])('%s: neither saved nor opened', (_, parts, message) => {
    expect(() => encodeModel({ ...two, ...parts })).toThrow(message);
    const { networks, calibration } = parts;
    const file = withHeader(encodeModel(two), (header) => ({
      ...header,
      calibration,
      networks: networks.map(({ name }) => ({ name, tensors: header.networks[0]?.tensors })),
    }));
    expect(refusal(file)).toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(message) as string,
    });
    expect(refusal(file).message).toMatch(/Choose another model, or train a new one\.$/);
  });

  test('a name that is none is refused', () => {
    const file = withHeader(encodeModel(two), (header) => ({
      ...header,
      networks: header.networks.map((network) => ({ ...network, name: 'drawings' })),
    }));
    expect(refusal(file).message).toMatch(/its header cannot be read \(networks\.0\.name: .*"figures"/);
  });

  test('tensors of one that do not fit its architecture are refused', () => {
    const { 'conv1/bias': _gone, ...rest } = writing.weights;
    const networks = [figures, { name: 'writing' as const, weights: rest }];
    expect(refusal(encodeModel({ ...two, networks })).message).toMatch(/conv1\/bias is missing/);
  });
});

interface ReadHeader {
  readonly networks: readonly { readonly name: string; readonly tensors: readonly object[] }[];
}

/** The same file with another header, its length and checksum right. */
function withHeader(file: Uint8Array, change: (header: ReadHeader) => object): Uint8Array {
  const length = new DataView(file.buffer).getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(24, 24 + length))) as ReadHeader;
  const described = new TextEncoder().encode(JSON.stringify(change(header)));
  const changed = new Uint8Array([...file.subarray(0, 24), ...described, ...file.subarray(24 + length)]);
  const view = new DataView(changed.buffer);
  view.setUint32(12, described.length, true);
  view.setUint32(20, crc32(new Uint8Array([...changed.subarray(8, 20), ...changed.subarray(24)])), true);
  return changed;
}
