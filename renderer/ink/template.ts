import type { Task } from '../api/types.ts';

/** What is faint on the page before and while somebody draws; all in CSS pixels from the middle of the area. */
export interface Template {
  /** Dotted guide to follow, an SVG path; null where nothing is followed. */
  readonly guide: string | null;
  /** Where to begin. */
  readonly start: { readonly x: number; readonly y: number } | null;
  /** Heights of the rules to write on. */
  readonly rules: readonly number[];
  /** Half their length. */
  readonly ruleHalf: number;
}

const TURNS = 3;
const WAVES = 4;

/** Lays the template of a task into an area of the given size. */
export function layTemplate(task: Task, width: number, height: number): Template {
  const half = Math.max(60, width / 2 - 64);
  const none = { guide: null, start: null, rules: [], ruleHalf: width / 2 - 32 };
  switch (task) {
    case 'spiral-traced':
      return { ...none, guide: spiral(Math.min(width, height * 1.02) * 0.46), start: { x: 0, y: 0 } };
    case 'spiral-free':
      return { ...none, start: { x: 0, y: 0 } };
    case 'wave':
      return { ...none, guide: wave(half, Math.min(90, height / 5)), start: { x: -half, y: 0 } };
    case 'line':
      return { ...none, guide: `M${-half} 0H${half}`, start: { x: -half, y: 0 } };
    case 'loops':
    case 'words':
    case 'sentence':
      return { ...none, rules: [0, 96].filter((y) => y < height / 2 - 40) };
    case 'text':
    case 'page':
      return { ...none, rules: [-96, -32, 32, 96, 160].filter((y) => Math.abs(y) < height / 2 - 40) };
  }
}

/** Archimedean spiral, clockwise from the middle, three turns, ending on the right. */
function spiral(radius: number): string {
  const points: string[] = [];
  for (let angle = 0; angle <= TURNS * 2 * Math.PI + 1e-9; angle += Math.PI / 60) {
    const r = (radius * angle) / (TURNS * 2 * Math.PI);
    points.push(`${(r * Math.cos(angle)).toFixed(2)} ${(r * Math.sin(angle)).toFixed(2)}`);
  }
  return `M${points.join('L')}`;
}

function wave(half: number, amplitude: number): string {
  const points: string[] = [];
  for (let i = 0; i <= 240; i++) {
    const x = -half + (2 * half * i) / 240;
    points.push(`${x.toFixed(2)} ${(-amplitude * Math.sin((i / 240) * WAVES * 2 * Math.PI)).toFixed(2)}`);
  }
  return `M${points.join('L')}`;
}
