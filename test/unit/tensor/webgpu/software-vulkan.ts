/** A graphics processor for tests: the software Vulkan that Chromium brings, with its own Vulkan loader. */
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../../../src/tensor/engine.ts';
import { UserError } from '../../../../src/base/errors.ts';
import { openEngine } from '../../../../src/model/open-engine.ts';

const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
const DRIVER = 'vk_swiftshader_icd.json';
const LOADER = 'libvulkan.so.1';
/** Of dlopen on Linux: stays loaded, though Node finds that it is no addon. */
const RTLD_NODELETE = 0x1000;

/**
 * Lets this process find a Vulkan driver where the machine has none of its own. To be called before Dawn is loaded.
 * Does nothing where the environment names a driver.
 */
export function offerSoftwareVulkan(): void {
  if (process.platform !== 'linux') return;
  const folder = FOLDERS.find((candidate) => existsSync(path.join(candidate, DRIVER)));
  if (folder === undefined) return;
  if (process.env['VK_DRIVER_FILES'] !== undefined || process.env['VK_ICD_FILENAMES'] !== undefined) return;
  process.env['VK_ICD_FILENAMES'] = path.join(folder, DRIVER);
  const loader = path.join(folder, LOADER);
  if (!existsSync(loader)) return;
  // Too late for this process, whose paths were read when it started; for what looks at it, and for children.
  process.env['LD_LIBRARY_PATH'] = [process.env['LD_LIBRARY_PATH'], folder].filter(Boolean).join(':');
  try {
    process.dlopen({ exports: {} }, loader, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // Not an addon; but from now on whoever asks for a library of this name gets it.
  }
}

/** The engine on whatever WebGPU finds, or null, with a loud word, where it finds nothing. */
export async function openWebgpuIfAny(): Promise<Engine | null> {
  offerSoftwareVulkan();
  try {
    return await openEngine('webgpu');
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'no-backend') throw error;
    console.warn(`SKIPPED: WebGPU is not tested. ${error.message}`);
    return null;
  }
}
