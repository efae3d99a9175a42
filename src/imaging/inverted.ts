import type { GreyImage } from './images.ts';
import { dilateBox, erodeBox, type BinaryPlane } from './morphology.ts';
import { reduceGrey } from './resample.ts';

const LOOKED_AT_SIDE = 600;
/** The ground of light writing is no lighter than this, and the writing stands out by at least so many grey levels. */
const LIGHTEST_GROUND = 140;
const LEAST_CONTRAST = 25;
/** Light writing stands out from its ground so many times further than anything dark. */
const LEAST_LEAD = 1.5;
/** Writing covers little of its ground, and hardly any of it is wider than a fiftieth of the long side: a sheet would. */
const MOST_COVER = 0.35;
const MOST_SOLID = 0.25;

/** Whether the picture shows light lines on a dark ground: a blackboard, a negative, a dark screen. */
export function isInverted(grey: GreyImage): boolean {
  const { width, height, data } = reduceGrey(grey, LOOKED_AT_SIDE);
  const counts = new Uint32Array(256);
  for (const value of data) counts[value]!++;
  const ground = levelAt(counts, 0.5, data.length);
  const lead = levelAt(counts, 0.995, data.length) - ground;
  const depth = ground - levelAt(counts, 0.005, data.length);
  if (ground >= LIGHTEST_GROUND || lead <= LEAST_CONTRAST || lead <= LEAST_LEAD * depth) return false;
  const light = data.map((value) => (value > ground + lead / 2 ? 1 : 0));
  const cover = countOnes(light);
  if (cover > MOST_COVER * data.length) return false;
  const reach = Math.max(2, Math.round(Math.max(width, height) / 100));
  return countOnes(openBox({ width, height, data: light }, reach).data) < MOST_SOLID * cover;
}

/** The negative. */
export function invertGrey({ width, height, data }: GreyImage): GreyImage {
  return { width, height, data: data.map((value) => 255 - value) };
}

function openBox(plane: BinaryPlane, reach: number): BinaryPlane {
  return dilateBox(erodeBox(plane, reach), reach);
}

function levelAt(counts: Uint32Array, fraction: number, total: number): number {
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += counts[level]!;
    if (seen > fraction * (total - 1)) return level;
  }
  return 255;
}

function countOnes(data: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) count += data[i]!;
  return count;
}
