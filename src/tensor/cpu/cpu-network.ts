/** One network of the engine `cpu`, as its user sees it: batches are cut into rounds, sums are brought into the layout of the parameters. */
import { UserError } from '../../base/errors.ts';
import type { InkImages, LossAndGradient, Network } from '../engine.ts';
import { WORKS } from './cpu-helper.ts';
import { CAPACITY, CHUNK } from './memory-plan.ts';
import type { NetworkWorker, Work } from './network-worker.ts';

/** The memory of one network at a time, and what every thread made for it. */
export interface Room {
  readonly id: number;
  readonly memory: WebAssembly.Memory;
  readonly worker: NetworkWorker;
}

/** What the engine does for a network. */
export interface Rounds {
  readonly run: (work: Work, count: number, batch: number, prepare: () => void) => Promise<void>;
  readonly closed: () => void;
}

export class CpuNetwork implements Network {
  readonly #worker: NetworkWorker;
  readonly #rounds: Rounds;
  readonly #parameters: Float32Array;
  readonly #floats: Float32Array;
  readonly #bytes: Uint8Array;
  readonly #labels: Uint8Array;
  readonly #losses: Float64Array;
  readonly #cells: Float32Array;
  #prepared = false;
  #calling = false;
  #closed = false;

  constructor({ worker, memory }: Room, rounds: Rounds) {
    const { plan, geometry } = worker;
    const { buffer } = memory;
    this.#worker = worker;
    this.#rounds = rounds;
    this.#parameters = new Float32Array(buffer, plan.parameters, geometry.parameters);
    this.#floats = new Float32Array(buffer, plan.images, CAPACITY * geometry.side ** 2);
    this.#bytes = new Uint8Array(buffer, plan.images, CAPACITY * geometry.side ** 2);
    this.#labels = new Uint8Array(buffer, plan.labels, CAPACITY);
    this.#losses = new Float64Array(buffer, plan.losses, CAPACITY / CHUNK);
    this.#cells = new Float32Array(buffer, plan.cells, CAPACITY * geometry.mapSide ** 2);
  }

  lossAndGradient(flat: Float32Array, images: InkImages, labels: Uint8Array): Promise<LossAndGradient> {
    return this.#alone(() => this.#lossAndGradient(flat, images, labels));
  }

  cellContributions(flat: Float32Array, images: InkImages, count: number): Promise<Float32Array> {
    return this.#alone(() => this.#cellContributions(flat, images, count));
  }

  close(): void {
    if (!this.#closed && !this.#calling) this.#rounds.closed();
    this.#closed = true;
  }

  /**
   * One call at a time: what a second one computed would be taken for the first one's. A network that is closed meanwhile ends
   * with the call.
   */
  async #alone<T>(call: () => Promise<T>): Promise<T> {
    if (this.#calling) throw new Error('a network computes one call at a time');
    if (this.#closed) throw new Error('the network was closed');
    this.#calling = true;
    try {
      return await call();
    } finally {
      this.#calling = false;
      if (this.#closed) this.#rounds.closed();
    }
  }

  async #lossAndGradient(
    flat: Float32Array,
    images: InkImages,
    labels: Uint8Array,
  ): Promise<LossAndGradient> {
    const batch = labels.length;
    let loss = 0;
    let gradient: Float32Array | null = null;
    for (const { start, count } of this.#roundsOf(flat, images, batch)) {
      await this.#rounds.run(workFor('gradient', images), count, batch, () => {
        this.#prepare(flat);
        this.#fill(images, start, count);
        this.#labels.set(labels.subarray(start, start + count));
      });
      const chunks = Math.ceil(count / CHUNK);
      for (let i = 0; i < chunks; i++) loss += this.#losses[i]!;
      const part = this.#readGradient(chunks);
      if (gradient === null) gradient = part;
      else for (let i = 0; i < part.length; i++) gradient[i]! += part[i]!;
    }
    if (gradient === null) throw new Error('unreachable: an empty batch was refused');
    return { loss: loss / batch, gradient };
  }

  async #cellContributions(flat: Float32Array, images: InkImages, count: number): Promise<Float32Array> {
    const perImage = this.#worker.geometry.mapSide ** 2;
    const cells = new Float32Array(count * perImage);
    for (const round of this.#roundsOf(flat, images, count)) {
      await this.#rounds.run(workFor('cells', images), round.count, count, () => {
        this.#prepare(flat);
        this.#fill(images, round.start, round.count);
      });
      cells.set(this.#cells.subarray(0, round.count * perImage), round.start * perImage);
    }
    return cells;
  }

  /** Refuses what does not fit before any thread sees it. */
  *#roundsOf(
    flat: Float32Array,
    images: InkImages,
    count: number,
  ): Generator<{ start: number; count: number }> {
    const { side, parameters } = this.#worker.geometry;
    if (flat.length !== parameters) {
      throw new UserError(
        'bad-argument',
        `The network has ${parameters} parameters, not ${flat.length}.`,
        'parameters',
      );
    }
    if (count === 0) {
      throw new UserError('bad-argument', 'The batch is empty: give at least one image.', 'images');
    }
    if (images.length !== count * side ** 2) {
      throw new UserError(
        'bad-argument',
        `${count} images of ${side} × ${side} take ${count * side ** 2} values, not ${images.length}.`,
        'images',
      );
    }
    for (let start = 0; start < count; start += CAPACITY) {
      yield { start, count: Math.min(CAPACITY, count - start) };
    }
  }

  /** Only where the parameters are others than the last time: screening asks the same network again and again. */
  #prepare(flat: Float32Array): void {
    const held = this.#parameters;
    if (this.#prepared && held.every((value, i) => value === flat[i])) return;
    held.set(flat);
    this.#worker.prepare();
    this.#prepared = true;
  }

  #fill(images: InkImages, start: number, count: number): void {
    const size = this.#worker.geometry.side ** 2;
    const part = images.subarray(start * size, (start + count) * size);
    if (part instanceof Uint8Array) this.#bytes.set(part);
    else this.#floats.set(part);
  }

  /** Adds the chunks up and brings the sums into the layout of the parameters. */
  #readGradient(chunks: number): Float32Array {
    const { plan, geometry, kernels } = this.#worker;
    const { chunk, sums, gradient } = plan;
    kernels.addUp(sums, chunk.bytes, chunks, chunk.bytes / 4);
    for (const [index, { channelsIn, channelsOut, kernelOffset, biasOffset }] of geometry.layers.entries()) {
      const place = chunk.layers[index]!;
      const to = gradient + 4 * kernelOffset;
      if (channelsIn === 1) kernels.unpackFirstLayer(sums + place.kernel, to, channelsOut);
      else kernels.transpose(sums + place.kernel, to, channelsOut, 9 * channelsIn);
      this.#copy(sums + place.bias, gradient + 4 * biasOffset, channelsOut);
    }
    this.#copy(sums + chunk.fcKernel, gradient + 4 * geometry.fcKernelOffset, 2 * geometry.fcInputs);
    this.#copy(sums + chunk.fcBias, gradient + 4 * geometry.fcBiasOffset, 2);
    // A copy of its own: `slice` of a view on shared memory would be shared too.
    return new Float32Array(new Float32Array(this.#parameters.buffer, gradient, geometry.parameters));
  }

  #copy(from: number, to: number, floats: number): void {
    new Uint8Array(this.#parameters.buffer).copyWithin(to, from, from + 4 * floats);
  }
}

function workFor(result: Work['result'], images: InkImages): Work {
  const pixels = images instanceof Uint8Array ? 'bytes' : 'floats';
  const work = WORKS.find((each) => each.result === result && each.pixels === pixels);
  if (work === undefined) throw new Error(`no work gives ${result} of ${pixels}`);
  return work;
}
