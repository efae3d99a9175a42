/**
 * Loads TensorFlow's native library through `@tensorflow/tfjs-node` or `@tensorflow/tfjs-node-gpu`: two packages around
 * one binding, of which neither comes with this app.
 *
 * Whatever is wrong with them that JavaScript can see becomes a sentence: no native file, one of another system, one
 * whose TensorFlow or CUDA libraries are missing, one that computes nonsense. A crash inside the native library ends the
 * process: load it only in one that may die.
 */
import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../base/errors.ts';
import { composeConvReluPool } from './conv-relu-pool.ts';
import { registerGradients } from './gradients.ts';

/** The name under which both packages register with tfjs. */
const TFJS_NAME = 'tensorflow';
const require = createRequire(import.meta.url);

export interface TfjsNode {
  /** Version of TensorFlow's native library, such as 2.9.1. */
  readonly tensorflow: string;
  /** True when TensorFlow found a GPU that it can use; both packages start without one. */
  readonly usesGpu: boolean;
}

/**
 * Loads one of the two packages into this process, makes it tfjs's current backend, and computes a small block of a network
 * and its gradient with it. May be called again with the same package.
 *
 * @param place Name of an installed package, or the absolute path of a package's folder.
 * @param backend The user's word for it, for the message.
 * @throws UserError `no-backend` that says what is wrong with it. tfjs then has no current backend: load another.
 */
export async function loadTfjsNode(place: string, backend: 'cuda' | 'cpu'): Promise<TfjsNode> {
  restoreUtilFunctions();
  // TensorFlow tells at every start how it was built; what it warns of still reaches stderr.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  try {
    requirePackage(place);
    if (!(await tf.setBackend(TFJS_NAME))) throw await whyNotStarted();
    await computeSmallBlock();
    return describeRunning();
  } catch (error) {
    const remedy = backend === 'cuda' ? 'Use cpu instead.' : `Install ${place} again, or remove it.`;
    throw new UserError(
      'no-backend',
      `The backend ${backend} did not start from ${place}: ${reasonOf(error)}. ${remedy}`,
      backend,
      { cause: error },
    );
  }
}

/** The package brings all of tfjs, which registers its own gradients, also where the native part then fails. */
function requirePackage(place: string): void {
  try {
    require(place);
  } finally {
    registerGradients();
  }
}

/** Both packages call two functions of node:util: one that Node 23 took out, and one that warns of its end at the first call. */
function restoreUtilFunctions(): void {
  const functions = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(util, name, { value, configurable: true, writable: true });
  }
}

/** tfjs says only that a backend failed; asking for it once more tells why. */
async function whyNotStarted(): Promise<unknown> {
  try {
    await tf.findBackendFactory(TFJS_NAME)();
    return new Error('tfjs could not start it');
  } catch (error) {
    return error;
  }
}

/**
 * A library may load and fail at its first convolution, as with a cuDNN that does not fit. All four positions of the
 * only window see 2 × 2 ones, and one of them passes its gradient on to four weights: both results are 4.
 */
async function computeSmallBlock(): Promise<void> {
  const [value, slopes] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
    const block = (kernel: tf.Tensor): tf.Scalar =>
      tf.sum(composeConvReluPool(tf.ones([1, 2, 2, 1]), kernel as tf.Tensor4D, tf.zeros([1])));
    const { value, grad } = tf.valueAndGrad(block)(tf.ones([3, 3, 1, 1]));
    return [value, tf.sum(grad)];
  });
  try {
    const results = [(await value.data())[0], (await slopes.data())[0]];
    if (results.every((result) => result === 4)) return;
    throw new Error(`a small computation that gives 4 and 4 came out as ${results.join(' and ')}`);
  } finally {
    tf.dispose([value, slopes]);
  }
}

function describeRunning(): TfjsNode {
  const backend = tf.backend() as { binding?: { TF_Version?: unknown }; isUsingGpuDevice?: unknown };
  return {
    tensorflow: String(backend.binding?.TF_Version ?? 'of unknown version'),
    usesGpu: backend.isUsingGpuDevice === true,
  };
}

/** The first line only: a loader's message goes on with the places where it looked, tfjs-node's with general advice. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split('\n')[0] ?? '').trim().replace(/\.$/, '') || 'no reason given';
}
