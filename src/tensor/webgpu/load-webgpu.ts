/**
 * WebGPU in plain Node: the optional package `webgpu` (Dawn with prebuilt binaries). Not for Electron, whose memory cage
 * forbids the buffers that Dawn hands out; there a worker of Chromium's computes (src/model/remote-engine.ts).
 */
import { UserError } from '../../base/errors.ts';
import { describeWebgpu, WEBGPU_PACKAGE } from './describe-webgpu.ts';
import type { WebgpuStart } from './start-webgpu.ts';

/**
 * Loads Dawn, and makes `webgpu` tfjs's current backend.
 * @throws UserError `no-backend` that says what is missing.
 */
export async function loadWebgpu(): Promise<WebgpuStart> {
  if (process.versions['electron'] !== undefined) {
    throw refused(
      'inside Electron only a window can compute with WebGPU, and none was offered to this process',
    );
  }
  const { found, detail, remedy } = describeWebgpu();
  if (!found) {
    throw new UserError('no-backend', `The backend webgpu cannot be used: ${detail} ${remedy}`, 'webgpu');
  }
  const { startWebgpu } = await import('./start-webgpu.ts');
  return startWebgpu(await provideGpu(), REMEDY[process.platform] ?? 'Use cpu instead.');
}

const REMEDY: Readonly<Record<string, string>> = {
  linux: 'Install or update the Vulkan driver of your graphics processor, or use cpu instead.',
  win32: 'Update the driver of your graphics processor, or use cpu instead.',
  darwin: 'It needs a Mac with Metal; use cpu instead.',
};

/** Puts `navigator.gpu` and the classes of WebGPU where tfjs looks for them. They live as long as the process. */
async function provideGpu(): Promise<GPU> {
  if (navigator.gpu !== undefined) return navigator.gpu;
  // Not a literal, so that neither the compiler nor a bundler looks for an optional package.
  const specifier: string = WEBGPU_PACKAGE;
  let dawn: Dawn;
  try {
    dawn = (await import(specifier)) as Dawn;
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error), error);
  }
  for (const [name, value] of Object.entries(dawn.globals)) {
    if (!(name in globalThis)) {
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    }
  }
  const gpu = dawn.create([]);
  // Dawn frees the whole implementation when this object is collected.
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  return gpu;
}

interface Dawn {
  readonly create: (options: string[]) => GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

declare const navigator: { readonly gpu?: GPU };

function refused(reason: string, cause?: unknown): UserError {
  return new UserError(
    'no-backend',
    `The backend webgpu did not start: ${reason}. Use cpu instead.`,
    'webgpu',
    { cause },
  );
}
