import type { PatchSet } from '../imaging/patch-set.ts';

/**
 * A fingerprint of a patch set: its pixels, labels, subjects and groups, in order. Two multiply-xor lanes of 32 bits
 * over 4-byte words; it tells data sets apart but is no protection against forgery.
 *
 * @returns 16 hex digits.
 */
export function dataHash(set: PatchSet): string {
  const state: Lanes = { high: 0xdeadbeef ^ set.count, low: 0x41c6ce57 ^ set.count };
  addBytes(state, set.pixels);
  addBytes(state, set.labels);
  const text = new TextEncoder();
  for (let i = 0; i < set.count; i++) addBytes(state, text.encode(`${set.subjects[i]}|${set.groups[i]}`));
  const high = Math.imul(state.high ^ (state.high >>> 16), 2246822507) ^ state.low;
  const low = Math.imul(state.low ^ (state.low >>> 13), 3266489909) ^ (high >>> 7);
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}

interface Lanes {
  high: number;
  low: number;
}

function addBytes(state: Lanes, bytes: Uint8Array): void {
  let { high, low } = state;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    high = Math.imul(high ^ word, 2654435761);
    high ^= high >>> 15;
    low = Math.imul(low ^ word, 1597334677);
    low ^= low >>> 13;
  }
  for (let i = whole; i < bytes.length; i++) {
    high = Math.imul(high ^ bytes[i]!, 2654435761);
    low = Math.imul(low ^ bytes[i]!, 1597334677) ^ (high >>> 16);
  }
  state.high = Math.imul(high ^ bytes.length, 2246822507);
  state.low = Math.imul(low ^ bytes.length, 3266489909);
}
