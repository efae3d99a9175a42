import type { PoolSizes } from './window-sizes.ts';

/**
 * Gradient of a 2-D max pool, in plain numbers. tfjs-backend-wasm 4.22 has one that gives nothing back for a window whose
 * values are all negative; this one takes its place where our own kernels were not built.
 *
 * The first of equal values of a window takes its gradient.
 *
 * @param x Input, [batch, inHeight, inWidth, channels].
 * @param dy Gradient of the output, [batch, outHeight, outWidth, channels].
 * @param dx Overwritten, shaped like x.
 */
export function maxPoolGradient(x: Float32Array, dy: Float32Array, dx: Float32Array, s: PoolSizes): void {
  dx.fill(0);
  let at = 0;
  for (let image = 0; image < s.batch; image++) {
    for (let row = 0; row < s.outHeight; row++) {
      const top = row * s.strideHeight - s.padTop;
      const bottom = Math.min(top + s.filterHeight, s.inHeight);
      for (let column = 0; column < s.outWidth; column++) {
        const left = column * s.strideWidth - s.padLeft;
        const right = Math.min(left + s.filterWidth, s.inWidth);
        for (let channel = 0; channel < s.channels; channel++, at++) {
          let winner = -1;
          for (let r = Math.max(top, 0); r < bottom; r++) {
            for (let c = Math.max(left, 0); c < right; c++) {
              const index = ((image * s.inHeight + r) * s.inWidth + c) * s.channels + channel;
              if (winner < 0 || x[index]! > x[winner]!) winner = index;
            }
          }
          if (winner >= 0) dx[winner]! += dy[at]!;
        }
      }
    }
  }
}
