/**
 * First-order optimisers on plain arrays: the net has some 22,000 weights, for which JavaScript takes well under a
 * millisecond a step and gives the same bits on every backend.
 */
export interface Optimiser {
  /**
   * One step on `weights`, in place.
   * @param gradient Same length; not modified.
   */
  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void;
}

/** Adam (Kingma & Ba, 2015, algorithm 1) with β₁ 0.9, β₂ 0.999, ε 1e-8. Moments are kept in float32. */
export class Adam implements Optimiser {
  readonly #first: Float32Array;
  readonly #second: Float32Array;
  #steps = 0;

  constructor(length: number) {
    this.#first = new Float32Array(length);
    this.#second = new Float32Array(length);
  }

  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void {
    this.#steps++;
    const m = this.#first;
    const v = this.#second;
    const rate = learningRate / (1 - 0.9 ** this.#steps);
    const secondScale = 1 / (1 - 0.999 ** this.#steps);
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i]!;
      const mi = 0.9 * m[i]! + 0.1 * g;
      const vi = 0.999 * v[i]! + 0.001 * g * g;
      m[i] = mi;
      v[i] = vi;
      weights[i] = weights[i]! - (rate * mi) / (Math.sqrt(vi * secondScale) + 1e-8);
    }
  }
}

/** Stochastic gradient descent with heavy-ball momentum (0 for the plain form): v ← m·v + g, w ← w − η·v. */
export class Sgd implements Optimiser {
  readonly #velocity: Float32Array;
  readonly #momentum: number;

  /** @param momentum 0 ≤ m < 1. */
  constructor(length: number, momentum: number) {
    if (!(momentum >= 0 && momentum < 1)) throw new RangeError(`Sgd: momentum ${momentum} is outside [0, 1)`);
    this.#velocity = new Float32Array(length);
    this.#momentum = momentum;
  }

  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void {
    const velocity = this.#velocity;
    for (let i = 0; i < weights.length; i++) {
      const vi = this.#momentum * velocity[i]! + gradient[i]!;
      velocity[i] = vi;
      weights[i] = weights[i]! - learningRate * vi;
    }
  }
}
