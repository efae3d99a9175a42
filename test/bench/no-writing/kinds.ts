/**
 * Kinds of pictures that hold no handwriting. The gate's rules and profiles were chosen on all `seen` kinds, on other seeds
 * than those reported; nothing was chosen on the `kept` ones, which were drawn by lot from the 31 that begin with the
 * cells, before any of these was looked at. The six of outlines.ts were not in the lot.
 */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import * as charts from './charts.ts';
import * as diagrams from './diagrams.ts';
import * as nature from './nature.ts';
import * as outlines from './outlines.ts';
import * as pictures from './pictures.ts';
import * as plans from './plans.ts';
import * as prints from './prints.ts';
import * as signs from './signs.ts';
import * as textures from './textures.ts';
import * as things from './things.ts';

export interface NoWritingKind {
  readonly name: string;
  readonly use: 'seen' | 'kept';
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
  { name: 'face', use: 'seen', make: textures.makeFace },
  { name: 'wood', use: 'seen', make: textures.makeWood },
  { name: 'weave', use: 'seen', make: textures.makeWeave },
  { name: 'pebbles', use: 'seen', make: textures.makePebbles },
  { name: 'branches', use: 'seen', make: textures.makeBranches },
  { name: 'fingerprint', use: 'seen', make: textures.makeFingerprint },
  { name: 'table', use: 'seen', make: prints.makeTable },
  { name: 'newspaper', use: 'seen', make: prints.makeNewspaper },
  { name: 'screen-text', use: 'seen', make: prints.makeScreenText },
  { name: 'icons', use: 'seen', make: prints.makeIcons },
  { name: 'stamps', use: 'seen', make: prints.makeStamps },
  { name: 'plot', use: 'seen', make: diagrams.makePlot },
  { name: 'map', use: 'seen', make: diagrams.makeMap },
  { name: 'music', use: 'seen', make: diagrams.makeMusic },
  { name: 'circuit', use: 'seen', make: diagrams.makeCircuit },
  { name: 'dots', use: 'seen', make: diagrams.makeDots },
  { name: 'needles', use: 'seen', make: diagrams.makeNeedles },
  { name: 'sky', use: 'seen', make: things.makeSky },
  { name: 'handprint', use: 'seen', make: things.makeHandprint },
  { name: 'cracked-glass', use: 'seen', make: things.makeCrackedGlass },
  { name: 'hairs', use: 'seen', make: things.makeHairs },
  { name: 'tyre-tracks', use: 'seen', make: things.makeTyreTracks },
  { name: 'coins', use: 'seen', make: things.makeCoins },
  { name: 'seal', use: 'seen', make: things.makeSeal },
  { name: 'isobars', use: 'seen', make: things.makeIsobars },
  { name: 'twigs', use: 'seen', make: things.makeTwigs },
  { name: 'logo-code', use: 'seen', make: things.makeLogoCode },
  { name: 'cells', use: 'seen', make: nature.makeCells },
  { name: 'stripes', use: 'seen', make: nature.makeStripes },
  { name: 'copper-tracks', use: 'seen', make: plans.makeCopperTracks },
  { name: 'animals', use: 'seen', make: pictures.makeAnimals },
  { name: 'metro-map', use: 'seen', make: plans.makeMetroMap },
  { name: 'script-print', use: 'seen', make: signs.makeScriptPrint },
  { name: 'dithered', use: 'seen', make: pictures.makeDithered },
  { name: 'fern', use: 'seen', make: nature.makeFern },
  { name: 'round-chart', use: 'seen', make: charts.makeRoundChart },
  { name: 'old-paint', use: 'seen', make: nature.makeOldPaint },
  { name: 'stains', use: 'seen', make: nature.makeStains },
  { name: 'maze', use: 'seen', make: charts.makeMaze },
  { name: 'floor-plan', use: 'seen', make: plans.makeFloorPlan },
  { name: 'dials', use: 'seen', make: pictures.makeDials },
  { name: 'heart-trace', use: 'seen', make: plans.makeHeartTrace },
  { name: 'letter-picture', use: 'seen', make: signs.makeLetterPicture },
  { name: 'coasts', use: 'seen', make: outlines.makeCoasts },
  { name: 'cables', use: 'seen', make: outlines.makeCables },
  { name: 'ornament', use: 'seen', make: outlines.makeOrnament },
  { name: 'gears', use: 'seen', make: outlines.makeGears },
  { name: 'molecules', use: 'seen', make: outlines.makeMolecules },
  { name: 'sound-trace', use: 'seen', make: outlines.makeSoundTrace },
  { name: 'sewing-pattern', use: 'kept', make: plans.makeSewingPattern },
  { name: 'square-script', use: 'kept', make: signs.makeSquareScript },
  { name: 'puzzle', use: 'kept', make: pictures.makePuzzle },
  { name: 'fur', use: 'kept', make: nature.makeFur },
  { name: 'program-window', use: 'kept', make: pictures.makeProgramWindow },
  { name: 'veined-leaf', use: 'kept', make: nature.makeVeinedLeaf },
  { name: 'snowflakes', use: 'kept', make: nature.makeSnowflakes },
  { name: 'river', use: 'kept', make: nature.makeRiver },
  { name: 'comic', use: 'kept', make: pictures.makeComic },
  { name: 'spider-web', use: 'kept', make: nature.makeSpiderWeb },
  { name: 'rosette', use: 'kept', make: plans.makeRosette },
  { name: 'coat', use: 'kept', make: nature.makeCoat },
  { name: 'wireframe', use: 'kept', make: plans.makeWireframe },
  { name: 'knitting-chart', use: 'kept', make: signs.makeKnittingChart },
  { name: 'star-map', use: 'kept', make: charts.makeStarMap },
];
