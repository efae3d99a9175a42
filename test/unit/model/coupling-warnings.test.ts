import { describe, expect, test } from 'vitest';
import { weakCouplingAfter, weakCouplingBefore } from '../../../src/model/coupling-warnings.ts';
import type { EpochReport, TrainRecipe } from '../../../src/model/training-types.ts';
import { TINY_RECIPE } from './tiny.ts';
import { lastOf, trainTinyModel } from './train-tiny-model.ts';

const withPaper = (paperForm: NonNullable<TrainRecipe['paperForm']>): TrainRecipe => ({
  ...TINY_RECIPE,
  epochs: 10,
  paperForm,
});

describe('before training', () => {
  test('learning rate × β × steps below 5 is said, and doing what is said is enough', () => {
    const paperForm = { lambda: 0.001, beta: 0.01, learningRate: 0.1 };
    const message = weakCouplingBefore(withPaper(paperForm), 1000) ?? '';
    expect(message).toMatch(/too weak.*learning rate × β × steps is 1 and should be at least 5/);
    expect(message).toMatch(/raise β to 0\.05 and λ to 0\.005.*or train for 50 epochs/);
    expect(weakCouplingBefore(withPaper({ ...paperForm, beta: 0.05, lambda: 0.005 }), 1000)).toBeNull();
    expect(weakCouplingBefore({ ...withPaper(paperForm), epochs: 50 }, 5000)).toBeNull();
  });

  test('momentum and growth are counted; a β that would be too large for the learning rate is not proposed', () => {
    const paperForm = { lambda: 0.001, beta: 0.01, learningRate: 0.1 };
    expect(weakCouplingBefore(withPaper({ ...paperForm, momentum: 0.9 }), 1000)).toBeNull();
    // The mean of a growth to 40 is 39/ln 40 ≈ 10.6.
    expect(weakCouplingBefore(withPaper({ ...paperForm, betaGrowth: 40 }), 1000)).toBeNull();
    const short = weakCouplingBefore(withPaper({ ...paperForm, beta: 1 }), 3) ?? '';
    expect(short).toMatch(/is 0\.3 and should/);
    expect(short).not.toMatch(/raise β/);
  });

  test('nothing is said of the practical form, dense runs and pruning', () => {
    const paperForm = { lambda: 0.001, beta: 1e-9, learningRate: 0.1 };
    expect(weakCouplingBefore(TINY_RECIPE, 1)).toBeNull();
    expect(weakCouplingBefore({ ...withPaper(paperForm), penalty: null }, 1)).toBeNull();
    expect(weakCouplingBefore({ ...withPaper(paperForm), method: 'gradual-pruning' }, 1)).toBeNull();
  });

  test('it is the first thing a run says after its start, once', async () => {
    const paperForm = { lambda: 2e-5, beta: 0.001, learningRate: 0.05 };
    const events = await trainTinyModel({ paperForm, epochs: 2, fineTuneEpochs: 0 });
    expect(events[0]?.kind).toBe('started');
    expect(events[1]).toMatchObject({
      kind: 'warning',
      message: expect.stringMatching(/too weak/) as string,
    });
    expect(events.filter(({ kind }) => kind === 'warning').length).toBe(2); // And that they have not met.
    expect(lastOf(events, 'warning').message).toMatch(/have not met.*a larger β with λ in proportion/);
  });
});

describe('after RVSM', () => {
  const reportOf = (change: Partial<EpochReport>) =>
    ({ gap: 0.001, accuracyU: 0.99, accuracyW: 0.99, ...change }) as EpochReport;

  test('nothing is said of networks that have met', () => {
    expect(weakCouplingAfter(TINY_RECIPE, reportOf({}))).toBeNull();
    expect(weakCouplingAfter(TINY_RECIPE, reportOf({ gap: 0.01, accuracyU: 0.95 }))).toBeNull();
  });

  test('a gap, or a sparse network that judges worse, is said with its figures and what to do', () => {
    expect(weakCouplingAfter(TINY_RECIPE, reportOf({ gap: 0.08 }))).toMatch(
      /have not met: their weights still differ by 8\.0 %\. On validation .* still judges .* closer: more epochs, a coupling that grows tenfold, a lower target, more fine-tuning\.$/,
    );
    expect(weakCouplingAfter(TINY_RECIPE, reportOf({ accuracyU: 0.61, accuracyW: 0.998 }))).toMatch(
      /The sparse one, which is saved, judges 61\.0 % of the validation patches right, the dense one 99\.8 %\./,
    );
  });

  test('no growth is proposed where it is at its largest, or where the prox would shrink everything away', () => {
    const { penalty, ...rest } = TINY_RECIPE;
    const said = (change: Partial<TrainRecipe>) =>
      weakCouplingAfter({ ...rest, penalty, ...change }, reportOf({ gap: 0.5 }));
    expect(said({ penalty: { kind: 'tl1', a: 0.1 } })).toContain('grows tenfold');
    expect(said({ betaGrowth: 10 })).not.toMatch(/grows|penalty l0/);
    for (const kind of ['l1', 'tl1'] as const) {
      expect(said({ penalty: { kind, a: 1 } })).toMatch(/closer: more epochs, the penalty l0 or transformed/);
      expect(said({ penalty: { kind, a: 1 } })).not.toContain('grows');
    }
  });
});
