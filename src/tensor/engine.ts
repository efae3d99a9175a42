/** What computes a network, seen from those who train and screen with it: which tensors run where is the engine's matter. */
import type { BackendName } from '../base/words.ts';

/** The part of an architecture that decides the arithmetic: [conv 3×3 same, ReLU, max pool 2] per entry of `channels`, then FC to two classes. */
export interface NetworkShape {
  /** Images are square. */
  readonly inputSide: number;
  /** Output channels of each convolution. */
  readonly channels: readonly number[];
}

/** Pictures: ink 0..1 as floats, or as bytes that stand for byte / 255. Row by row, one picture after the other. */
export type InkImages = Float32Array | Uint8Array;

export interface LossAndGradient {
  /** Mean softmax cross-entropy of the batch, nats. */
  readonly loss: number;
  /** With respect to the flat parameter array; a new array. */
  readonly gradient: Float32Array;
}

/**
 * One network on one engine. Parameters come with every call, as one flat array in the layout of
 * `layoutOf` (src/model/parameters.ts): nothing but working memory lives between calls. One call at a time.
 */
export interface Network {
  /**
   * Loss and gradient on one batch. The same arguments give the same bits on the same engine, for any number of threads.
   * @param flat Parameters. Not modified.
   * @param images Shape [n, side, side], n ≥ 1. Not modified. Floats and bytes of the same ink give the same bits.
   * @param labels 0 or 1, shape [n].
   * @throws UserError `bad-argument` for an empty batch; `out-of-memory`; `engine-failed` where the device was lost.
   */
  lossAndGradient(flat: Float32Array, images: InkImages, labels: Uint8Array): Promise<LossAndGradient>;
  /**
   * The map that the FC layer sees, weighted by the difference of its two columns and summed over channels: how much each
   * cell of the picture adds to the logit "tremor-like minus regular", bias excluded.
   * @param images Shape [count, side, side], count ≥ 1.
   * @returns Shape [count, mapSide, mapSide].
   */
  cellContributions(flat: Float32Array, images: InkImages, count: number): Promise<Float32Array>;
  /** Frees its working memory; safe to call twice. */
  close(): void;
}

/** A backend that is loaded and ready. */
export interface Engine {
  readonly backend: BackendName;
  /** Library, version and how it computes, for reports; not the threads, which do not change a result. */
  readonly detail: string;
  /** CPU threads that take part; 1 on a GPU. */
  readonly threads: number;
  /** Set when it works, but not as it should: a sentence for the user. */
  readonly warning?: string;
  /** @throws UserError `bad-argument` for a shape that no network can have; `out-of-memory`. */
  open(shape: NetworkShape): Promise<Network>;
  /** Ends its threads. Networks that are open end with it; safe to call twice. */
  close(): void;
}
