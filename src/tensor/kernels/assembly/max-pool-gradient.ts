/**
 * Gradient of any 2-D max pool without dilation. The first of equal values of a window takes its gradient, also where all are
 * negative; what windows share adds up, in the order of the windows.
 */

/**
 * The whole batch.
 * @param x [batch][inHeight][inWidth][channels] @param dy [batch][outHeight][outWidth][channels]
 * @param dx written, shaped like x
 */
export function maxPoolGradient(
  x: usize, dy: usize, dx: usize, batch: i32, inHeight: i32, inWidth: i32, channels: i32, outHeight: i32, outWidth: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>inWidth * pixelBytes;
  const imageBytes = <usize>inHeight * rowBytes;
  for (let image = 0; image < batch; image++) {
    // One image at a time: it is still in the cache when its gradients are added.
    memory.fill(dx, 0, imageBytes);
    for (let row = 0; row < outHeight; row++) {
      const firstRow = max(row * strideHeight - top, 0);
      const rows = min(row * strideHeight - top + filterHeight, inHeight) - firstRow;
      for (let column = 0; column < outWidth; column++) {
        const firstColumn = max(column * strideWidth - left, 0);
        const columns = min(column * strideWidth - left + filterWidth, inWidth) - firstColumn;
        if (rows > 0 && columns > 0) {
          const at = <usize>firstRow * rowBytes + <usize>firstColumn * pixelBytes;
          passWindow(x + at, dy, dx + at, rows, <usize>columns * pixelBytes, rowBytes, pixelBytes);
        }
        dy += pixelBytes;
      }
    }
    x += imageBytes;
    dx += imageBytes;
  }
}

/**
 * One window: x and dx begin at its first pixel, dy at its gradient. Channels go by in fours; the last four of a number that
 * is no multiple of four are looked at together, and those that had their turn already pass nothing on.
 */
function passWindow(
  x: usize, dy: usize, dx: usize, rows: i32, spanBytes: usize, rowBytes: usize, pixelBytes: usize,
): void {
  if (pixelBytes < 16) {
    for (let channel: usize = 0; channel < pixelBytes; channel += 4) {
      passChannel(x + channel, dy + channel, dx + channel, rows, spanBytes, rowBytes, pixelBytes);
    }
    return;
  }
  let channel: usize = 0;
  for (; channel + 16 <= pixelBytes; channel += 16) {
    const winner = findWinners(x + channel, rows, spanBytes, rowBytes, pixelBytes);
    const to = dx + channel;
    const gradient = v128.load(dy + channel);
    give(to + <usize>i32x4.extract_lane(winner, 0), f32x4.extract_lane(gradient, 0));
    give(to + <usize>i32x4.extract_lane(winner, 1) + 4, f32x4.extract_lane(gradient, 1));
    give(to + <usize>i32x4.extract_lane(winner, 2) + 8, f32x4.extract_lane(gradient, 2));
    give(to + <usize>i32x4.extract_lane(winner, 3) + 12, f32x4.extract_lane(gradient, 3));
  }
  const rest = pixelBytes - channel;
  if (rest == 0) return;
  channel = pixelBytes - 16;
  const winner = findWinners(x + channel, rows, spanBytes, rowBytes, pixelBytes);
  const to = dx + channel;
  const gradient = v128.load(dy + channel);
  if (rest == 12) give(to + <usize>i32x4.extract_lane(winner, 1) + 4, f32x4.extract_lane(gradient, 1));
  if (rest >= 8) give(to + <usize>i32x4.extract_lane(winner, 2) + 8, f32x4.extract_lane(gradient, 2));
  give(to + <usize>i32x4.extract_lane(winner, 3) + 12, f32x4.extract_lane(gradient, 3));
}

/** Four channels: bytes from the window's first pixel to the pixel that wins. */
// @ts-ignore: decorator
@inline
function findWinners(x: usize, rows: i32, spanBytes: usize, rowBytes: usize, pixelBytes: usize): v128 {
  let best = v128.load(x);
  let winner = i32x4.splat(0);
  let start: usize = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = start, end = start + spanBytes; at < end; at += pixelBytes) {
      const value = v128.load(x + at);
      const isBetter = f32x4.gt(value, best);
      best = v128.bitselect(value, best, isBetter);
      winner = v128.bitselect(i32x4.splat(<i32>at), winner, isBetter);
    }
    start += rowBytes;
  }
  return winner;
}

// @ts-ignore: decorator
@inline
function passChannel(
  x: usize, dy: usize, dx: usize, rows: i32, spanBytes: usize, rowBytes: usize, pixelBytes: usize,
): void {
  let best = load<f32>(x);
  let winner: usize = 0;
  let start: usize = 0;
  for (let row = 0; row < rows; row++) {
    for (let at = start, end = start + spanBytes; at < end; at += pixelBytes) {
      const value = load<f32>(x + at);
      if (value > best) {
        best = value;
        winner = at;
      }
    }
    start += rowBytes;
  }
  give(dx + winner, load<f32>(dy));
}

// @ts-ignore: decorator
@inline
function give(to: usize, gradient: f32): void {
  store<f32>(to, load<f32>(to) + gradient);
}
