import { expect, test } from 'vitest';
import { joinPatches } from '../../../src/model/split.ts';
import { fixedSource, labelRepeats, mixedSource, requireEnough } from '../../../src/model/training-data.ts';
import { tinyPatches } from './tiny.ts';

test('own patches weigh as much as the synthetic ones, and their labels as much as each other', async () => {
  const synthetic = tinyPatches(120, 'synthetic');
  const own = { ...tinyPatches(8, 'own'), labels: Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 0) };
  const { patches, order } = await mixedSource(joinPatches([synthetic, own]), own, null).pool(1);
  const shown = [0, 1].map(
    (label) => order.filter((index) => index >= 120 && patches.labels[index] === label).length,
  );
  expect(shown).toEqual([60, 60]); // six regular ten times, two tremor-like thirty times
  expect(order.length).toBe(240);
  expect(new Set(order).size).toBe(128);
});

test('one label alone weighs half', () => {
  const own = { ...tinyPatches(4, 'own'), labels: new Uint8Array(4) };
  const repeats = labelRepeats(own, 40);
  expect([0, 1, 2, 3].map(repeats)).toEqual([5, 5, 5, 5]);
});

test('new data are made for each epoch but none after the last', async () => {
  const made: number[] = [];
  const make = (epoch: number) => {
    made.push(epoch);
    return Promise.resolve(tinyPatches(4, `epoch ${epoch}`));
  };
  const source = mixedSource(tinyPatches(4, 'epoch 1'), null, { epochs: 3, make });
  const pools = [await source.pool(1), await source.pool(2), await source.pool(3)];
  expect(made).toEqual([2, 3]);
  expect(pools[2]?.patches).toEqual(tinyPatches(4, 'epoch 3'));
});

test('data that could not be made fail the epoch that needs them', async () => {
  const make = () => Promise.reject(new Error('no fonts'));
  const source = mixedSource(tinyPatches(4, 'first'), null, { epochs: 2, make });
  await source.pool(1);
  await expect(source.pool(2)).rejects.toThrow('no fonts');
});

test('what is missing is counted', () => {
  const few = { ...tinyPatches(6, 'few'), labels: Uint8Array.of(1, 0, 0, 0, 0, 0) };
  expect(() => requireEnough('train', few)).toThrow(
    /training part: it needs at least 4 regular and 4 tremor-like, but has 5 and 1/,
  );
  expect(() => requireEnough('validation', tinyPatches(4, 'enough'))).not.toThrow();
  expect(fixedSource(few).perEpoch).toBe(6);
});

test('a run that starts over is shown the patches of the first epoch again', async () => {
  const make = (epoch: number) => Promise.resolve(tinyPatches(4, `epoch ${epoch}`));
  const source = mixedSource(tinyPatches(4, 'epoch 1'), null, { epochs: 3, make });
  const pixels = async (epoch: number) => [...(await source.pool(epoch)).patches.pixels];
  const attempt = [await pixels(1), await pixels(2)];
  expect(await pixels(1)).toEqual(attempt[0]);
  expect(await pixels(2)).toEqual(attempt[1]);
  expect(attempt[0]).not.toEqual(attempt[1]);
});

test('a run that goes on is shown the patches of its epoch, which are made once', async () => {
  const made: number[] = [];
  const make = (epoch: number) => {
    made.push(epoch);
    return Promise.resolve(tinyPatches(4, `epoch ${epoch}`));
  };
  const source = mixedSource(tinyPatches(4, 'epoch 1'), null, { epochs: 4, make });
  expect((await source.pool(3)).patches).toEqual(tinyPatches(4, 'epoch 3'));
  expect((await source.pool(3)).patches).toEqual(tinyPatches(4, 'epoch 3'));
  expect((await source.pool(4)).patches).toEqual(tinyPatches(4, 'epoch 4'));
  expect(made).toEqual([3, 4]);
});
