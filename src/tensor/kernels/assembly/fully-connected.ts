/** The fully connected layer with two outputs, one image at a time: the kernel is [inputs][2], inputs a multiple of 4. */

/** Dot products of x with both columns; written to `out`, two floats, bias not added. */
export function fcForward(x: usize, kernel: usize, inputs: i32, out: usize): void {
  let s0 = f32x4.splat(0), s1 = s0;
  for (const end = x + (<usize>inputs << 2); x < end; x += 16) {
    const values = v128.load(x);
    s0 = f32x4.add(s0, f32x4.mul(v128.shuffle<f32>(values, values, 0, 0, 1, 1), v128.load(kernel)));
    s1 = f32x4.add(s1, f32x4.mul(v128.shuffle<f32>(values, values, 2, 2, 3, 3), v128.load(kernel, 16)));
    kernel += 32;
  }
  const sum = f32x4.add(s0, s1);
  const folded = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  v128.store64_lane(out, folded, 0);
}

/**
 * The way back of one image.
 * @param g0 gradient of the first logit @param g1 of the second
 * @param dx written, [inputs]
 * @param dKernel [inputs][2], added to
 */
export function fcBackward(x: usize, kernel: usize, g0: f32, g1: f32, dx: usize, dKernel: usize, inputs: i32): void {
  const first = f32x4.splat(g0);
  const second = f32x4.splat(g1);
  const both = v128.shuffle<f32>(first, second, 0, 4, 1, 5);
  for (const end = x + (<usize>inputs << 2); x < end; x += 16) {
    const low = v128.load(kernel);
    const high = v128.load(kernel, 16);
    const column0 = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
    const column1 = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    v128.store(dx, f32x4.add(f32x4.mul(first, column0), f32x4.mul(second, column1)));
    const values = v128.load(x);
    const lower = f32x4.mul(both, v128.shuffle<f32>(values, values, 0, 0, 1, 1));
    const upper = f32x4.mul(both, v128.shuffle<f32>(values, values, 2, 2, 3, 3));
    v128.store(dKernel, f32x4.add(v128.load(dKernel), lower));
    v128.store(dKernel, f32x4.add(v128.load(dKernel, 16), upper), 16);
    kernel += 32;
    dKernel += 32;
    dx += 16;
  }
}

/** For each of `cells` cells: Σ over channels of map · difference; channels is a multiple of 4. */
export function weighCells(map: usize, difference: usize, out: usize, cells: i32, channels: i32): void {
  const bytes = <usize>channels << 2;
  for (let cell = 0; cell < cells; cell++) {
    let sum = f32x4.splat(0);
    for (const end = map + bytes; map < end; map += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(map), v128.load(difference)));
      difference += 16;
    }
    const half = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
    store<f32>(out, f32x4.extract_lane(half, 0) + f32x4.extract_lane(half, 1));
    out += 4;
  }
}

/** Adds `count` arrays of `length` floats, `stride` bytes apart, in their order, onto the first; length is a multiple of 4. */
export function addUp(arrays: usize, stride: usize, count: i32, length: i32): void {
  for (let at: usize = 0; at < <usize>length << 2; at += 16) {
    let sum = v128.load(arrays + at);
    for (let i = 1; i < count; i++) sum = f32x4.add(sum, v128.load(arrays + <usize>i * stride + at));
    v128.store(arrays + at, sum);
  }
}
