import type { Part } from './font-library.ts';

export interface OutlineFontEntry {
  /** Name of the package `@fontsource/<name>` and start of its file names. */
  readonly name: string;
  readonly handwriting: boolean;
  readonly part: Part;
}

export interface StrokeFontEntry {
  readonly name: string;
  /** File name without `.svg` in the hersheytext package. */
  readonly file: string;
  readonly joined: boolean;
  readonly part: Part;
}

const outline = (part: Part, handwriting: boolean, names: readonly string[]): OutlineFontEntry[] =>
  names.map((name) => ({ name, handwriting, part }));

/** Which outline font serves which part. Joined scripts and printed hands are on every side. */
export const OUTLINE_FONTS: readonly OutlineFontEntry[] = [
  ...outline('train', false, [
    'roboto',
    'lora',
    'merriweather',
    'nunito',
    'noto-serif',
    'montserrat',
    'bitter',
    'arvo',
    'libre-baskerville',
    'cabin',
  ]),
  ...outline('validation', false, ['open-sans', 'raleway']),
  ...outline('test', false, ['eb-garamond', 'noto-sans', 'pt-serif', 'playfair-display']),
  ...outline('train', true, [
    'allura',
    'caveat',
    'cedarville-cursive',
    'cookie',
    'covered-by-your-grace',
    'dancing-script',
    'dawning-of-a-new-day',
    'gloria-hallelujah',
    'homemade-apple',
    'indie-flower',
    'kalam',
    'la-belle-aurore',
    'nothing-you-could-do',
    'reenie-beanie',
    'zeyada',
    'tangerine',
    'handlee',
    'architects-daughter',
    'pacifico',
    'coming-soon',
    'alex-brush',
    'annie-use-your-telescope',
    'crafty-girls',
    'bad-script',
  ]),
  ...outline('validation', true, [
    'parisienne',
    'over-the-rainbow',
    'patrick-hand',
    'waiting-for-the-sunrise',
    'courgette',
    'neucha',
  ]),
  ...outline('test', true, [
    'sacramento',
    'satisfy',
    'shadows-into-light',
    'marck-script',
    'damion',
    'great-vibes',
    'short-stack',
    'sue-ellen-francisco',
  ]),
];

/**
 * Which single-stroke font serves which part. The joined scripts and the curly one train: a network that never saw curls
 * takes them for tremor. A family is in one part only.
 */
export const STROKE_FONTS: readonly StrokeFontEntry[] = [
  { name: 'hershey-script', file: 'HersheyScript1', joined: true, part: 'train' },
  { name: 'ems-allure', file: 'EMSAllure', joined: true, part: 'train' },
  { name: 'ems-felix', file: 'EMSFelix', joined: true, part: 'train' },
  { name: 'ems-elfin', file: 'EMSElfin', joined: false, part: 'train' },
  { name: 'hershey-sans', file: 'HersheySans1', joined: false, part: 'validation' },
  { name: 'ems-tech', file: 'EMSTech', joined: false, part: 'validation' },
  { name: 'ems-readability-italic', file: 'EMSReadabilityItalic', joined: false, part: 'test' },
  { name: 'ems-nixish-italic', file: 'EMSNixishItalic', joined: false, part: 'test' },
];

/**
 * Outline fonts whose centrelines are a pen's path: drawn with a pen of nearly one width, most of them after somebody's own hand.
 * They serve the part that they serve as outlines.
 */
export const PEN_HANDS: readonly { readonly name: string; readonly joined: boolean }[] = [
  ...[
    'allura',
    'cedarville-cursive',
    'dancing-script',
    'dawning-of-a-new-day',
    'homemade-apple',
    'la-belle-aurore',
    'tangerine',
    'bad-script',
    'parisienne',
    'over-the-rainbow',
    'sacramento',
    'marck-script',
  ].map((name) => ({ name, joined: true })),
  ...[
    'caveat',
    'coming-soon',
    'covered-by-your-grace',
    'crafty-girls',
    'gloria-hallelujah',
    'handlee',
    'indie-flower',
    'kalam',
    'nothing-you-could-do',
    'reenie-beanie',
    'zeyada',
    'architects-daughter',
    'annie-use-your-telescope',
    'patrick-hand',
    'waiting-for-the-sunrise',
    'neucha',
    'shadows-into-light',
    'short-stack',
    'sue-ellen-francisco',
  ].map((name) => ({ name, joined: false })),
];

/** How many pens write the words of a part. */
export function countPens(part: Part): number {
  const hands = OUTLINE_FONTS.filter(({ name }) => PEN_HANDS.some((hand) => hand.name === name));
  return [...STROKE_FONTS, ...hands].filter((font) => font.part === part).length;
}
