/** What one thread does for a network: chunks of a batch, each by itself. The leader and its helpers run the same code. */
import type { NetworkShape } from '../engine.ts';
import { instantiateKernels, type KernelExports } from '../kernels/kernel-exports.ts';
import { blankPageOf, geometryOf, type Geometry } from './geometry.ts';
import { ImagePasses, prepareBlank, prepareWeights } from './image-passes.ts';
import { CHUNK, planMemory, type MemoryPlan } from './memory-plan.ts';

/** What every thread needs to take part in a network. Can be sent to it as it is. */
export interface SharedNetwork {
  readonly shape: NetworkShape;
  /** Threads that have scratch in the memory. */
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
}

/** What is asked for, of images in which form. */
export interface Work {
  readonly result: 'gradient' | 'cells';
  readonly pixels: 'floats' | 'bytes';
}

export class NetworkWorker {
  readonly geometry: Geometry;
  readonly plan: MemoryPlan;
  readonly kernels: KernelExports;
  readonly #buffer: SharedArrayBuffer;
  readonly #passes: ImagePasses;
  readonly #scratch: MemoryPlan['threads'][number];
  readonly #prepareBlank: () => void;
  readonly #labels: Uint8Array;
  readonly #logits: Float32Array;
  readonly #fcBias: Float32Array;
  readonly #losses: Float64Array;
  readonly #generation: Int32Array;
  /** That of the parameters whose answers of an empty page this thread's scratch holds. */
  #seen = 0;

  /** @param thread Number of this thread, from 0. */
  constructor(module: WebAssembly.Module, network: SharedNetwork, thread: number) {
    const { shape, threads, memory } = network;
    const blank = blankPageOf(shape);
    const geometry = geometryOf(shape);
    const plan = planMemory(geometry, blank, threads);
    const buffer = memory.buffer as unknown as SharedArrayBuffer;
    const kernels = instantiateKernels(module, memory);
    const scratch = plan.threads[thread];
    if (scratch === undefined) throw new RangeError(`thread ${thread} of ${threads}`);
    this.geometry = geometry;
    this.plan = plan;
    this.kernels = kernels;
    this.#buffer = buffer;
    this.#scratch = scratch;
    this.#passes = new ImagePasses(kernels, plan, geometry, scratch, blank !== null);
    this.#prepareBlank = () => undefined;
    if (blank !== null && plan.blankPage !== null) {
      const from = plan.blankPage;
      const page = new ImagePasses(kernels, plan, blank, from, false);
      this.#prepareBlank = () => prepareBlank(buffer, page, blank, from, plan.weights);
    }
    this.#labels = new Uint8Array(buffer, plan.labels);
    this.#logits = new Float32Array(buffer, scratch.logits, 2);
    this.#fcBias = new Float32Array(buffer, plan.parameters + 4 * geometry.fcBiasOffset, 2);
    this.#losses = new Float64Array(buffer, plan.losses);
    this.#generation = new Int32Array(buffer, plan.generation, 1);
  }

  /** Once per set of parameters, by one thread: what all of them read of the parameters. */
  prepare(): void {
    const { geometry, plan } = this;
    Atomics.add(this.#generation, 0, 1);
    prepareWeights(this.kernels, plan, geometry);
    this.#prepareBlank();
    const kernel = new Float32Array(this.#buffer, plan.parameters + 4 * geometry.fcKernelOffset);
    const difference = new Float32Array(this.#buffer, plan.fcDifference, geometry.fcInputs);
    for (let i = 0; i < difference.length; i++) difference[i] = kernel[2 * i + 1]! - kernel[2 * i]!;
  }

  /** @param index Of the chunk for gradients, of the image for cells. @param count Images of the round. @param batch Images of the whole batch. */
  run(work: Work, index: number, count: number, batch: number): void {
    const generation = Atomics.load(this.#generation, 0);
    if (generation !== this.#seen) this.#passes.forgetBlank(this.#buffer);
    this.#seen = generation;
    if (work.result === 'cells') this.#weighCells(index, work);
    else this.#addGradients(index, count, batch, work);
  }

  #forward(image: number, { pixels }: Work): void {
    const bytes = (pixels === 'floats' ? 4 : 1) * this.geometry.side ** 2;
    this.#passes.forward(this.plan.images + image * bytes, pixels);
  }

  #weighCells(image: number, work: Work): void {
    const { mapSide, mapChannels } = this.geometry;
    const cells = mapSide ** 2;
    this.#forward(image, work);
    this.kernels.weighCells(
      ...[this.#scratch.map, this.plan.fcDifference, this.plan.cells + 4 * image * cells],
      ...[cells, mapChannels],
    );
  }

  /** Sums of gradients and losses of one chunk; the gradients are already those of the mean over the batch. */
  #addGradients(index: number, count: number, batch: number, work: Work): void {
    const { plan, geometry, kernels } = this;
    const { chunk } = plan;
    const { map, dMap, logits } = this.#scratch;
    const sums = plan.sums + index * chunk.bytes;
    const fcKernel = plan.parameters + 4 * geometry.fcKernelOffset;
    new Uint8Array(this.#buffer, sums, chunk.bytes).fill(0);
    const dBias = new Float32Array(this.#buffer, sums + chunk.fcBias, 2);
    let loss = 0;
    for (let image = index * CHUNK; image < Math.min(count, (index + 1) * CHUNK); image++) {
      this.#forward(image, work);
      kernels.fcForward(map, fcKernel, geometry.fcInputs, logits);
      const [first, second] = [this.#logits[0]! + this.#fcBias[0]!, this.#logits[1]! + this.#fcBias[1]!];
      const label = this.#labels[image]!;
      // Softmax over two classes is the logistic function of their difference.
      const margin = label === 1 ? second - first : first - second;
      loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
      const slope = 1 / (1 + Math.exp(margin)) / batch;
      const [g0, g1] = label === 1 ? [slope, -slope] : [-slope, slope];
      dBias[0]! += g0;
      dBias[1]! += g1;
      kernels.fcBackward(map, fcKernel, g0, g1, dMap, sums + chunk.fcKernel, geometry.fcInputs);
      this.#passes.backward(sums, chunk);
    }
    this.#losses[index] = loss;
  }
}
