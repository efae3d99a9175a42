/**
 * Weight gradient from lists: for each surviving gradient, add it times the contiguous floats of one tap row
 * (3 pixels · channelsIn). Fixed order: images, then windows row by row. 12, 6 or 3 vectors stay in registers; what is left over
 * where channelsIn is no multiple of 4 goes one by one.
 */
import { listStride } from './gradient-lists';
import { paddedRowBytes } from './padding';

/**
 * Adds one image.
 * @param padded the bordered input image
 * @param sums [channelsOut][9 · channelsIn], added to
 * @param biasSums [channelsOut], added to
 */
export function addFilterGradient(
  padded: usize,
  lists: usize,
  ends: usize,
  sums: usize,
  biasSums: usize,
  height: i32,
  width: i32,
  channelsIn: i32,
  channelsOut: i32,
): void {
  const rowBytes = paddedRowBytes(width, channelsIn);
  const listBytes = listStride(height, width);
  for (let channel = 0; channel < channelsOut; channel++) {
    const end = <usize>load<u32>(ends + ((<usize>channel) << 2));
    addList(lists, end, biasSums + ((<usize>channel) << 2));
    for (let tapRow: usize = 0; tapRow < 3; tapRow++) {
      let source = padded + tapRow * rowBytes;
      let left = 3 * channelsIn;
      for (; left >= 48; left -= 48) {
        addTwelve(lists, end, source, sums);
        source += 192;
        sums += 192;
      }
      for (; left >= 24; left -= 24) {
        addSix(lists, end, source, sums);
        source += 96;
        sums += 96;
      }
      for (; left >= 12; left -= 12) {
        addThree(lists, end, source, sums);
        source += 48;
        sums += 48;
      }
      for (; left > 0; left--) {
        addOne(lists, end, source, sums);
        source += 4;
        sums += 4;
      }
    }
    lists += listBytes;
  }
}

function addList(pair: usize, end: usize, sum: usize): void {
  let total = load<f32>(sum);
  for (; pair < end; pair += 8) total += load<f32>(pair, 4);
  store<f32>(sum, total);
}

function addTwelve(pair: usize, end: usize, source: usize, sum: usize): void {
  let s0 = v128.load(sum);
  let s1 = v128.load(sum, 16);
  let s2 = v128.load(sum, 32);
  let s3 = v128.load(sum, 48);
  let s4 = v128.load(sum, 64);
  let s5 = v128.load(sum, 80);
  let s6 = v128.load(sum, 96);
  let s7 = v128.load(sum, 112);
  let s8 = v128.load(sum, 128);
  let s9 = v128.load(sum, 144);
  let s10 = v128.load(sum, 160);
  let s11 = v128.load(sum, 176);
  for (; pair < end; pair += 8) {
    const from = source + <usize>load<u32>(pair);
    const gradient = v128.load32_splat(pair, 4);
    s0 = f32x4.add(s0, f32x4.mul(gradient, v128.load(from)));
    s1 = f32x4.add(s1, f32x4.mul(gradient, v128.load(from, 16)));
    s2 = f32x4.add(s2, f32x4.mul(gradient, v128.load(from, 32)));
    s3 = f32x4.add(s3, f32x4.mul(gradient, v128.load(from, 48)));
    s4 = f32x4.add(s4, f32x4.mul(gradient, v128.load(from, 64)));
    s5 = f32x4.add(s5, f32x4.mul(gradient, v128.load(from, 80)));
    s6 = f32x4.add(s6, f32x4.mul(gradient, v128.load(from, 96)));
    s7 = f32x4.add(s7, f32x4.mul(gradient, v128.load(from, 112)));
    s8 = f32x4.add(s8, f32x4.mul(gradient, v128.load(from, 128)));
    s9 = f32x4.add(s9, f32x4.mul(gradient, v128.load(from, 144)));
    s10 = f32x4.add(s10, f32x4.mul(gradient, v128.load(from, 160)));
    s11 = f32x4.add(s11, f32x4.mul(gradient, v128.load(from, 176)));
  }
  v128.store(sum, s0);
  v128.store(sum, s1, 16);
  v128.store(sum, s2, 32);
  v128.store(sum, s3, 48);
  v128.store(sum, s4, 64);
  v128.store(sum, s5, 80);
  v128.store(sum, s6, 96);
  v128.store(sum, s7, 112);
  v128.store(sum, s8, 128);
  v128.store(sum, s9, 144);
  v128.store(sum, s10, 160);
  v128.store(sum, s11, 176);
}

function addSix(pair: usize, end: usize, source: usize, sum: usize): void {
  let s0 = v128.load(sum);
  let s1 = v128.load(sum, 16);
  let s2 = v128.load(sum, 32);
  let s3 = v128.load(sum, 48);
  let s4 = v128.load(sum, 64);
  let s5 = v128.load(sum, 80);
  for (; pair < end; pair += 8) {
    const from = source + <usize>load<u32>(pair);
    const gradient = v128.load32_splat(pair, 4);
    s0 = f32x4.add(s0, f32x4.mul(gradient, v128.load(from)));
    s1 = f32x4.add(s1, f32x4.mul(gradient, v128.load(from, 16)));
    s2 = f32x4.add(s2, f32x4.mul(gradient, v128.load(from, 32)));
    s3 = f32x4.add(s3, f32x4.mul(gradient, v128.load(from, 48)));
    s4 = f32x4.add(s4, f32x4.mul(gradient, v128.load(from, 64)));
    s5 = f32x4.add(s5, f32x4.mul(gradient, v128.load(from, 80)));
  }
  v128.store(sum, s0);
  v128.store(sum, s1, 16);
  v128.store(sum, s2, 32);
  v128.store(sum, s3, 48);
  v128.store(sum, s4, 64);
  v128.store(sum, s5, 80);
}

function addThree(pair: usize, end: usize, source: usize, sum: usize): void {
  let s0 = v128.load(sum);
  let s1 = v128.load(sum, 16);
  let s2 = v128.load(sum, 32);
  for (; pair < end; pair += 8) {
    const from = source + <usize>load<u32>(pair);
    const gradient = v128.load32_splat(pair, 4);
    s0 = f32x4.add(s0, f32x4.mul(gradient, v128.load(from)));
    s1 = f32x4.add(s1, f32x4.mul(gradient, v128.load(from, 16)));
    s2 = f32x4.add(s2, f32x4.mul(gradient, v128.load(from, 32)));
  }
  v128.store(sum, s0);
  v128.store(sum, s1, 16);
  v128.store(sum, s2, 32);
}

function addOne(pair: usize, end: usize, source: usize, sum: usize): void {
  let total = load<f32>(sum);
  for (; pair < end; pair += 8) {
    total += load<f32>(pair, 4) * load<f32>(source + <usize>load<u32>(pair));
  }
  store<f32>(sum, total);
}
