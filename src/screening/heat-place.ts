import type { TaskGroup } from '../base/words.ts';
import type { HeatGrid } from './heat-grid.ts';

export const PLACES = ['outer', 'inner', 'left', 'right', 'top', 'bottom', 'everywhere'] as const;
export type Place = (typeof PLACES)[number];

/** A part of the drawing is named when it holds this much more of the heat than of the ink. */
const CLEAR_EXCESS = 0.18;

/**
 * Says in a word where the heat is: the half of the drawing whose share of heat exceeds its share of ink most, if by
 * enough; else everywhere. Spirals are parted by distance from their middle, other drawings by side.
 *
 * @returns null where nothing is hot.
 */
export function placeOfHeat(grid: HeatGrid, group: TaskGroup): Place | null {
  const cells = inkedCells(grid);
  const heat = cells.reduce((sum, cell) => sum + cell.heat, 0);
  if (heat <= 0) return null;
  const ink = cells.reduce((sum, cell) => sum + cell.ink, 0);
  const middleX = cells.reduce((sum, cell) => sum + cell.x * cell.ink, 0) / ink;
  const middleY = cells.reduce((sum, cell) => sum + cell.y * cell.ink, 0) / ink;
  const excess = (inside: (cell: Cell) => boolean) => {
    const part = cells.filter(inside);
    return (
      part.reduce((sum, cell) => sum + cell.heat, 0) / heat -
      part.reduce((sum, cell) => sum + cell.ink, 0) / ink
    );
  };
  const distance = (cell: Cell) => Math.hypot(cell.x - middleX, cell.y - middleY);
  const furthest = cells.reduce((far, cell) => Math.max(far, distance(cell)), 0);
  const outer = excess((cell) => distance(cell) > 0.6 * furthest);
  const right = excess((cell) => cell.x > middleX);
  const bottom = excess((cell) => cell.y > middleY);
  const candidates: [Place, number][] =
    group === 'spiral'
      ? [
          ['outer', outer],
          ['inner', -outer],
        ]
      : [
          ['right', right],
          ['left', -right],
          ['bottom', bottom],
          ['top', -bottom],
        ];
  const [place, most] = candidates.reduce((best, candidate) => (candidate[1] > best[1] ? candidate : best));
  return most >= CLEAR_EXCESS ? place : 'everywhere';
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly heat: number;
  readonly ink: number;
}

function inkedCells(grid: HeatGrid): Cell[] {
  const cells: Cell[] = [];
  grid.values.forEach((value, i) => {
    const ink = grid.ink[i]!;
    if (ink <= 0) return;
    const x = i % grid.columns;
    cells.push({ x, y: (i - x) / grid.columns, heat: Math.max(0, value), ink });
  });
  return cells;
}
