/** Copies between a plain image and one with a border of one zero pixel, both [height][width][channels] of f32. */

/** Bytes of one row of the bordered image. */
// @ts-ignore: decorator
@inline
export function paddedRowBytes(width: i32, channels: i32): usize {
  return <usize>((width + 2) * channels) << 2;
}

/** Fills the inside of `padded`; its border must be zero already. */
export function copyIn(image: usize, padded: usize, height: i32, width: i32, channels: i32): void {
  const rowBytes = <usize>(width * channels) << 2;
  const stride = paddedRowBytes(width, channels);
  let to = padded + stride + (<usize>channels << 2);
  for (let row = 0; row < height; row++) {
    memory.copy(to, image, rowBytes);
    image += rowBytes;
    to += stride;
  }
}

/** `copyIn` of one channel from bytes: each becomes byte / 255, as single precision rounds it. */
export function copyInBytes(image: usize, padded: usize, height: i32, width: i32): void {
  const stride = paddedRowBytes(width, 1);
  const full = f32x4.splat(255);
  let to = padded + stride + 4;
  for (let row = 0; row < height; row++) {
    let column = 0;
    for (; column + 4 <= width; column += 4) {
      const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(image)));
      v128.store(to + (<usize>column << 2), f32x4.div(f32x4.convert_i32x4_u(words), full));
      image += 4;
    }
    for (; column < width; column++) store<f32>(to + (<usize>column << 2), <f32>load<u8>(image++) / 255);
    to += stride;
  }
}

/** Reads the inside of `padded`. */
export function copyOut(padded: usize, image: usize, height: i32, width: i32, channels: i32): void {
  const rowBytes = <usize>(width * channels) << 2;
  const stride = paddedRowBytes(width, channels);
  let from = padded + stride + (<usize>channels << 2);
  for (let row = 0; row < height; row++) {
    memory.copy(image, from, rowBytes);
    image += rowBytes;
    from += stride;
  }
}
