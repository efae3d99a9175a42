/** The whole network by its definition, in double precision where sums are made, and problems to try it on. */
import { Rng } from '../../../../src/base/rng.ts';
import { geometryOf } from '../../../../src/tensor/cpu/geometry.ts';
import type { NetworkShape } from '../../../../src/tensor/engine.ts';
import { slowBlock } from '../slow-block.ts';

export interface NetworkProblem {
  readonly shape: NetworkShape;
  readonly flat: Float32Array;
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

/** What is in the pictures: everywhere noise, a few strokes on blank paper, or nothing at all. */
export type Paper = 'noise' | 'strokes' | 'empty';

export function randomNetwork(
  shape: NetworkShape,
  count: number,
  paper: Paper,
  seed: string,
): NetworkProblem {
  const rng = new Rng(seed);
  const { parameters, layers, fcKernelOffset } = geometryOf(shape);
  const flat = Float32Array.from({ length: parameters }, () => 0.1 * rng.normal());
  for (const { kernelOffset, biasOffset, channelsIn } of layers) {
    const deviation = Math.sqrt(2 / (9 * channelsIn));
    for (let i = kernelOffset; i < biasOffset; i++) flat[i] = deviation * rng.normal();
  }
  for (let i = fcKernelOffset; i < parameters; i++) flat[i] = 0.02 * rng.normal();
  const { inputSide: side } = shape;
  const images = new Float32Array(count * side * side);
  for (let n = 0; n < count && paper !== 'empty'; n++) {
    const image = images.subarray(n * side * side, (n + 1) * side * side);
    if (paper === 'noise') for (let i = 0; i < image.length; i++) image[i] = rng.next();
    else drawStroke(image, side, rng);
  }
  return { shape, flat, images, labels: Uint8Array.from({ length: count }, () => rng.int(2)) };
}

/** A line of uneven ink from one random place to another, sometimes along the very border. */
function drawStroke(image: Float32Array, side: number, rng: Rng): void {
  const [x0, y0, x1, y1] = [rng.int(side), rng.int(side), rng.int(side), rng.chance(0.3) ? 0 : rng.int(side)];
  const steps = 2 * side;
  for (let i = 0; i <= steps; i++) {
    const x = Math.round(x0 + ((x1 - x0) * i) / steps);
    const y = Math.round(y0 + ((y1 - y0) * i) / steps);
    image[y * side + x] = 0.2 + 0.8 * rng.next();
  }
}

export interface NetworkAnswer {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** [count][mapSide²] */
  readonly cells: Float64Array;
}

export function slowNetwork({ shape, flat, images, labels }: NetworkProblem): NetworkAnswer {
  const { layers, fcInputs, fcKernelOffset, fcBiasOffset, mapChannels, parameters } = geometryOf(shape);
  const gradient = new Float64Array(parameters);
  const cells = new Float64Array((labels.length * fcInputs) / mapChannels);
  const pixels = shape.inputSide ** 2;
  let loss = 0;
  for (const [n, label] of labels.entries()) {
    const blocks = layers.map(({ side, channelsIn, channelsOut, kernelOffset, biasOffset }) => ({
      count: 1,
      ...{ height: side, width: side, channelsIn, channelsOut },
      kernel: flat.subarray(kernelOffset, biasOffset),
      bias: flat.subarray(biasOffset, biasOffset + channelsOut),
    }));
    // slowBlock computes in double precision, but hands single precision on, as the kernels store it.
    const inputs = [images.subarray(n * pixels, (n + 1) * pixels)];
    for (const block of blocks) {
      const values = new Float32Array((block.height / 2) ** 2 * block.channelsOut);
      inputs.push(Float32Array.from(slowBlock({ ...block, x: inputs.at(-1)!, dy: values }).y));
    }
    const map = inputs.pop()!;
    const logits = [0, 1].map((c) =>
      map.reduce((sum, x, i) => sum + x * flat[fcKernelOffset + 2 * i + c]!, flat[fcBiasOffset + c]!),
    ) as [number, number];
    const logSum = Math.log(Math.exp(logits[0]) + Math.exp(logits[1]));
    loss += (logSum - logits[label]!) / labels.length;
    const slopes = logits.map(
      (logit, c) => (Math.exp(logit - logSum) - (c === label ? 1 : 0)) / labels.length,
    );
    const dMap = new Float64Array(fcInputs);
    for (let i = 0; i < fcInputs; i++) {
      for (const [c, slope] of slopes.entries()) {
        gradient[fcKernelOffset + 2 * i + c]! += slope * map[i]!;
        dMap[i]! += slope * flat[fcKernelOffset + 2 * i + c]!;
      }
      const difference = flat[fcKernelOffset + 2 * i + 1]! - flat[fcKernelOffset + 2 * i]!;
      cells[Math.floor((n * fcInputs + i) / mapChannels)]! += map[i]! * difference;
    }
    for (const [c, slope] of slopes.entries()) gradient[fcBiasOffset + c]! += slope;
    let dy: Float64Array = dMap;
    for (const [index, block] of [...blocks.entries()].reverse()) {
      const answer = slowBlock({ ...block, x: inputs[index]!, dy: Float32Array.from(dy) });
      const { kernelOffset, biasOffset } = layers[index]!;
      answer.dKernel.forEach((value, i) => (gradient[kernelOffset + i]! += value));
      answer.dBias.forEach((value, i) => (gradient[biasOffset + i]! += value));
      dy = answer.dx;
    }
  }
  return { loss, gradient, cells };
}
