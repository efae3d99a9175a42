/** Ready-made noise for paper and sensor: every picture reads it from another corner, which is much faster than fresh noise. */
import { Rng } from '../base/rng.ts';

const TILE = 512;

export interface NoiseTiles {
  /** Independent pixels, slightly blurred pixels, and blotches; each of mean 0 and rms 1. */
  readonly white: Float32Array;
  readonly soft: Float32Array;
  readonly cloud: Float32Array;
}
let tiles: NoiseTiles | null = null;

/** The tiles, made once; always the same. */
export function noiseTiles(): NoiseTiles {
  tiles ??= {
    white: noiseTile('white', 0),
    soft: noiseTile('soft', 1),
    cloud: noiseTile('cloud', 6),
  };
  return tiles;
}

function noiseTile(name: string, passes: number): Float32Array {
  const rng = new Rng(`page-look/${name}`);
  let plane = new Float32Array(TILE * TILE);
  for (let i = 0; i < plane.length; i++) plane[i] = rng.normal();
  for (let pass = 0; pass < passes; pass++) {
    const next = new Float32Array(plane.length);
    for (let y = 0; y < TILE; y++) {
      const row = y * TILE;
      const below = ((y + 1) & (TILE - 1)) * TILE;
      const above = ((y - 1) & (TILE - 1)) * TILE;
      for (let x = 0; x < TILE; x++) {
        const right = plane[row + ((x + 1) & (TILE - 1))]!;
        const left = plane[row + ((x - 1) & (TILE - 1))]!;
        next[row + x] = 2 * plane[row + x]! + right + left + plane[below + x]! + plane[above + x]!;
      }
    }
    plane = next;
  }
  let power = 0;
  for (const value of plane) power += value * value;
  const scale = Math.sqrt(plane.length / power);
  return plane.map((value) => value * scale);
}

/** A random corner to read a tile from. */
export function tileOffset(rng: Rng): number {
  return rng.int(TILE * TILE);
}

/** Where row y begins in a tile read from `offset`; for {@link tilePlace}. */
export function tileRow(y: number, offset: number): number {
  return y * TILE + offset;
}

/** Index into a tile of column x of a row; tiles go on for ever. */
export function tilePlace(row: number, x: number): number {
  return (row + (x & (TILE - 1))) & (TILE * TILE - 1);
}
