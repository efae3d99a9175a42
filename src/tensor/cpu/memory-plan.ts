/** Who lies where in the one memory that the threads of a network share. All numbers are byte addresses, multiples of 64. */
import { aliveBytes, paddedBytes } from '../kernels/kernel-exports.ts';
import type { Geometry, LayerGeometry } from './geometry.ts';

/** Images that one round holds; larger batches take several. */
export const CAPACITY = 32;
/** Images whose gradients one thread adds up. It decides the rounding of the sum; the number of threads does not. */
export const CHUNK = 4;
const CHUNKS = CAPACITY / CHUNK;

/** What a step makes of a layer's parameters, read by all threads. */
export interface LayerWeights {
  /** For the forward pass: packed, or transformed for Winograd. */
  readonly forward: number;
  /** Transposed, for the input gradient; 0 for the first layer. */
  readonly turned: number;
  /** Answers of an empty page: [3][3][channelsOut] floats, and as many bytes. */
  readonly blankValues: number;
  readonly blankChoices: number;
}

/** Where one image's passes work; each thread has its own. */
export interface ImageScratch {
  readonly layers: readonly {
    /** Input with a border of zeros. */
    readonly padded: number;
    readonly choice: number;
    /** Marks of the windows that see only paper, and of those that hold an empty page's answer. */
    readonly blank: number;
    readonly held: number;
    /** Gradient of `padded`; 0 for the first layer. */
    readonly dPadded: number;
  }[];
  readonly map: number;
  readonly dMap: number;
  readonly windows: number;
  readonly tiles: number;
  readonly products: number;
  readonly lists: number;
  readonly ends: number;
  readonly alive: number;
  readonly logits: number;
}

/** Offsets within the sums of one chunk. */
export interface ChunkLayout {
  readonly layers: readonly { readonly kernel: number; readonly bias: number }[];
  readonly fcKernel: number;
  readonly fcBias: number;
  readonly bytes: number;
}

export interface MemoryPlan {
  /** One i32 that counts the sets of parameters that have been prepared. */
  readonly generation: number;
  readonly parameters: number;
  readonly weights: readonly LayerWeights[];
  /** FC kernel: second column minus first. */
  readonly fcDifference: number;
  /** [CAPACITY][side][side] floats. */
  readonly images: number;
  /** [CAPACITY] bytes. */
  readonly labels: number;
  /** [CAPACITY][mapSide][mapSide] floats. */
  readonly cells: number;
  /** [CAPACITY / CHUNK] doubles. */
  readonly losses: number;
  /** [CAPACITY / CHUNK] times `chunk.bytes`. */
  readonly sums: number;
  readonly chunk: ChunkLayout;
  /** The flat gradient, unpacked. */
  readonly gradient: number;
  readonly threads: readonly ImageScratch[];
  readonly blankPage: ImageScratch | null;
  readonly bytes: number;
}

/** Hands out addresses from 64 on, so that 0 stays free to mean "none". */
class Allocator {
  bytes = 64;

  take(bytes: number): number {
    const start = this.bytes;
    this.bytes += Math.ceil(bytes / 64) * 64;
    return start;
  }
}

/**
 * @param blankPage Geometry of the empty page that is looked at once per step; null for none.
 * @param threads ≥ 1.
 */
export function planMemory(geometry: Geometry, blankPage: Geometry | null, threads: number): MemoryPlan {
  const memory = new Allocator();
  const chunk = chunkLayout(geometry);
  return {
    generation: memory.take(4),
    parameters: memory.take(4 * geometry.parameters),
    weights: geometry.layers.map((layer, index) => placeWeights(memory, layer, index)),
    fcDifference: memory.take(4 * geometry.fcInputs),
    images: memory.take(4 * CAPACITY * geometry.side ** 2),
    labels: memory.take(CAPACITY),
    cells: memory.take(4 * CAPACITY * geometry.mapSide ** 2),
    losses: memory.take(8 * CHUNKS),
    sums: memory.take(CHUNKS * chunk.bytes),
    chunk,
    gradient: memory.take(4 * geometry.parameters),
    threads: Array.from({ length: threads }, () => placeScratch(memory, geometry)),
    blankPage: blankPage === null ? null : placeScratch(memory, blankPage),
    bytes: memory.bytes,
  };
}

function placeWeights(
  memory: Allocator,
  { channelsIn, channelsOut }: LayerGeometry,
  index: number,
): LayerWeights {
  const pairs = channelsIn * channelsOut;
  return {
    forward: memory.take(64 * pairs),
    turned: index === 0 ? 0 : memory.take(36 * pairs),
    blankValues: memory.take(36 * channelsOut),
    blankChoices: memory.take(9 * channelsOut),
  };
}

function placeScratch(memory: Allocator, geometry: Geometry): ImageScratch {
  const { layers } = geometry;
  const most = (of: (layer: LayerGeometry) => number): number => Math.max(...layers.map(of));
  return {
    layers: layers.map(({ side, channelsIn, channelsOut, windows }, index) => ({
      padded: memory.take(paddedBytes(side, side, channelsIn)),
      choice: memory.take(windows * channelsOut),
      blank: memory.take(windows),
      held: memory.take(windows),
      dPadded: index === 0 ? 0 : memory.take(paddedBytes(side, side, channelsIn)),
    })),
    map: memory.take(4 * geometry.fcInputs),
    dMap: memory.take(4 * geometry.fcInputs),
    windows: memory.take(most(({ windows }) => 4 * windows + 4)),
    tiles: memory.take(most(({ channelsIn }) => 256 * channelsIn)),
    products: memory.take(2048),
    lists: memory.take(most(({ windows, channelsOut }) => 8 * channelsOut * (windows + 1))),
    ends: memory.take(most(({ channelsOut }) => 4 * channelsOut)),
    alive: memory.take(most(({ windows }) => aliveBytes(windows))),
    logits: memory.take(8),
  };
}

function chunkLayout({ layers, fcInputs }: Geometry): ChunkLayout {
  const memory = new Allocator();
  memory.bytes = 0;
  return {
    layers: layers.map(({ channelsIn, channelsOut }) => ({
      kernel: memory.take((channelsIn === 1 ? 48 : 36 * channelsIn) * channelsOut),
      bias: memory.take(4 * channelsOut),
    })),
    fcKernel: memory.take(8 * fcInputs),
    fcBias: memory.take(8),
    bytes: memory.bytes,
  };
}
