/** Kinds of pictures that hold no handwriting. The gate was tuned on `seen` kinds only; `held-out` ones were first looked at when it stood. */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import * as diagrams from './diagrams.ts';
import * as prints from './prints.ts';
import * as textures from './textures.ts';

export interface NoWritingKind {
  readonly name: string;
  readonly use: 'seen' | 'held-out';
  /** The same random state gives the same picture. */
  readonly make: (rng: Rng, fonts: FontLibrary) => GreyImage;
}

export const NO_WRITING_KINDS: readonly NoWritingKind[] = [
  { name: 'noise', use: 'seen', make: textures.makeNoise },
  { name: 'clouds', use: 'seen', make: textures.makeClouds },
  { name: 'gradient', use: 'seen', make: textures.makeGradient },
  { name: 'leaves', use: 'seen', make: textures.makeLeaves },
  { name: 'bricks', use: 'seen', make: textures.makeBricks },
  { name: 'photograph', use: 'seen', make: textures.makePhotograph },
  { name: 'printed-page', use: 'seen', make: prints.makePrintedPage },
  { name: 'form', use: 'seen', make: prints.makeForm },
  { name: 'checks', use: 'seen', make: prints.makeChecks },
  { name: 'qr-code', use: 'seen', make: prints.makeQrCode },
  { name: 'barcode', use: 'seen', make: prints.makeBarcode },
  { name: 'blocks', use: 'seen', make: prints.makeBlocks },
  { name: 'halftone', use: 'seen', make: prints.makeHalftone },
  { name: 'bar-chart', use: 'seen', make: diagrams.makeBarChart },
  { name: 'crossword', use: 'seen', make: diagrams.makeCrossword },
  { name: 'rings', use: 'seen', make: diagrams.makeRings },
  { name: 'face', use: 'held-out', make: textures.makeFace },
  { name: 'wood', use: 'held-out', make: textures.makeWood },
  { name: 'weave', use: 'held-out', make: textures.makeWeave },
  { name: 'pebbles', use: 'held-out', make: textures.makePebbles },
  { name: 'branches', use: 'held-out', make: textures.makeBranches },
  { name: 'fingerprint', use: 'held-out', make: textures.makeFingerprint },
  { name: 'table', use: 'held-out', make: prints.makeTable },
  { name: 'newspaper', use: 'held-out', make: prints.makeNewspaper },
  { name: 'screen-text', use: 'held-out', make: prints.makeScreenText },
  { name: 'icons', use: 'held-out', make: prints.makeIcons },
  { name: 'stamps', use: 'held-out', make: prints.makeStamps },
  { name: 'plot', use: 'held-out', make: diagrams.makePlot },
  { name: 'map', use: 'held-out', make: diagrams.makeMap },
  { name: 'music', use: 'held-out', make: diagrams.makeMusic },
  { name: 'circuit', use: 'held-out', make: diagrams.makeCircuit },
  { name: 'dots', use: 'held-out', make: diagrams.makeDots },
  { name: 'needles', use: 'held-out', make: diagrams.makeNeedles },
];
