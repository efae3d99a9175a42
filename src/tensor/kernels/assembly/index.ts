/**
 * Kernels of the convolution block, and of the way back through any convolution and max pool, f32. Every argument named after
 * an array is an address in an imported memory: that of tfjs-backend-wasm, or one that the threads of our own engine share.
 * The module has no memory, data or heap of its own.
 */
import { addFilterGradient } from './filter-gradient';
import { addFirstLayerGradient } from './first-layer-gradient';
import { buildLists } from './gradient-lists';
import { addInputGradient } from './input-gradient';

export { fillBlank, listWindows, markBlankPixels, markBlankWindows } from './blank';
export { addBlankToBias, unpackFirstLayer } from './first-layer-gradient';
export { addConvFilterGradient, collectFilterGradient } from './conv-filter-gradient';
export { addConvInputGradient, packTurnedFilter } from './conv-input-gradient';
export { forward } from './forward';
export { copyFromFrame, copyIntoFrame, copyPixels } from './frame';
export { addUp, fcBackward, fcForward, weighCells } from './fully-connected';
export { maxPoolGradient } from './max-pool-gradient';
export { copyIn, copyInBytes, copyOut } from './padding';
export { sumRows } from './row-sum';
export { packWeights, transpose } from './weights';
export { twoColumnsInputGradient, twoColumnsWeightGradient } from './two-columns';
export { winogradForward } from './winograd';
export { winogradWeights } from './winograd-weights';

/**
 * Gradients of one block for one image.
 *
 * @param padded the bordered input image, with 8 bytes to spare behind it
 * @param dy gradient of the output, rows dyRowBytes apart
 * @param blank windows that are left out, see `buildLists`; or 0
 * @param dPadded gradient of the bordered input image, overwritten; 0 when it is not wanted, as for the first layer
 * @param sums of the kernel's gradient, added to: [channelsOut][9 · channelsIn], or [channelsOut][3][4] for one channel
 * @param biasSums [channelsOut], added to
 * @param turned the kernel as [channelsOut][9 · channelsIn]; unused without dPadded
 * @param lists scratch, channelsOut · (⌊height/2⌋ · ⌊width/2⌋ + 1) · 8 bytes
 * @param ends scratch, channelsOut u32
 * @param alive scratch, see `buildLists`
 */
export function backward(
  padded: usize, dy: usize, dyRowBytes: usize, choice: usize, blank: usize, dPadded: usize,
  sums: usize, biasSums: usize, turned: usize, lists: usize, ends: usize, alive: usize,
  height: i32, width: i32, channelsIn: i32, channelsOut: i32,
): void {
  buildLists(dy, dyRowBytes, choice, blank, lists, ends, alive, height, width, channelsIn, channelsOut);
  if (channelsIn == 1) {
    addFirstLayerGradient(padded, lists, ends, sums, biasSums, height, width, channelsOut);
  } else {
    addFilterGradient(padded, lists, ends, sums, biasSums, height, width, channelsIn, channelsOut);
  }
  if (dPadded != 0) {
    memory.fill(dPadded, 0, <usize>((height + 2) * (width + 2) * channelsIn) << 2);
    addInputGradient(dPadded, lists, ends, turned, height, width, channelsIn, channelsOut);
  }
}
