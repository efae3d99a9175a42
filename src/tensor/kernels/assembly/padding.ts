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
