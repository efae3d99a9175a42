/** One image through the network and back, on one thread's scratch: depth first, so that what a layer writes is read while it is in the cache. */
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { Geometry, LayerGeometry } from './geometry.ts';
import type { ChunkLayout, ImageScratch, LayerWeights, MemoryPlan } from './memory-plan.ts';

/** How an image is given. */
export type Pixels = 'floats' | 'bytes' | 'empty';

/** A layer's output: where it goes, and how far apart its rows lie. */
interface Place {
  readonly at: number;
  readonly rowBytes: number;
}

export class ImagePasses {
  readonly #kernels: KernelExports;
  readonly #geometry: Geometry;
  readonly #scratch: ImageScratch;
  readonly #plan: MemoryPlan;
  /** Whether blank windows are given the answers of an empty page, which must be there then. */
  readonly #skipsBlank: boolean;
  /** Where each layer's output lies. */
  readonly outputs: readonly Place[];
  readonly #dOutputs: readonly Place[];

  /** @param geometry That of the scratch; weights and biases are those of the plan, whatever the side. */
  constructor(
    kernels: KernelExports,
    plan: MemoryPlan,
    geometry: Geometry,
    scratch: ImageScratch,
    skipsBlank: boolean,
  ) {
    this.#kernels = kernels;
    this.#plan = plan;
    this.#geometry = geometry;
    this.#scratch = scratch;
    this.#skipsBlank = skipsBlank;
    this.outputs = placesOf(geometry.layers, scratch, 'padded', scratch.map);
    this.#dOutputs = placesOf(geometry.layers, scratch, 'dPadded', scratch.dMap);
  }

  /** To be called before the first image with new parameters. @param memory That of the addresses. */
  forgetBlank(memory: SharedArrayBuffer): void {
    for (const [index, { windows }] of this.#geometry.layers.entries()) {
      new Uint8Array(memory, this.#scratch.layers[index]!.held, windows).fill(0);
    }
  }

  /** The network on one image up to the last map, which lies at `scratch.map` then. @param image Address of [side][side] pixels; an empty page takes none. */
  forward(image: number, pixels: Pixels): void {
    const { layers, side } = this.#geometry;
    const { padded } = this.#scratch.layers[0]!;
    // The border was zero when the memory was made, and nothing writes to it.
    if (pixels === 'floats') this.#kernels.copyIn(image, padded, side, side, 1);
    else if (pixels === 'bytes') this.#kernels.copyInBytes(image, padded, side, side);
    for (let i = 0; i < layers.length; i++) this.#forwardLayer(i);
  }

  #forwardLayer(index: number): void {
    const kernels = this.#kernels;
    const { side, channelsIn, channelsOut, biasOffset } = this.#geometry.layers[index]!;
    const { padded, choice, blank, held } = this.#scratch.layers[index]!;
    const { windows, tiles, products } = this.#scratch;
    const weights = this.#plan.weights[index]!;
    const bias = this.#plan.parameters + 4 * biasOffset;
    const { at, rowBytes } = this.outputs[index]!;
    const half = side / 2;
    const marks = this.#skipsBlank ? blank : 0;
    if (marks !== 0) {
      if (index === 0) kernels.markBlankPixels(padded, marks, side, side);
      else kernels.markBlankWindows(this.#scratch.layers[index - 1]!.blank, marks, side, side);
    }
    if (index === 0) {
      kernels.forward(
        ...[padded, weights.forward, bias, at, rowBytes, choice, marks],
        ...[side, side, channelsIn, channelsOut],
      );
    } else {
      const count = kernels.listWindows(marks, windows, half, half);
      kernels.winogradForward(
        ...[padded, weights.forward, bias, at, rowBytes, choice],
        ...[windows, count, tiles, products, side, channelsIn, channelsOut],
      );
    }
    if (marks !== 0) {
      kernels.fillBlank(
        ...[marks, held, weights.blankValues, weights.blankChoices, at, rowBytes, choice],
        ...[half, half, channelsOut],
      );
    }
  }

  /**
   * The way back from the gradient of the map, at `scratch.dMap`, after `forward` of the same image.
   * @param sums Address of a chunk's sums, which are added to.
   */
  backward(sums: number, { layers: places }: ChunkLayout): void {
    const kernels = this.#kernels;
    const { layers } = this.#geometry;
    const { lists, ends, alive } = this.#scratch;
    for (let i = layers.length - 1; i >= 0; i--) {
      const { side, channelsIn, channelsOut } = layers[i]!;
      const { padded, choice, blank, dPadded } = this.#scratch.layers[i]!;
      const { turned, blankChoices } = this.#plan.weights[i]!;
      const { at, rowBytes } = this.#dOutputs[i]!;
      const [kernelSums, biasSums] = [sums + places[i]!.kernel, sums + places[i]!.bias];
      const marks = i === 0 && this.#skipsBlank ? blank : 0;
      kernels.backward(
        ...[padded, at, rowBytes, choice, marks, dPadded],
        ...[kernelSums, biasSums, turned, lists, ends, alive],
        ...[side, side, channelsIn, channelsOut],
      );
      if (marks !== 0) {
        kernels.addBlankToBias(
          ...[marks, blankChoices, at, rowBytes, biasSums],
          ...[side / 2, side / 2, channelsOut],
        );
      }
    }
  }
}

/** The output of a layer is the inside of the next one's bordered input; that of the last is the map. */
function placesOf(
  layers: readonly LayerGeometry[],
  scratch: ImageScratch,
  which: 'padded' | 'dPadded',
  map: number,
): Place[] {
  return layers.map(({ side, channelsOut }, index) => {
    const next = scratch.layers[index + 1];
    const half = side / 2;
    if (next === undefined) return { at: map, rowBytes: 4 * half * channelsOut };
    const rowBytes = 4 * (half + 2) * channelsOut;
    return { at: next[which] + rowBytes + 4 * channelsOut, rowBytes };
  });
}

/** Makes what the passes read of the parameters, once per step. The parameters must lie at `plan.parameters`. */
export function prepareWeights(kernels: KernelExports, plan: MemoryPlan, geometry: Geometry): void {
  for (const [index, { channelsIn, channelsOut, kernelOffset }] of geometry.layers.entries()) {
    const kernel = plan.parameters + 4 * kernelOffset;
    const { forward, turned } = plan.weights[index]!;
    if (index === 0) kernels.packWeights(kernel, forward, 9 * channelsIn, channelsOut);
    else {
      kernels.winogradWeights(kernel, forward, channelsIn, channelsOut);
      kernels.transpose(kernel, turned, 9 * channelsIn, channelsOut);
    }
  }
}

/**
 * Looks at an empty page and keeps the answers of its first, inner and last rows and columns.
 * @param page Passes on the scratch `from`, of the geometry given.
 */
export function prepareBlank(
  memory: SharedArrayBuffer,
  page: ImagePasses,
  { layers }: Geometry,
  from: ImageScratch,
  weights: readonly LayerWeights[],
): void {
  page.forward(0, 'empty');
  const bytes = new Uint8Array(memory);
  for (const [index, { side, channelsOut }] of layers.entries()) {
    const half = side / 2;
    const { at, rowBytes } = page.outputs[index]!;
    const { choice } = from.layers[index]!;
    const { blankValues, blankChoices } = weights[index]!;
    const places = [0, 1, half - 1];
    for (const [r, row] of places.entries()) {
      for (const [c, column] of places.entries()) {
        const place = 3 * r + c;
        const value = at + row * rowBytes + 4 * column * channelsOut;
        const chosen = choice + (row * half + column) * channelsOut;
        bytes.copyWithin(blankValues + 4 * place * channelsOut, value, value + 4 * channelsOut);
        bytes.copyWithin(blankChoices + place * channelsOut, chosen, chosen + channelsOut);
      }
    }
  }
}
