/**
 * Protocol buffers, written only: the wire format of proto3 (https://protobuf.dev/programming-guides/encoding). A message is
 * its fields one after the other, so each function here makes one field and a message is `joined(...)` of them.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A field of type int32, int64 or an enum. @throws RangeError for what is no whole number from 0 to 2⁵³ − 1. */
export function integerField(field: number, value: number): Uint8Array {
  return joined(tag(field, VARINT), varint(value));
}

/** A repeated field of type int64, one entry a value; readers of packed fields take it too. */
export function integerFields(field: number, values: readonly number[]): Uint8Array {
  return joined(...values.map((value) => integerField(field, value)));
}

/** A field of type string. */
export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(text));
}

/** A field of type bytes, or a message that is already written. */
export function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return joined(tag(field, LENGTH_DELIMITED), varint(bytes.length), bytes);
}

/** A field that is a message of these fields. */
export function messageField(field: number, ...fields: readonly Uint8Array[]): Uint8Array {
  return bytesField(field, joined(...fields));
}

/** The parts in one new array. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tag(field: number, wireType: number): Uint8Array {
  return varint(8 * field + wireType);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`protobuf: ${value} is no whole number from 0`);
  }
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
