/** What the threads of a gradient team share: parameters and a batch going in, one gradient per chunk coming out. */

/** Sizes that every member must agree on. */
export interface TeamSizes {
  /** Length of the flat parameter array. */
  readonly parameters: number;
  readonly pixelsPerImage: number;
  readonly largestBatch: number;
  /** Images per chunk. It decides the rounding of the result; the number of threads does not. */
  readonly chunk: number;
}

/** Means over the images they were computed from. */
export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: Float32Array;
}

/**
 * Loss and gradient of some images on the backend of the calling thread.
 * @param parameters Flat. @param images [n, pixelsPerImage]. @param labels [n]. None is to be kept or changed.
 */
export type ComputeGradient = (
  parameters: Float32Array,
  images: Float32Array,
  labels: Uint8Array,
) => Promise<LossAndGradient>;

/** Places in `control`. */
export const TURN = 0;
export const FINISHED = 1;
const COUNT = 2;
/** Value of TURN that sends the members home. */
export const CLOSED = -1;

/** Views into one SharedArrayBuffer, laid out alike by every member: control words, losses, parameters, gradients, images, labels. */
export class SharedBatch {
  readonly sizes: TeamSizes;
  readonly buffer: SharedArrayBuffer;
  readonly control: Int32Array;
  readonly #parameters: Float32Array;
  readonly #losses: Float64Array;
  readonly #gradients: Float32Array;
  readonly #images: Float32Array;
  readonly #labels: Uint8Array;

  /** @param buffer That of the leader; a new one unless given. */
  constructor(sizes: TeamSizes, buffer?: SharedArrayBuffer) {
    const chunks = Math.ceil(sizes.largestBatch / sizes.chunk);
    const pixels = sizes.largestBatch * sizes.pixelsPerImage;
    let bytes = 0;
    const place = (count: number, width: number): [number, number] => {
      const start = bytes;
      bytes += Math.ceil((count * width) / 8) * 8;
      return [start, count];
    };
    const control = place(4, 4);
    const losses = place(chunks, 8);
    const parameters = place(sizes.parameters, 4);
    const gradients = place(chunks * sizes.parameters, 4);
    const images = place(pixels, 4);
    const labels = place(sizes.largestBatch, 1);
    this.sizes = sizes;
    this.buffer = buffer ?? new SharedArrayBuffer(bytes);
    if (this.buffer.byteLength !== bytes)
      throw new RangeError('the members of the team disagree on its sizes');
    this.control = new Int32Array(this.buffer, ...control);
    this.#losses = new Float64Array(this.buffer, ...losses);
    this.#parameters = new Float32Array(this.buffer, ...parameters);
    this.#gradients = new Float32Array(this.buffer, ...gradients);
    this.#images = new Float32Array(this.buffer, ...images);
    this.#labels = new Uint8Array(this.buffer, ...labels);
  }

  /** Lays a batch out for everybody. @throws RangeError when it does not fit the sizes. */
  fill(parameters: Float32Array, images: Float32Array, labels: Uint8Array): void {
    const { sizes } = this;
    const count = labels.length;
    if (count === 0 || count > sizes.largestBatch) {
      throw new RangeError(`a batch has 1 to ${sizes.largestBatch} images, not ${count}`);
    }
    if (parameters.length !== sizes.parameters || images.length !== count * sizes.pixelsPerImage) {
      throw new RangeError('the parameters or images do not have the size that was agreed on');
    }
    this.#parameters.set(parameters);
    this.#images.set(images);
    this.#labels.set(labels);
    Atomics.store(this.control, COUNT, count);
  }

  /** Computes every chunk that falls to this member: those with chunk number ≡ member (mod members). */
  async computeShare(member: number, members: number, compute: ComputeGradient): Promise<void> {
    const { chunk, pixelsPerImage, parameters } = this.sizes;
    const count = Atomics.load(this.control, COUNT);
    for (let index = member; index * chunk < count; index += members) {
      const [start, end] = [index * chunk, Math.min((index + 1) * chunk, count)];
      const { loss, gradient } = await compute(
        this.#parameters,
        this.#images.subarray(start * pixelsPerImage, end * pixelsPerImage),
        this.#labels.subarray(start, end),
      );
      this.#losses[index] = loss;
      this.#gradients.set(gradient, index * parameters);
    }
  }

  /** Mean over the batch; chunks are added in their order, in double precision, whoever computed them. */
  reduce(): LossAndGradient {
    const { chunk, parameters } = this.sizes;
    const count = Atomics.load(this.control, COUNT);
    const sums = new Float64Array(parameters);
    let loss = 0;
    for (let index = 0; index * chunk < count; index++) {
      const share = (Math.min((index + 1) * chunk, count) - index * chunk) / count;
      loss += share * this.#losses[index]!;
      const from = index * parameters;
      for (let i = 0; i < parameters; i++) sums[i]! += share * this.#gradients[from + i]!;
    }
    return { loss, gradient: Float32Array.from(sums) };
  }
}
