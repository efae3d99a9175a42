/**
 * Gradients of a·b where b has two columns, the two classes of the fully connected layer: a is [rows][inner], b is
 * [inner][2], the gradient g of the product [rows][2]; inner is a multiple of 4.
 */

/** g·bᵀ → [rows][inner]. */
export function twoColumnsInputGradient(g: usize, b: usize, da: usize, rows: i32, inner: i32): void {
  const end = b + (<usize>inner << 3);
  for (let row = 0; row < rows; row++) {
    const g0 = v128.load32_splat(g);
    const g1 = v128.load32_splat(g, 4);
    for (let at = b; at < end; at += 32) {
      const low = v128.load(at);
      const high = v128.load(at, 16);
      const b0 = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      const b1 = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      v128.store(da, f32x4.add(f32x4.mul(g0, b0), f32x4.mul(g1, b1)));
      da += 16;
    }
    g += 8;
  }
}

/** aᵀ·g → [inner][2], rows in order. */
export function twoColumnsWeightGradient(a: usize, g: usize, db: usize, rows: i32, inner: i32): void {
  const rowBytes = <usize>inner << 2;
  memory.fill(db, 0, rowBytes << 1);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const g0 = v128.load64_splat(g);
    const g1 = v128.load64_splat(g, 8);
    const g2 = v128.load64_splat(g, 16);
    const g3 = v128.load64_splat(g, 24);
    let to = db;
    for (const end = a + rowBytes; a < end; a += 16) {
      const a0 = v128.load(a);
      const a1 = v128.load(a + rowBytes);
      const a2 = v128.load(a + 2 * rowBytes);
      const a3 = v128.load(a + 3 * rowBytes);
      let low = f32x4.add(v128.load(to), f32x4.mul(g0, lowPair(a0)));
      let high = f32x4.add(v128.load(to, 16), f32x4.mul(g0, highPair(a0)));
      low = f32x4.add(low, f32x4.mul(g1, lowPair(a1)));
      high = f32x4.add(high, f32x4.mul(g1, highPair(a1)));
      low = f32x4.add(low, f32x4.mul(g2, lowPair(a2)));
      high = f32x4.add(high, f32x4.mul(g2, highPair(a2)));
      low = f32x4.add(low, f32x4.mul(g3, lowPair(a3)));
      high = f32x4.add(high, f32x4.mul(g3, highPair(a3)));
      v128.store(to, low);
      v128.store(to, high, 16);
      to += 32;
    }
    a += 3 * rowBytes;
    g += 32;
  }
  for (; row < rows; row++) {
    const gradient = v128.load64_splat(g);
    let to = db;
    for (const end = a + rowBytes; a < end; a += 16) {
      const values = v128.load(a);
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(gradient, lowPair(values))));
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(gradient, highPair(values))), 16);
      to += 32;
    }
    g += 8;
  }
}

// @ts-ignore: decorator
@inline
function lowPair(values: v128): v128 {
  return v128.shuffle<f32>(values, values, 0, 0, 1, 1);
}

// @ts-ignore: decorator
@inline
function highPair(values: v128): v128 {
  return v128.shuffle<f32>(values, values, 2, 2, 3, 3);
}
