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
      for (let x = 0; x < TILE; x++) {
        const at = (dx: number, dy: number): number =>
          plane[((y + dy) & (TILE - 1)) * TILE + ((x + dx) & (TILE - 1))]!;
        next[y * TILE + x] = 2 * at(0, 0) + at(1, 0) + at(-1, 0) + at(0, 1) + at(0, -1);
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

/** Index into a tile for pixel (x, y) read from `offset`; tiles go on for ever. */
export function tileIndex(x: number, y: number, offset: number): number {
  return (y * TILE + (x & (TILE - 1)) + offset) & (TILE * TILE - 1);
}
