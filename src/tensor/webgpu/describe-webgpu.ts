/** Says whether WebGPU can be expected to work in this process, from files alone. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { BackendDescription } from '../describe-backends.ts';
import { LINUX_PLACES, missingPartOfVulkan } from './find-vulkan.ts';

export const WEBGPU_PACKAGE = 'webgpu';
const require = createRequire(import.meta.url);

/**
 * Found where the package holds a binary for this machine, on Linux also Vulkan with some driver; whether a graphics
 * processor works is known once it is loaded.
 */
export function describeWebgpu(folder: string | null = packageFolder()): BackendDescription {
  if (process.versions['electron'] !== undefined) {
    return { name: 'webgpu', found: true, detail: "Chromium's WebGPU, in a hidden window.", remedy: '' };
  }
  if (folder === null) {
    const detail = `The optional package ${WEBGPU_PACKAGE} is not installed.`;
    return missing(detail, `With a network connection: npm install ${WEBGPU_PACKAGE}@0.6.2`);
  }
  if (!existsSync(binaryOf(folder))) {
    return missing(
      `${WEBGPU_PACKAGE} has no binary for ${process.platform} ${process.arch}.`,
      'Use the backend cpu.',
    );
  }
  const missingPart =
    process.platform === 'linux' ? missingPartOfVulkan({ ...LINUX_PLACES, env: process.env }) : null;
  if (missingPart !== null) return { name: 'webgpu', found: false, ...WITHOUT_VULKAN[missingPart] };
  const detail = `${WEBGPU_PACKAGE} (Dawn) for ${process.platform} ${process.arch}; needs a graphics driver.`;
  return { name: 'webgpu', found: true, detail, remedy: '' };
}

const WITHOUT_VULKAN = {
  loader: {
    detail: 'The Vulkan loader was not seen.',
    remedy: 'Install it (Debian: libvulkan1), with a driver for your graphics processor.',
  },
  driver: {
    detail: 'No Vulkan driver was seen.',
    remedy: "Install the one for your graphics processor (Debian: mesa-vulkan-drivers, or NVIDIA's own).",
  },
} as const;

function packageFolder(): string | null {
  try {
    return path.dirname(require.resolve(WEBGPU_PACKAGE));
  } catch {
    return null;
  }
}

/** As the package's own index.js looks for it. */
function binaryOf(folder: string): string {
  const machine = process.platform === 'darwin' ? 'universal' : process.arch;
  return path.join(folder, 'dist', `${process.platform}-${machine}`, 'dawn.node');
}

function missing(detail: string, remedy: string): BackendDescription {
  return { name: 'webgpu', found: false, detail, remedy };
}
