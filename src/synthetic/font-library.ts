import type { OutlineFont } from './outline-font.ts';
import type { StrokeFont } from './single-stroke-font.ts';

/** The three sets that share no font, no word and no writer. */
export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];

/** A font that is opened when it is first needed. */
export interface FontEntry<Font> {
  readonly part: Part;
  readonly name: string;
  open(): Font;
}

export interface FontLibrary {
  readonly strokeFonts: readonly FontEntry<StrokeFont>[];
  readonly outlineFonts: readonly (FontEntry<OutlineFont> & { readonly handwriting: boolean })[];
}
