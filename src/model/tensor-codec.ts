/**
 * One weight tensor as bytes, without loss: `dense` is float32 little-endian; `sparse` is a bitmap (bit i of byte i >> 3,
 * lowest bit first, set where the value's bits are not all zero) and then the set values as float32 little-endian.
 */
export const TENSOR_CODINGS = ['dense', 'sparse'] as const;
export type TensorCoding = (typeof TENSOR_CODINGS)[number];

export interface CodedTensor {
  readonly coding: TensorCoding;
  readonly bytes: Uint8Array;
}

/** float32, little-endian. */
export function float32Bytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}

/** The shorter of the two codings. A negative zero counts as a value, so that every bit comes back. */
export function encodeTensor(values: Float32Array): CodedTensor {
  const stored = Array.from(values.keys()).filter((i) => !Object.is(values[i], 0));
  const bitmapBytes = Math.ceil(values.length / 8);
  if (bitmapBytes + 4 * stored.length >= 4 * values.length) {
    return { coding: 'dense', bytes: float32Bytes(values) };
  }
  const bytes = new Uint8Array(bitmapBytes + 4 * stored.length);
  const view = new DataView(bytes.buffer);
  for (const [rank, i] of stored.entries()) {
    bytes[i >> 3] = bytes[i >> 3]! | (1 << (i & 7));
    view.setFloat32(bitmapBytes + 4 * rank, values[i]!, true);
  }
  return { coding: 'sparse', bytes };
}

/**
 * @param length Number of values.
 * @throws RangeError when the bytes do not hold exactly that many values.
 */
export function decodeTensor(coding: TensorCoding, bytes: Uint8Array, length: number): Float32Array {
  const bitmapBytes = Math.ceil(length / 8);
  // Before memory is taken: a foreign file may claim any length.
  if (coding === 'dense' && bytes.length !== 4 * length) throw new RangeError('wrong number of dense values');
  if (bytes.length < bitmapBytes) throw new RangeError('bitmap too short');
  const values = new Float32Array(length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (coding === 'dense') {
    for (let i = 0; i < length; i++) values[i] = view.getFloat32(4 * i, true);
    return values;
  }
  let at = bitmapBytes;
  for (let i = 0; i < length; i++) {
    if (((bytes[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    if (at + 4 > bytes.length) throw new RangeError('too few sparse values');
    values[i] = view.getFloat32(at, true);
    at += 4;
  }
  if (at !== bytes.length) throw new RangeError('too many sparse values');
  return values;
}
