import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { loadTfjsNode } from '../../../src/tensor/load-tfjs-node.ts';
import { LOADS_NATIVE_FILE, makePackage, registersPlainKernels } from './fake-tfjs-node.ts';

const folders: string[] = [];

function packageOf(main: string, native: Uint8Array | null = null): string {
  const folder = makePackage(main, native);
  folders.push(folder);
  return folder;
}

async function refusalOf(place: string, backend: 'cuda' | 'cpu' = 'cuda'): Promise<UserError> {
  const error = await loadTfjsNode(place, backend).catch((fault: unknown) => fault);
  if (error instanceof UserError) return error;
  throw new Error(`not refused, but: ${String(error)}`);
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined); // where tfjs reports a failed or a slow backend
});

afterEach(() => {
  vi.restoreAllMocks();
  if ('tensorflow' in tf.engine().registryFactory) tf.removeBackend('tensorflow');
  for (const kernel of tf.getKernelsForBackend('tensorflow')) {
    tf.unregisterKernel(kernel.kernelName, 'tensorflow');
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** An ELF file of a 64-bit ARM machine, cut off after its header. */
const FOREIGN_LIBRARY = Uint8Array.from({ length: 64 }, (_, i) =>
  i < 20 ? [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0xb7, 0][i]! : 0,
);

test.each([
  { what: 'whose native file is missing', main: LOADS_NATIVE_FILE, native: null, why: 'Cannot find module' },
  {
    what: 'whose native file is no library',
    main: LOADS_NATIVE_FILE,
    native: new TextEncoder().encode('<html>404 Not Found</html>'),
    why: 'tfjs_binding.node',
  },
  {
    what: 'whose native file is of another machine',
    main: LOADS_NATIVE_FILE,
    native: FOREIGN_LIBRARY,
    why: 'tfjs_binding.node',
  },
  {
    what: 'that throws while loading',
    main: "throw new Error('The native addon can not be found at path: x.\\nPlease run npm rebuild');",
    native: null,
    why: 'The native addon can not be found at path: x. Use',
  },
  { what: 'that throws no error but a word', main: "throw 'broken';", native: null, why: ': broken. Use' },
  { what: 'that registers nothing', main: '', native: null, why: 'tensorflow' },
  {
    what: 'whose backend cannot be made',
    main: registersPlainKernels(
      "tf.removeBackend('tensorflow'); tf.registerBackend('tensorflow', () => { throw new Error('no device'); });",
    ),
    native: null,
    why: ': no device. Use',
  },
  {
    what: 'whose first convolution fails',
    main: registersPlainKernels(
      "tf.unregisterKernel('Conv2D', 'tensorflow'); tf.registerKernel({ kernelName: 'Conv2D', backendName: 'tensorflow', kernelFunc: () => { throw new Error('DNN library is not found'); } });",
    ),
    native: null,
    why: ': DNN library is not found. Use',
  },
  {
    what: 'that computes nonsense',
    main: registersPlainKernels(
      "tf.unregisterKernel('Relu', 'tensorflow'); tf.registerKernel({ kernelName: 'Relu', backendName: 'tensorflow', kernelFunc: ({ inputs }) => tf.neg(inputs.x) });",
    ),
    native: null,
    why: 'came out as -4',
  },
])('a package $what is refused with the reason, and cpu works after it', async ({ main, native, why }) => {
  const folder = packageOf(main, native);
  const refusal = await refusalOf(folder);
  expect(refusal).toMatchObject({ code: 'no-backend', subject: 'cuda' });
  expect(refusal.message).toContain(`The backend cuda did not start from ${folder}: `);
  expect(refusal.message).toContain(why);
  expect(refusal.message).toMatch(/ Use cpu instead\.$/);
  expect(refusal.message).not.toContain('\n');
  await loadBackend('cpu');
  expect(tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0])).toBe(6);
});

test('a package that is not there is refused by its name', async () => {
  const refusal = await refusalOf('@tensorflow/tfjs-node-absent', 'cpu');
  expect(refusal).toMatchObject({ code: 'no-backend', subject: 'cpu' });
  expect(refusal.message).toMatch(
    /^The backend cpu did not start from @tensorflow\/tfjs-node-absent: Cannot find module .* or remove it\.$/,
  );
});

// Far from its folder, sharp's native file does not find libvips: as tfjs-node's without TensorFlow's or CUDA's libraries.
const sharpFile = `node_modules/@img/sharp-${process.platform}-${process.arch}/lib/sharp-${process.platform}-${process.arch}-0.35.5.node`;
test.skipIf(!existsSync(sharpFile))(
  'a native file whose libraries are missing is refused by their name',
  async () => {
    const refusal = await refusalOf(packageOf(LOADS_NATIVE_FILE, readFileSync(path.resolve(sharpFile))));
    expect(refusal.message).toContain('libvips');
  },
);

test('a package that works is used, with our gradients in place of those that it brings', async () => {
  const wrong =
    "tf.registerGradient({ kernelName: 'Relu', inputsToSave: ['x'], gradFunc: (dy) => ({ x: () => tf.mul(dy, 7) }) });";
  const loaded = await loadTfjsNode(packageOf(registersPlainKernels(wrong)), 'cpu');
  expect(loaded).toEqual({ tensorflow: '2.9.1', usesGpu: false });
  expect(tf.getBackend()).toBe('tensorflow');
  const slope = tf.tidy(() =>
    tf
      .grad((x: tf.Tensor) => tf.sum(tf.relu(x)))(tf.tensor1d([-1, 2]))
      .dataSync(),
  );
  expect(Array.from(slope)).toEqual([0, 1]);
});

test('looking at a package leaves no tensors behind', async () => {
  await loadTfjsNode(packageOf(registersPlainKernels()), 'cpu');
  expect(tf.memory().numTensors).toBe(0);
});
