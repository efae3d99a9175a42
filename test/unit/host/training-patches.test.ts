import { describe, expect, test } from 'vitest';
import { USER_LIMITS } from '../../../src/host/training-memory.ts';
import { gatherPatches, type GatherOptions } from '../../../src/host/training-patches.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';

const SIZE = 128 * 128;

/** `people` persons with two patches each, every other person tremor-like. */
function ownPatches(people: number): PatchSet {
  const count = 2 * people;
  return {
    count,
    pixels: new Uint8Array(count * SIZE).fill(9),
    labels: Uint8Array.from({ length: count }, (_, i) => (i >> 1) % 2),
    subjects: Array.from({ length: count }, (_, i) => `own-${i >> 1}`),
    groups: Array.from({ length: count }, () => 'spiral' as const),
  };
}

/** Of a run that trains one network. */
async function gatherOne(options: GatherOptions) {
  const { networks, ...rest } = await gatherPatches(options);
  const [network] = networks;
  if (network === undefined || networks.length > 1) throw new Error(`${networks.length} networks`);
  return { ...rest, ...network };
}

function optionsOf(synthetic: number, own: PatchSet | null, fresh = false): GatherOptions {
  return {
    recipe: {
      seed: 11,
      epochs: 2,
      fineTuneEpochs: 0,
      batchSize: 32,
      penalty: null,
      targetSparsity: 0,
      paperForm: null,
      synthetic: { count: synthetic, kinds: ['wave'] },
      backend: 'cpu',
    },
    own,
    fresh,
    limits: USER_LIMITS,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
}

describe('own and synthetic patches together', () => {
  test('weigh about the same, and no person is on two sides', async () => {
    const own = ownPatches(20);
    const { train, validation, test: held, ownValidation, data } = await gatherOne(optionsOf(96, own));
    const { patches, order } = await train.pool(1);
    const isOwn = (index: number): boolean => patches.subjects[index]?.startsWith('own-') === true;
    const ownShown = order.filter(isOwn).length;
    expect(order.length).toBe(train.perEpoch);
    expect(ownShown / order.length).toBeGreaterThan(0.4);
    expect(ownShown / order.length).toBeLessThan(0.6);
    const sides = [patches, validation, held].map((set) => new Set(set.subjects));
    for (const subject of own.subjects) {
      expect(sides.filter((side) => side.has(subject)).length, subject).toBe(1);
    }
    // Four people in the own test part: it stands alone.
    expect(held.subjects.every((subject) => subject.startsWith('own-'))).toBe(true);
    expect(validation.count).toBeGreaterThan(160);
    expect(validation.count).toBe(160 + (ownValidation?.count ?? 0));
    expect(new Set(ownValidation?.subjects).size).toBeGreaterThanOrEqual(2);
    expect(data).toContain('mixed about 1:1');
  });

  test('fonts, words and writers of training are in no held-out part', async () => {
    const { train, validation, test: held, ownValidation } = await gatherOne(optionsOf(64, null));
    expect(ownValidation).toBeNull();
    const { patches } = await train.pool(1);
    const seen = new Set(patches.subjects);
    expect([...validation.subjects, ...held.subjects].filter((subject) => seen.has(subject))).toEqual([]);
  });

  test('fresh data differ from epoch to epoch', async () => {
    const { train } = await gatherOne(optionsOf(16, null, true));
    const first = await train.pool(1);
    const second = await train.pool(2);
    expect(second.patches.pixels).not.toEqual(first.patches.pixels);
    expect(second.order.length).toBe(train.perEpoch);
  });
});

describe('patches whose part has been told', () => {
  const told = (own: PatchSet, partOf: (i: number) => 'train' | 'validation' | 'test'): PatchSet => ({
    ...own,
    parts: own.subjects.map((_, i) => partOf(i)),
  });

  test('go there, alone and beside synthetic ones', async () => {
    const own = told(ownPatches(24), (i) => (i < 24 ? 'train' : i < 32 ? 'validation' : 'test'));
    const alone = await gatherOne(optionsOf(0, own));
    expect(alone.validation.subjects).toEqual(own.subjects.slice(24, 32));
    expect(alone.test.subjects).toEqual(own.subjects.slice(32));
    expect((await alone.train.pool(1)).patches.subjects).toEqual(own.subjects.slice(0, 24));
    expect(alone.warnings).toEqual([]);
    expect(alone.data).toContain('Validation and test: other people');

    const mixed = await gatherOne(optionsOf(32, own));
    expect(mixed.ownValidation?.subjects).toEqual(own.subjects.slice(24, 32));
    expect(mixed.test.subjects).toEqual(own.subjects.slice(32));
  });

  test('beside synthetic ones, none of them for training: none is used, and that is said', async () => {
    const own = told(ownPatches(24), (i) => (i % 2 === 0 ? 'validation' : 'test'));
    const { warnings, ownValidation } = await gatherOne(optionsOf(32, own));
    expect(warnings.join()).toContain('No own sample is for training');
    expect(ownValidation).toBeNull();
  });

  test('a person in two parts is a leak, which warnings and card say', async () => {
    // Two patches a person: one to learn from, one to test on.
    const own = told(ownPatches(20), (i) => (i % 2 === 0 ? 'train' : i < 20 ? 'validation' : 'test'));
    const { warnings, data } = await gatherOne(optionsOf(0, own));
    expect(warnings.join()).toContain(
      'LEAKAGE: 20 of 20 subjects stand in more than one split (own-0, own-1, own-2, …)',
    );
    expect(data).toContain('partly in training too');
  });
});

test('own patches alone are split into three parts by person', async () => {
  const { train, validation, test: held } = await gatherOne(optionsOf(0, ownPatches(20)));
  const { patches } = await train.pool(1);
  expect(patches.count + validation.count + held.count).toBe(40);
  expect(new Set([...patches.subjects, ...validation.subjects, ...held.subjects]).size).toBe(20);
});

test('too few people are refused with how many are needed', async () => {
  await expect(gatherOne(optionsOf(0, ownPatches(4)))).rejects.toThrow(
    /at least 3 people for each label; there are 2 with regular and 2 with tremor-like/,
  );
  await expect(gatherOne(optionsOf(0, null))).rejects.toThrow(/nothing to learn from/);
});

describe('two networks', () => {
  const withGroups = (own: PatchSet, groupOf: (i: number) => PatchSet['groups'][number]): PatchSet => ({
    ...own,
    groups: own.subjects.map((_, i) => groupOf(i)),
  });
  const both = (synthetic: number, own: PatchSet | null): GatherOptions => {
    const options = optionsOf(synthetic, own);
    const kinds = ['spiral', 'wave', 'fonts'] as const;
    return { ...options, recipe: { ...options.recipe, synthetic: { count: synthetic, kinds } } };
  };

  test('share the synthetic patches evenly, however many kinds they have; each gets those of a run alone', async () => {
    const { networks, data, dataHash } = await gatherPatches(both(32, null));
    expect(networks.map(({ name, train }) => [name, train.perEpoch])).toEqual([
      ['figures', 16],
      ['writing', 16],
    ]);
    const alone = both(16, null);
    const writing = { ...alone.recipe, synthetic: { count: 16, kinds: ['fonts'] as const } };
    const one = await gatherOne({ ...alone, recipe: writing });
    expect((await networks[1]!.train.pool(1)).patches).toEqual((await one.train.pool(1)).patches);
    expect([networks[1]!.validation, networks[1]!.test]).toEqual([one.validation, one.test]);
    expect(data).toMatch(
      /^Figures: 16 synthetic patches \(spiral, wave\).* Writing: 16 synthetic patches \(fonts\)/,
    );
    expect(dataHash).toBe(`${networks[0]!.dataHash}-${one.dataHash}`);
  });

  test('get the own patches of their groups', async () => {
    const own = withGroups(ownPatches(24), (i) => (i % 2 === 0 ? 'wave' : 'writing'));
    const { networks, warnings } = await gatherPatches(optionsOf(0, own));
    expect(networks.map(({ name }) => name)).toEqual(['figures', 'writing']);
    for (const { name, train, validation, test: held } of networks) {
      const sets = [(await train.pool(1)).patches, validation, held];
      expect(sets.reduce((sum, { count }) => sum + count, 0)).toBe(24);
      const group = name === 'figures' ? 'wave' : 'writing';
      expect(sets.flatMap(({ groups }) => groups).every((one) => one === group)).toBe(true);
    }
    expect(warnings).toEqual([]);
  });

  test('own patches of too few people train no network of their own beside another one, and that is said', async () => {
    const own = withGroups(ownPatches(24), (i) => (i < 6 ? 'writing' : 'spiral'));
    const { networks, warnings } = await gatherPatches(optionsOf(0, own));
    expect(networks.map(({ name }) => name)).toEqual(['figures']);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Writing: no network is trained. Own samples alone need at least 3 people for each label; there are 2 with regular and 1/,
      ),
    ]);
  });
});
