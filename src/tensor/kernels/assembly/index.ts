/**
 * Kernels of the convolution block, f32, on memory that belongs to tfjs-backend-wasm: every argument named after a tensor is
 * an address in it. The module has no memory, data or heap of its own.
 */
import { addFilterGradient } from './filter-gradient';
import { addFirstLayerGradient } from './first-layer-gradient';
import { buildLists } from './gradient-lists';
import { addInputGradient } from './input-gradient';
import { copyIn, copyOut, paddedRowBytes } from './padding';
import { transpose } from './weights';

export { forward } from './forward';
export { packWeights, transpose } from './weights';
export { twoColumnsInputGradient, twoColumnsWeightGradient } from './two-columns';
export { winogradForward } from './winograd';
export { winogradWeights } from './winograd-weights';

/**
 * Gradients of one block for a whole batch, images in order.
 *
 * @param dx written like x; 0 when it is not wanted, as for the first layer
 * @param dKernel written, [9 · channelsIn][channelsOut]
 * @param dBias written, [channelsOut]
 * @param turned the kernel as [channelsOut][9 · channelsIn]; unused without dx
 * @param padded scratch, (height + 2) · (width + 2) · channelsIn floats
 * @param lists scratch, channelsOut · (⌊height/2⌋ · ⌊width/2⌋ + 1) · 8 bytes
 * @param ends scratch, channelsOut u32
 * @param sums scratch, 9 · channelsIn · channelsOut floats
 */
export function backward(
  x: usize,
  dy: usize,
  choice: usize,
  dx: usize,
  dKernel: usize,
  dBias: usize,
  turned: usize,
  padded: usize,
  lists: usize,
  ends: usize,
  sums: usize,
  count: i32,
  height: i32,
  width: i32,
  channelsIn: i32,
  channelsOut: i32,
): void {
  const taps = 9 * channelsIn;
  const imageBytes = (<usize>(height * width * channelsIn)) << 2;
  const values = <usize>((height >> 1) * (width >> 1) * channelsOut);
  const paddedBytes = <usize>(height + 2) * paddedRowBytes(width, channelsIn);
  memory.fill(sums, 0, (<usize>(taps * channelsOut)) << 2);
  memory.fill(dBias, 0, (<usize>channelsOut) << 2);
  memory.fill(padded, 0, paddedBytes);
  for (let image = 0; image < count; image++) {
    copyIn(x, padded, height, width, channelsIn);
    if (channelsIn > 1 || dx != 0) {
      buildLists(dy, choice, lists, ends, height, width, channelsIn, channelsOut);
    }
    if (channelsIn == 1) {
      addFirstLayerGradient(padded, dy, choice, sums, dBias, height, width, channelsOut);
    } else {
      addFilterGradient(padded, lists, ends, sums, dBias, height, width, channelsIn, channelsOut);
    }
    if (dx != 0) {
      memory.fill(padded, 0, paddedBytes);
      addInputGradient(padded, lists, ends, turned, height, width, channelsIn, channelsOut);
      copyOut(padded, dx, height, width, channelsIn);
      memory.fill(padded, 0, paddedBytes);
      dx += imageBytes;
    }
    x += imageBytes;
    dy += values << 2;
    choice += values;
  }
  if (channelsIn == 1) memory.copy(dKernel, sums, (<usize>(taps * channelsOut)) << 2);
  else transpose(sums, dKernel, channelsOut, taps);
}
