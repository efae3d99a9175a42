/**
 * Frames: for the gradients of any 2-D convolution, an image is laid into the rectangle that its windows cover, so that no
 * window has an edge. What the padding covers is zero; what no window sees is left out; channels may be widened, so that
 * the vector code needs no rest. All f32, [height][width][channels].
 */

/**
 * Copies an image into a frame whose other numbers are zero already.
 * @param top rows of padding above the image @param left columns of padding before it
 */
export function copyIntoFrame(
  image: usize, frame: usize, height: i32, width: i32, channels: i32,
  frameHeight: i32, frameWidth: i32, frameChannels: i32, top: i32, left: i32,
): void {
  const rows = min(height, frameHeight - top);
  const columns = min(width, frameWidth - left);
  if (columns <= 0) return;
  let to = frame + (<usize>((top * frameWidth + left) * frameChannels) << 2);
  for (let row = 0; row < rows; row++) {
    copyPixels(image, channels, to, frameChannels, channels, columns);
    image += <usize>(width * channels) << 2;
    to += <usize>(frameWidth * frameChannels) << 2;
  }
}

/** Reads an image back; pixels that lie outside the frame become zero. */
export function copyFromFrame(
  frame: usize, image: usize, height: i32, width: i32, channels: i32,
  frameHeight: i32, frameWidth: i32, frameChannels: i32, top: i32, left: i32,
): void {
  const rows = min(height, frameHeight - top);
  const columns = min(width, frameWidth - left);
  const rowBytes = <usize>(width * channels) << 2;
  if (rows < height || columns < width) memory.fill(image, 0, <usize>height * rowBytes);
  if (columns <= 0) return;
  let from = frame + (<usize>((top * frameWidth + left) * frameChannels) << 2);
  for (let row = 0; row < rows; row++) {
    copyPixels(from, frameChannels, image, channels, channels, columns);
    from += <usize>(frameWidth * frameChannels) << 2;
    image += rowBytes;
  }
}

/** Copies the first `channels` numbers of each of `count` pixels, which have fromChannels and toChannels numbers. */
export function copyPixels(
  from: usize, fromChannels: i32, to: usize, toChannels: i32, channels: i32, count: i32,
): void {
  if (fromChannels == toChannels && channels == toChannels) {
    memory.copy(to, from, <usize>(count * channels) << 2);
    return;
  }
  const bytes = <usize>channels << 2;
  for (let pixel = 0; pixel < count; pixel++) {
    for (let at: usize = 0; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += <usize>fromChannels << 2;
    to += <usize>toChannels << 2;
  }
}
