import { TASK_GROUPS } from '../../../src/base/words.ts';
import { PATCH_SIDE } from '../../../src/imaging/images.ts';
import { askBlank, type PatchPredictor } from '../../../src/screening/judge-ink.ts';
import type { LoadedModel } from '../../../src/screening/screen-ink.ts';
import type { Calibration } from '../../../src/model/model-bundle.ts';

export const BIAS = -0.5;

/**
 * The plainest network with exact cells: each cell adds `weight(row, column)` times its ink, and 2.56 over the number of cells
 * when empty too.
 *
 * @param side Cells along one side of the map.
 */
export function linearPredictor(
  weight: (row: number, column: number) => number,
  side = 16,
): PatchPredictor & { calls: number } {
  const cellSide = PATCH_SIDE / side;
  const perPatch = side * side;
  return {
    calls: 0,
    predict(pixels, count) {
      this.calls++;
      const cells = new Float32Array(count * perPatch);
      for (let i = 0; i < pixels.length; i++) {
        const at = i % (PATCH_SIDE * PATCH_SIDE);
        const row = Math.floor(at / PATCH_SIDE / cellSide);
        const column = Math.floor((at % PATCH_SIDE) / cellSide);
        const cell = Math.floor(i / (PATCH_SIDE * PATCH_SIDE)) * perPatch + row * side + column;
        cells[cell]! += pixels[i]! * weight(row, column);
      }
      for (let i = 0; i < cells.length; i++) cells[i]! += 2.56 / perPatch;
      const logits = Float32Array.from(
        { length: count },
        (_, i) =>
          BIAS + cells.subarray(i * perPatch, (i + 1) * perPatch).reduce((sum, value) => sum + value, 0),
      );
      return Promise.resolve({ logits, cells });
    },
  };
}

const calibration = { slope: 1, offset: 0, regularBelow: 0.3, tremorFrom: 0.7 };
export const CALIBRATION: Calibration = { spiral: calibration, wave: calibration, writing: calibration };

export async function modelWith(predictor: PatchPredictor): Promise<LoadedModel> {
  const blank = await askBlank(predictor);
  return { id: 'hand-made', groups: TASK_GROUPS, networkFor: () => ({ predictor, blank, calibration }) };
}
