import type { TaskGroup } from '../base/words.ts';
import type { InkMap } from './images.ts';
import { classifyShape, type ShapeClass } from './shape/shape-classifier.ts';
import { measureShape, type ShapeFeatures } from './shape/shape-features.ts';
import { SHAPE_NETWORK } from './shape/shape-network.ts';

/** What a shape may be taken for: writing is never told apart further. */
export type GuessedTask = 'spiral-free' | 'wave' | 'line' | 'loops' | 'page';

export interface ShapeGuess {
  /** null: unknown. */
  readonly task: GuessedTask | null;
  readonly group: TaskGroup | null;
  /** False where the group is likely but open to doubt, and where it is unknown. */
  readonly sure: boolean;
  /** What was measured; null for blank pictures. */
  readonly shape: ShapeFeatures | null;
}

/** Below this probability of its group a shape is unknown. */
const LIKELY = 0.55;
/** From this probability on the group is sure. */
const SURE = 0.9;

const UNKNOWN = { task: null, group: null, sure: false } as const;

/**
 * Guesses what was drawn from the shape of the ink alone, for scans and drawn recordings alike. Size, pen width, paper, mirroring
 * and small turns make no difference. Shapes that are none of ours, and blank pictures, are unknown.
 */
export function guessShape(ink: InkMap): ShapeGuess {
  const shape = measureShape(ink);
  if (shape === null) return { ...UNKNOWN, shape };
  const chance = classifyShape(shape, SHAPE_NETWORK);
  const wave = chance.wave + chance.line + chance.loops;
  const groups = { spiral: chance.spiral, wave, writing: chance.writing };
  const group = likeliest(groups);
  if (groups[group] < LIKELY) return { ...UNKNOWN, shape };
  return { task: taskOf(group, chance), group, sure: groups[group] >= SURE, shape };
}

function taskOf(group: TaskGroup, { wave, line, loops }: Readonly<Record<ShapeClass, number>>): GuessedTask {
  switch (group) {
    case 'spiral':
      return 'spiral-free';
    case 'writing':
      return 'page';
    case 'wave':
      return likeliest({ wave, line, loops });
  }
}

function likeliest<Name extends string>(chances: Readonly<Record<Name, number>>): Name {
  const names = Object.keys(chances) as Name[];
  return names.reduce((best, name) => (chances[name] > chances[best] ? name : best));
}
