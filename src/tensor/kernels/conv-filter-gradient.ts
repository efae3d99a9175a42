import type { ConvSizes } from './window-sizes.ts';

/**
 * Gradient of a 2-D convolution with respect to its filter, in plain numbers: slow, easy to check, any stride and padding.
 * tfjs-backend-wasm 4.22 has no such kernel, so that training throws without one. It is the way where our own kernels were
 * not built.
 *
 * @param x Input, [batch, inHeight, inWidth, inChannels].
 * @param dy Gradient of the output, [batch, outHeight, outWidth, outChannels].
 * @param out Overwritten: [filterHeight, filterWidth, inChannels, outChannels].
 */
export function convFilterGradient(x: Float32Array, dy: Float32Array, out: Float32Array, s: ConvSizes): void {
  const sums = new Float64Array(s.outChannels);
  for (let kernelRow = 0; kernelRow < s.filterHeight; kernelRow++) {
    for (let kernelColumn = 0; kernelColumn < s.filterWidth; kernelColumn++) {
      for (let inChannel = 0; inChannel < s.inChannels; inChannel++) {
        sums.fill(0);
        for (let image = 0; image < s.batch; image++) {
          for (let row = 0; row < s.outHeight; row++) {
            const inRow = row * s.strideHeight + kernelRow - s.padTop;
            if (inRow < 0 || inRow >= s.inHeight) continue;
            for (let column = 0; column < s.outWidth; column++) {
              const inColumn = column * s.strideWidth + kernelColumn - s.padLeft;
              if (inColumn < 0 || inColumn >= s.inWidth) continue;
              const value =
                x[((image * s.inHeight + inRow) * s.inWidth + inColumn) * s.inChannels + inChannel]!;
              if (value === 0) continue;
              const from = ((image * s.outHeight + row) * s.outWidth + column) * s.outChannels;
              for (let c = 0; c < s.outChannels; c++) sums[c]! += value * dy[from + c]!;
            }
          }
        }
        out.set(
          sums,
          ((kernelRow * s.filterWidth + kernelColumn) * s.inChannels + inChannel) * s.outChannels,
        );
      }
    }
  }
}
