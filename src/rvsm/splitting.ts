/**
 * The relaxed variable splitting method (RVSM) of Xue & Xin, arXiv 1902.07419: minimise f(w) + λP(u) + β/2·‖w − u‖²,
 * with w stepped along the gradient and u = prox of (λ/β)P at w. u is the sparse network: evaluate, save and ship u.
 *
 * Two forms share this file's interface:
 * - paper form: λ and β fixed, β(w − u) added to the gradient of plain SGD;
 * - practical form: any optimiser steps on f alone, then w moves the share κ = ηβ of its way to u. The threshold of
 *   the prox is set, not λ: it follows the quantile of |w| up a cubic ramp from 20 to 60 % of the steps, then freezes for
 *   l0; l1 and transformed l1 shrink what they keep, and go on following it. With Adam, a coupling inside the gradient would be
 *   rescaled away.
 */
import { countOfShare, countWithin, magnitudeQuantile } from './magnitudes.ts';
import type { ArrayPenalty, FloatArray } from './penalties/index.ts';
import { continuationAt, RAMP, sparsityAt } from './schedules.ts';

/** Adds ∇ of β/2·‖w − u‖², that is β(w − u), to a gradient, in place. */
export function addCouplingGradient(gradient: FloatArray, w: FloatArray, u: FloatArray, beta: number): void {
  for (let i = 0; i < w.length; i++) gradient[i] = gradient[i]! + beta * (w[i]! - u[i]!);
}

/** w ← w + κ(u − w), in place; 0 ≤ κ ≤ 1. */
export function relaxTowards(w: FloatArray, u: FloatArray, kappa: number): void {
  for (let i = 0; i < w.length; i++) w[i] = w[i]! + kappa * (u[i]! - w[i]!);
}

/** One form of RVSM on one weight array. */
export interface Splitting {
  readonly penalty: ArrayPenalty;
  /** Size of the largest weight (|w|) or group (root mean square) that the prox cuts at present. */
  readonly threshold: number;
  /** λ/β at present. */
  readonly mu: number;
  /** Before the optimiser's step: may change the gradient, in place. @param step From 0. */
  beforeStep(w: Float32Array, gradient: Float32Array, step: number): void;
  /** After the optimiser's step: may move w. @param step From 0. */
  afterStep(w: Float32Array, step: number): void;
  /** u = prox of μP at w; a new array. */
  sparse(w: Float32Array): Float32Array;
  /** Fixes the last threshold, so that `sparse(w)` has what was asked for. */
  finish(w: Float32Array): void;
  /** Goes on where another one of the same penalty and options stood. @param threshold Of that one. */
  restore(threshold: number): void;
}

/** λ and β fixed for the whole run, or both grown along with each other. */
export class PaperSplitting implements Splitting {
  readonly penalty: ArrayPenalty;
  readonly mu: number;
  readonly threshold: number;
  readonly #beta: number;
  readonly #betaGrowth: number;
  readonly #steps: number;

  /**
   * @param options.lambda ≥ 0.
   * @param options.beta > 0; where it grows, both are those of the first step.
   * @param options.betaGrowth ≥ 1: how many times β and λ the last step has of the first; 1 unless given.
   * @param options.steps Steps of the whole phase; needed where β grows.
   */
  constructor(
    penalty: ArrayPenalty,
    options: { lambda: number; beta: number; betaGrowth?: number | undefined; steps?: number },
  ) {
    const { lambda, beta, betaGrowth = 1, steps = 1 } = options;
    if (!(lambda >= 0) || !(beta > 0) || !(betaGrowth >= 1)) {
      throw new RangeError(
        `RVSM needs lambda >= 0, beta > 0 and growth >= 1, not ${lambda}, ${beta} and ${betaGrowth}`,
      );
    }
    this.penalty = penalty;
    this.#beta = beta;
    this.#betaGrowth = betaGrowth;
    this.#steps = steps;
    this.mu = lambda / beta;
    this.threshold = penalty.thresholdOf(this.mu);
  }

  beforeStep(w: Float32Array, gradient: Float32Array, step: number): void {
    const beta = this.#beta * continuationAt(step, this.#steps, this.#betaGrowth);
    addCouplingGradient(gradient, w, this.sparse(w), beta);
  }

  afterStep(): void {
    // The coupling is already in the gradient.
  }

  sparse(w: Float32Array): Float32Array {
    const u = new Float32Array(w.length);
    this.penalty.proxInto(w, this.mu, u);
    return u;
  }

  finish(): void {
    // λ and β are what was asked for; the share of zeros is their result.
  }

  restore(): void {
    // The threshold follows from λ and β.
  }
}

/** The threshold follows a quantile of the sizes of weights or groups towards a target share of exact zeros. */
export class TargetSplitting implements Splitting {
  readonly penalty: ArrayPenalty;
  readonly #target: number;
  readonly #steps: number;
  readonly #kappa: number;
  readonly #betaGrowth: number;
  #threshold = 0;
  /** Of the last step; kept so that a step allocates nothing. */
  #u = new Float32Array(0);

  /**
   * @param options.target Share of weights or groups that are to be zero, 0 … 0.999.
   * @param options.steps Steps of the whole phase.
   * @param options.betaGrowth ≥ 1: how many times κ the last step has of the first, though never more than 1; 1 unless given.
   */
  constructor(
    penalty: ArrayPenalty,
    options: { target: number; steps: number; betaGrowth?: number | undefined },
  ) {
    this.penalty = penalty;
    this.#target = options.target;
    this.#steps = options.steps;
    this.#kappa = options.target > 0.98 ? 0.1 : 0.05;
    this.#betaGrowth = options.betaGrowth ?? 1;
  }

  get threshold(): number {
    return this.#threshold;
  }

  get mu(): number {
    return this.penalty.muOf(this.#threshold);
  }

  beforeStep(): void {
    // f alone goes through the optimiser; see the head of this file.
  }

  afterStep(w: Float32Array, step: number): void {
    const ramping = step < this.#steps * RAMP.until;
    const share = sparsityAt(step, this.#steps, this.#target);
    // Frozen, except that weights which grow back must not outnumber the target. l1 and transformed l1 also shrink what
    // survives, and under a frozen threshold would shrink it away step by step: theirs goes on following the quantile.
    const frozen = !ramping && this.penalty.kind === 'l0';
    const sizes = this.penalty.sizesOf(w);
    if (!frozen) this.#threshold = magnitudeQuantile(sizes, share);
    else if (countWithin(sizes, this.#threshold) < countOfShare(sizes.length, share)) {
      this.#threshold = Math.max(this.#threshold, magnitudeQuantile(sizes, share));
    }
    if (this.#u.length !== w.length) this.#u = new Float32Array(w.length);
    this.penalty.proxInto(w, this.mu, this.#u);
    const kappa = this.#kappa * continuationAt(step, this.#steps, this.#betaGrowth);
    relaxTowards(w, this.#u, Math.min(1, kappa));
  }

  sparse(w: Float32Array): Float32Array {
    const u = new Float32Array(w.length);
    this.penalty.proxInto(w, this.mu, u);
    return u;
  }

  finish(w: Float32Array): void {
    // 1e-7 outweighs the rounding of μ(t) and back, so that the weight on the threshold is cut too.
    this.#threshold = Math.max(
      this.#threshold,
      magnitudeQuantile(this.penalty.sizesOf(w), this.#target) * (1 + 1e-7),
    );
  }

  restore(threshold: number): void {
    this.#threshold = threshold;
  }
}
