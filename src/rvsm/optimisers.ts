/**
 * First-order optimisers on plain arrays: nets here have some ten thousand weights, for which JavaScript takes well under a
 * millisecond a step and gives the same bits on every backend.
 */

/** What an optimiser remembers between steps. */
export interface OptimiserState {
  /** Steps taken. */
  readonly steps: number;
  /** Adam: first and second moment; SGD: the velocity. Each as long as the weights. */
  readonly moments: readonly Float32Array[];
}

export interface Optimiser {
  /**
   * One step on `weights`, in place.
   * @param gradient Same length; not modified.
   */
  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void;
  /** A copy. */
  state(): OptimiserState;
  /** Goes on where `state` stood, bit for bit. @throws RangeError when it is another optimiser's, or of another length. */
  restore(state: OptimiserState): void;
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

  state(): OptimiserState {
    return { steps: this.#steps, moments: [this.#first.slice(), this.#second.slice()] };
  }

  restore(state: OptimiserState): void {
    copyMoments(state, [this.#first, this.#second]);
    this.#steps = state.steps;
  }
}

/** Stochastic gradient descent with heavy-ball momentum (0 for the plain form): v ← m·v + g, w ← w − η·v. */
export class Sgd implements Optimiser {
  readonly #velocity: Float32Array;
  readonly #momentum: number;
  #steps = 0;

  /** @param momentum 0 ≤ m < 1. */
  constructor(length: number, momentum: number) {
    if (!(momentum >= 0 && momentum < 1)) throw new RangeError(`Sgd: momentum ${momentum} is outside [0, 1)`);
    this.#velocity = new Float32Array(length);
    this.#momentum = momentum;
  }

  step(weights: Float32Array, gradient: Float32Array, learningRate: number): void {
    this.#steps++;
    const velocity = this.#velocity;
    for (let i = 0; i < weights.length; i++) {
      const vi = this.#momentum * velocity[i]! + gradient[i]!;
      velocity[i] = vi;
      weights[i] = weights[i]! - learningRate * vi;
    }
  }

  state(): OptimiserState {
    return { steps: this.#steps, moments: [this.#velocity.slice()] };
  }

  restore(state: OptimiserState): void {
    copyMoments(state, [this.#velocity]);
    this.#steps = state.steps;
  }
}

function copyMoments({ moments }: OptimiserState, into: readonly Float32Array[]): void {
  if (moments.length !== into.length || moments.some(({ length }) => length !== into[0]?.length)) {
    throw new RangeError(`${into.length} moments of ${into[0]?.length} values are wanted`);
  }
  for (const [i, own] of into.entries()) own.set(moments[i]!);
}
