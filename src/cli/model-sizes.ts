import { gzipSync } from 'node:zlib';
import { float32Bytes } from '../model/tensor-codec.ts';
import { decodeModel } from '../model/model-file.ts';
import { flatOf } from '../model/parameters.ts';
import { countZeros } from '../rvsm/magnitudes.ts';

/** What a model takes, measured on its file. */
export interface ModelSizes {
  /** Of all layers of all networks, biases included. */
  readonly weights: number;
  /** Of these, exactly zero. */
  readonly zeros: number;
  readonly bytes: {
    /** All weights as float32. */
    readonly dense: number;
    /** The same by gzip at its best. */
    readonly gzipped: number;
    /** The whole file of the app: weights and card. */
    readonly sparse: number;
  };
}

/**
 * @param file A model file.
 * @param name Its name, for messages.
 * @throws UserError `bad-model`.
 */
export function sizesOf(file: Uint8Array, name: string): ModelSizes {
  const { architecture, networks } = decodeModel(file, name);
  const flat = Float32Array.from(networks.flatMap(({ weights }) => [...flatOf(architecture, weights)]));
  const dense = float32Bytes(flat);
  const gzipped = gzipSync(dense, { level: 9 }).length;
  return {
    weights: flat.length,
    zeros: countZeros(flat),
    bytes: { dense: dense.length, gzipped, sparse: file.length },
  };
}
