import { isPaperMethod, type Method } from '../results.ts';

/** Light and dark; the app's own tokens, and for the methods colours that stay apart without red or green cones. */
export const COLOURS = {
  surface: ['#ffffff', '#1b1d21'],
  sunken: ['#efefeb', '#25282d'],
  rule: ['#e2e1dc', '#2f3238'],
  grid: ['#ecebe7', '#2b2e34'],
  band: ['#eef0f4', '#23262c'],
  text: ['#1b1d20', '#ededea'],
  'text-2': ['#54575d', '#b7b9be'],
  ink: ['#20242b', '#e9e8e2'],
  quiet: ['#8a8b86', '#767a82'],
  accent: ['#2749a5', '#9cb6ff'],
  regular: ['#5b7c98', '#7f9db6'],
  tremor: ['#ce7f12', '#e09a2d'],
  'method-dense': ['#63666c', '#9ea1a8'],
  'method-l0': ['#2749a5', '#9cb6ff'],
  'method-l1': ['#a8478f', '#e79fd2'],
  'method-tl1': ['#007a6c', '#4fc9b4'],
  'method-paper-l0': ['#c2410c', '#ff9468'],
  'method-one-shot': ['#8a6d1f', '#cdb35c'],
  'method-gradual': ['#1b1d20', '#ededea'],
} as const satisfies Record<string, readonly [string, string]>;

export type Colour = keyof typeof COLOURS;

export function colourOf(method: Method): Colour {
  return `method-${isPaperMethod(method) ? 'paper-l0' : method}`;
}
