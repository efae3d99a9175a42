import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { aggregateLogits } from '../../../src/screening/aggregate.ts';
import { heatMapOf } from '../../../src/screening/heat-grid.ts';
import { placeOfHeat } from '../../../src/screening/heat-place.ts';
import { askBlank, judgeInk } from '../../../src/screening/judge-ink.ts';
import { addFromView, ALL_VIEWS, writeView } from '../../../src/screening/patch-views.ts';
import { plainInk, spiralStroke, textStrokes } from '../imaging/drawn.ts';
import { BIAS, linearPredictor } from './linear-predictor.ts';

const spiral = plainInk(rasterizeStrokes([spiralStroke(100)], { pxPerUnit: 1, penWidthPx: 3, margin: 10 }));
const text = plainInk(rasterizeStrokes(textStrokes(24, 8, 40), { pxPerUnit: 1, penWidthPx: 3, margin: 10 }));

describe('patch views', () => {
  test('are eight different squares, each brought back by its inverse', () => {
    const square = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const seen = new Set<string>();
    for (const view of ALL_VIEWS) {
      const out = new Float32Array(9);
      writeView(square, 3, view, out, 0);
      seen.add(out.join());
      const back = new Float32Array(9);
      addFromView(out, 3, view, back);
      expect([...back]).toEqual([...square]);
    }
    expect(seen.size).toBe(8);
    expect(seen).toContain('3,2,1,6,5,4,9,8,7');
    expect(seen).toContain('7,4,1,8,5,2,9,6,3');
  });
});

describe('judgeInk', () => {
  test('averages a lop-sided network over views: only the total ink counts', async () => {
    const lopsided = linearPredictor((row) => (row < 8 ? 0.04 : 0));
    const even = linearPredictor(() => 0.02);
    const options = { pxPerMm: null };
    const a = await judgeInk(lopsided, await askBlank(lopsided), spiral, 'spiral', options);
    const b = await judgeInk(even, await askBlank(even), spiral, 'spiral', options);
    expect(a?.logit).toBeCloseTo(b?.logit ?? NaN, 3);
  });

  test('the logit is the mean over scales of what the network says of each patch', async () => {
    const predictor = linearPredictor(() => 0.01);
    const judgement = await judgeInk(predictor, await askBlank(predictor), spiral, 'spiral', {
      pxPerMm: null,
      aggregate: 'mean',
    });
    const patches = judgement?.patches ?? [];
    expect(patches.length).toBe(3);
    // By hand: bias, 0.01 for each of 256 cells, and 0.01 for each unit of ink.
    const want = patches.reduce((sum, { ink }) => sum + BIAS + 2.56 + 0.01 * ink, 0) / 3;
    expect(judgement?.logit).toBeCloseTo(want, 3);
  });

  test('by density more of the same ink does not change the answer', async () => {
    const predictor = linearPredictor(() => -0.02);
    const blank = await askBlank(predictor);
    const judge = async (turns: number, aggregate: 'density' | 'mean') => {
      const picture = rasterizeStrokes([spiralStroke(100, turns)], {
        pxPerUnit: 1,
        penWidthPx: 3,
        margin: 10,
      });
      const judgement = await judgeInk(predictor, blank, plainInk(picture), 'spiral', {
        pxPerMm: null,
        aggregate,
      });
      return judgement?.logit ?? NaN;
    };
    const apart = async (aggregate: 'density' | 'mean') =>
      Math.abs((await judge(2, aggregate)) - (await judge(4, aggregate)));
    expect(await apart('density')).toBeLessThan(0.3 * (await apart('mean')));
  });

  test('how fine the map of a network is does not change what its patches come to', async () => {
    const judge = async (side: number) => {
      const predictor = linearPredictor(() => 0.02, side);
      return judgeInk(predictor, await askBlank(predictor), spiral, 'spiral', { pxPerMm: null });
    };
    const [fine, coarse] = [await judge(16), await judge(8)];
    expect(coarse?.patches.map(({ inkedCells }) => inkedCells)).toEqual(
      fine?.patches.map(({ inkedCells }) => inkedCells),
    );
    expect(coarse?.logit).toBeCloseTo(fine?.logit ?? NaN, 3);
  });

  test('heat lies where the ink adds to the logit, and is 0 where there is none', async () => {
    const predictor = linearPredictor(() => 0.05);
    const judgement = await judgeInk(predictor, await askBlank(predictor), spiral, 'spiral', {
      pxPerMm: null,
    });
    if (judgement === null) throw new Error('no ink');
    const heat = heatMapOf(judgement.heat, 0.8);
    expect(Math.max(...heat.values)).toBeCloseTo(0.8, 3);
    expect(Math.max(heat.columns, heat.rows)).toBe(64);
    heat.values.forEach((value, i) => {
      const x = Math.floor((((i % heat.columns) + 0.5) / heat.columns) * spiral.width);
      const y = Math.floor(((Math.floor(i / heat.columns) + 0.5) / heat.rows) * spiral.height);
      // Far from the line by more than a cell in every direction.
      let near = 0;
      for (let dy = -5; dy <= 5; dy++) {
        for (let dx = -5; dx <= 5; dx++) near += spiral.data[(y + dy) * spiral.width + x + dx] ?? 0;
      }
      if (near === 0) expect(value).toBe(0);
    });
  });

  test('heat of a network that looks at one corner lies in that corner of every tile’s view, mapped back', async () => {
    const predictor = linearPredictor((row, column) => (row < 8 && column < 8 ? 0.05 : 0));
    const judgement = await judgeInk(predictor, await askBlank(predictor), spiral, 'spiral', {
      pxPerMm: null,
      views: [0],
    });
    if (judgement === null) throw new Error('no ink');
    const { columns, rows, values } = judgement.heat;
    const sumIn = (inside: (x: number, y: number) => boolean) =>
      values.reduce((sum, value, i) => sum + (inside(i % columns, Math.floor(i / columns)) ? value : 0), 0);
    const corner = sumIn((x, y) => x < columns / 2 && y < rows / 2);
    expect(corner).toBeGreaterThan(0.9 * sumIn(() => true));
  });

  test('a cancel is heard between batches', async () => {
    const predictor = linearPredictor(() => 0);
    const controller = new AbortController();
    const work = judgeInk(predictor, await askBlank(predictor), text, 'writing', {
      pxPerMm: null,
      signal: controller.signal,
      pause: () => {
        if (predictor.calls === 2) controller.abort();
        return Promise.resolve();
      },
    });
    const outcome: unknown = await work.catch((error: unknown) => error);
    expect(outcome instanceof UserError && outcome.code).toBe('cancelled');
    expect(predictor.calls).toBe(2);
  });
});

describe('aggregateLogits', () => {
  const logits = [9, 1, 2, 3, 4, 5, 6, 7, 8, -80];
  const patches = logits.map((logit) => ({
    logit,
    ink: logit === 9 ? 3 : 1,
    // A blank patch of this network has logit 2; every third patch is nearly empty.
    added: logit - 2,
    inkedCells: logit % 3 === 0 ? 1 : 10,
  }));
  test.each([
    // Blank logit, and twenty cells' worth of (sum of logits − 10 × 2) over 3 × 1 + 7 × 10 cells.
    { how: 'density', want: 2 + (20 * (-35 - 20)) / 73 },
    { how: 'mean', want: -3.5 },
    { how: 'trimmed', want: 4.5 },
    { how: 'median', want: 4.5 },
    { how: 'top', want: 8 },
    { how: 'ink', want: (-35 + 18) / 12 },
  ] as const)('$how', ({ how, want }) => {
    expect(aggregateLogits(patches, how, 2, 20)).toBeCloseTo(want, 6);
  });

  test('nothing to aggregate is a fault', () => {
    expect(() => aggregateLogits([], 'mean', 0, 1)).toThrow('no patch');
  });
});

describe('placeOfHeat', () => {
  const gridWith = (heat: (x: number, y: number) => number) => ({
    columns: 20,
    rows: 20,
    ink: new Float32Array(400).fill(1),
    values: Float32Array.from({ length: 400 }, (_, i) => heat(i % 20, Math.floor(i / 20))),
  });
  test.each([
    { heat: (x: number) => (x > 13 ? 1 : 0), group: 'writing', want: 'right' },
    { heat: (_: number, y: number) => (y < 6 ? 1 : 0), group: 'wave', want: 'top' },
    { heat: () => 1, group: 'writing', want: 'everywhere' },
    { heat: () => -1, group: 'writing', want: null },
    {
      heat: (x: number, y: number) => (Math.hypot(x - 9.5, y - 9.5) < 5 ? 1 : 0),
      group: 'spiral',
      want: 'inner',
    },
    {
      heat: (x: number, y: number) => (Math.hypot(x - 9.5, y - 9.5) > 9 ? 1 : 0),
      group: 'spiral',
      want: 'outer',
    },
  ] as const)('$want', ({ heat, group, want }) => {
    expect(placeOfHeat(gridWith(heat), group)).toBe(want);
  });
});
