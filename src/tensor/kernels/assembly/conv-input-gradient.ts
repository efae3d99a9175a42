/**
 * Input gradient of any 2-D convolution without dilation: each output position adds, for each row of the filter,
 * filterWidth · channels numbers that lie side by side in the frame. Four positions × eight numbers stay in registers while the
 * output's channels go by, then are added to the frame one position after the other. `channels` are those of the frame: the
 * input's, widened to a multiple of 4, so that every vector belongs to one pixel.
 */

/**
 * Packs the filter once per call, as `addConvInputGradient` reads it.
 * @param filter [filterHeight][filterWidth][channelsIn][channelsOut]
 * @param packed written: per row of the filter, tiles of eight numbers and at most one of four, each [channelsOut][tile];
 *   filterHeight · filterWidth · channels · channelsOut floats
 */
export function packTurnedFilter(
  filter: usize, packed: usize, filterHeight: i32, filterWidth: i32, channelsIn: i32, channels: i32, channelsOut: i32,
): void {
  const span = filterWidth * channels;
  const outBytes = <usize>channelsOut << 2;
  for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
    for (let tile = 0; tile < span; tile += 8) {
      const wide = min(span - tile, 8);
      for (let lane = 0; lane < wide; lane++) {
        const column = (tile + lane) / channels;
        const channel = (tile + lane) % channels;
        const isReal = channel < channelsIn;
        let from = filter + <usize>(column * channelsIn + channel) * outBytes;
        let to = packed + (<usize>lane << 2);
        for (let out = 0; out < channelsOut; out++) {
          store<f32>(to, isReal ? load<f32>(from) : 0);
          from += 4;
          to += <usize>wide << 2;
        }
      }
      packed += <usize>wide * outBytes;
    }
    filter += <usize>(filterWidth * channelsIn) * outBytes;
  }
}

/**
 * Adds one image.
 * @param frame the gradient of the image in its frame (see frame.ts), zero at first
 * @param dy gradient of the output, [outHeight][outWidth][channelsOut]
 * @param packed from `packTurnedFilter`
 */
export function addConvInputGradient(
  frame: usize, dy: usize, packed: usize, frameWidth: i32, channels: i32, outHeight: i32, outWidth: i32, channelsOut: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  const rowBytes = <usize>(frameWidth * channels) << 2;
  const step = <usize>(strideWidth * channels) << 2;
  const nextRow = <usize>strideHeight * rowBytes - <usize>(outWidth - 1) * step;
  const outBytes = <usize>channelsOut << 2;
  const spanBytes = <usize>(filterWidth * channels) << 2;
  const filterRowBytes = spanBytes * <usize>channelsOut;
  const positions = outHeight * outWidth;
  let position = 0;
  let column = 0;
  let a = frame;
  for (; position + 4 <= positions; position += 4) {
    if (++column == outWidth) column = 0;
    const b = a + (column == 0 ? nextRow : step);
    if (++column == outWidth) column = 0;
    const c = b + (column == 0 ? nextRow : step);
    if (++column == outWidth) column = 0;
    const d = c + (column == 0 ? nextRow : step);
    let weights = packed;
    let row: usize = 0;
    for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
      let at = row;
      const end = row + spanBytes;
      for (; at + 32 <= end; at += 32) {
        spreadFourByEight(dy, outBytes, weights, a + at, b + at, c + at, d + at);
        weights += outBytes << 3;
      }
      if (at < end) {
        spreadFourByFour(dy, outBytes, weights, a + at, b + at, c + at, d + at);
        weights += outBytes << 2;
      }
      row += rowBytes;
    }
    dy += outBytes << 2;
    if (++column == outWidth) column = 0;
    a = d + (column == 0 ? nextRow : step);
  }
  for (; position < positions; position++) {
    let weights = packed;
    let row: usize = 0;
    for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
      spreadOne(dy, outBytes, weights, a + row, spanBytes);
      weights += filterRowBytes;
      row += rowBytes;
    }
    dy += outBytes;
    if (++column == outWidth) column = 0;
    a += column == 0 ? nextRow : step;
  }
}

// @ts-ignore: decorator
@inline
function spreadFourByEight(dy: usize, outBytes: usize, weights: usize, a: usize, b: usize, c: usize, d: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (const end = dy + outBytes; dy < end; dy += 4) {
    const w0 = v128.load(weights);
    const w1 = v128.load(weights, 16);
    const ga = v128.load32_splat(dy);
    a0 = f32x4.add(a0, f32x4.mul(ga, w0));
    a1 = f32x4.add(a1, f32x4.mul(ga, w1));
    const gb = v128.load32_splat(dy + outBytes);
    b0 = f32x4.add(b0, f32x4.mul(gb, w0));
    b1 = f32x4.add(b1, f32x4.mul(gb, w1));
    const gc = v128.load32_splat(dy + 2 * outBytes);
    c0 = f32x4.add(c0, f32x4.mul(gc, w0));
    c1 = f32x4.add(c1, f32x4.mul(gc, w1));
    const gd = v128.load32_splat(dy + 3 * outBytes);
    d0 = f32x4.add(d0, f32x4.mul(gd, w0));
    d1 = f32x4.add(d1, f32x4.mul(gd, w1));
    weights += 32;
  }
  addTo(a, a0);
  addTo(a + 16, a1);
  addTo(b, b0);
  addTo(b + 16, b1);
  addTo(c, c0);
  addTo(c + 16, c1);
  addTo(d, d0);
  addTo(d + 16, d1);
}

// @ts-ignore: decorator
@inline
function spreadFourByFour(dy: usize, outBytes: usize, weights: usize, a: usize, b: usize, c: usize, d: usize): void {
  let a0 = f32x4.splat(0), b0 = a0, c0 = a0, d0 = a0;
  for (const end = dy + outBytes; dy < end; dy += 4) {
    const w = v128.load(weights);
    a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(dy), w));
    b0 = f32x4.add(b0, f32x4.mul(v128.load32_splat(dy + outBytes), w));
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(dy + 2 * outBytes), w));
    d0 = f32x4.add(d0, f32x4.mul(v128.load32_splat(dy + 3 * outBytes), w));
    weights += 16;
  }
  addTo(a, a0);
  addTo(b, b0);
  addTo(c, c0);
  addTo(d, d0);
}

/** One position, one row of the filter: of the last one to three positions of an image. */
function spreadOne(dy: usize, outBytes: usize, weights: usize, to: usize, spanBytes: usize): void {
  const last = to + spanBytes;
  const end = dy + outBytes;
  while (to + 32 <= last) {
    let low = f32x4.splat(0), high = low;
    for (let at = dy; at < end; at += 4) {
      const gradient = v128.load32_splat(at);
      low = f32x4.add(low, f32x4.mul(gradient, v128.load(weights)));
      high = f32x4.add(high, f32x4.mul(gradient, v128.load(weights, 16)));
      weights += 32;
    }
    addTo(to, low);
    addTo(to + 16, high);
    to += 32;
  }
  if (to < last) {
    let low = f32x4.splat(0);
    for (let at = dy; at < end; at += 4) {
      low = f32x4.add(low, f32x4.mul(v128.load32_splat(at), v128.load(weights)));
      weights += 16;
    }
    addTo(to, low);
  }
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, values: v128): void {
  v128.store(to, f32x4.add(v128.load(to), values));
}
