/**
 * Input gradient from lists: each surviving gradient adds its 3×3 weights into the bordered image. The weights of one tap
 * row stay in registers while a channel's list goes by.
 */
import { listStride } from './gradient-lists';
import { paddedRowBytes } from './padding';

/**
 * Adds one image.
 * @param padded the bordered gradient image, zero at first
 * @param weights [channelsOut][9 · channelsIn]
 */
export function addInputGradient(
  padded: usize,
  lists: usize,
  ends: usize,
  weights: usize,
  height: i32,
  width: i32,
  channelsIn: i32,
  channelsOut: i32,
): void {
  const rowBytes = paddedRowBytes(width, channelsIn);
  const listBytes = listStride(height, width);
  for (let channel = 0; channel < channelsOut; channel++) {
    const end = <usize>load<u32>(ends + ((<usize>channel) << 2));
    for (let tapRow: usize = 0; tapRow < 3; tapRow++) {
      let target = padded + tapRow * rowBytes;
      let left = 3 * channelsIn;
      for (; left >= 48; left -= 48) {
        spreadTwelve(lists, end, target, weights);
        target += 192;
        weights += 192;
      }
      for (; left >= 24; left -= 24) {
        spreadSix(lists, end, target, weights);
        target += 96;
        weights += 96;
      }
      for (; left >= 12; left -= 12) {
        spreadThree(lists, end, target, weights);
        target += 48;
        weights += 48;
      }
      for (; left > 0; left--) {
        spreadOne(lists, end, target, weights);
        target += 4;
        weights += 4;
      }
    }
    lists += listBytes;
  }
}

function spreadTwelve(pair: usize, end: usize, target: usize, weights: usize): void {
  const w0 = v128.load(weights);
  const w1 = v128.load(weights, 16);
  const w2 = v128.load(weights, 32);
  const w3 = v128.load(weights, 48);
  const w4 = v128.load(weights, 64);
  const w5 = v128.load(weights, 80);
  const w6 = v128.load(weights, 96);
  const w7 = v128.load(weights, 112);
  const w8 = v128.load(weights, 128);
  const w9 = v128.load(weights, 144);
  const w10 = v128.load(weights, 160);
  const w11 = v128.load(weights, 176);
  for (; pair < end; pair += 8) {
    const to = target + <usize>load<u32>(pair);
    const gradient = v128.load32_splat(pair, 4);
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(gradient, w0)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(gradient, w1)), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(gradient, w2)), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), f32x4.mul(gradient, w3)), 48);
    v128.store(to, f32x4.add(v128.load(to, 64), f32x4.mul(gradient, w4)), 64);
    v128.store(to, f32x4.add(v128.load(to, 80), f32x4.mul(gradient, w5)), 80);
    v128.store(to, f32x4.add(v128.load(to, 96), f32x4.mul(gradient, w6)), 96);
    v128.store(to, f32x4.add(v128.load(to, 112), f32x4.mul(gradient, w7)), 112);
    v128.store(to, f32x4.add(v128.load(to, 128), f32x4.mul(gradient, w8)), 128);
    v128.store(to, f32x4.add(v128.load(to, 144), f32x4.mul(gradient, w9)), 144);
    v128.store(to, f32x4.add(v128.load(to, 160), f32x4.mul(gradient, w10)), 160);
    v128.store(to, f32x4.add(v128.load(to, 176), f32x4.mul(gradient, w11)), 176);
  }
}

function spreadSix(pair: usize, end: usize, target: usize, weights: usize): void {
  const w0 = v128.load(weights);
  const w1 = v128.load(weights, 16);
  const w2 = v128.load(weights, 32);
  const w3 = v128.load(weights, 48);
  const w4 = v128.load(weights, 64);
  const w5 = v128.load(weights, 80);
  for (; pair < end; pair += 8) {
    const to = target + <usize>load<u32>(pair);
    const gradient = v128.load32_splat(pair, 4);
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(gradient, w0)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(gradient, w1)), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(gradient, w2)), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), f32x4.mul(gradient, w3)), 48);
    v128.store(to, f32x4.add(v128.load(to, 64), f32x4.mul(gradient, w4)), 64);
    v128.store(to, f32x4.add(v128.load(to, 80), f32x4.mul(gradient, w5)), 80);
  }
}

function spreadThree(pair: usize, end: usize, target: usize, weights: usize): void {
  const w0 = v128.load(weights);
  const w1 = v128.load(weights, 16);
  const w2 = v128.load(weights, 32);
  for (; pair < end; pair += 8) {
    const to = target + <usize>load<u32>(pair);
    const gradient = v128.load32_splat(pair, 4);
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(gradient, w0)));
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(gradient, w1)), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(gradient, w2)), 32);
  }
}

function spreadOne(pair: usize, end: usize, target: usize, weights: usize): void {
  const weight = load<f32>(weights);
  for (; pair < end; pair += 8) {
    const to = target + <usize>load<u32>(pair);
    store<f32>(to, load<f32>(to) + load<f32>(pair, 4) * weight);
  }
}
