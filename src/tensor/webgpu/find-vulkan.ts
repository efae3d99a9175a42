/**
 * Looks for what WebGPU needs on Linux, from files alone. Dawn itself complains on stderr where it is missing, so that it is
 * not even loaded there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const LOADER = 'libvulkan.so.1';

/** Parts of the machine, so that a test may have others. */
export interface VulkanPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What ldconfig knows; where there is none the usual folders are looked into. */
  readonly loaderCache: string;
  readonly libraryFolders: readonly string[];
  /** Folders above `vulkan/icd.d`, besides those that the environment names. */
  readonly dataFolders: readonly string[];
}

export const LINUX_PLACES: Omit<VulkanPlaces, 'env'> = {
  loaderCache: '/etc/ld.so.cache',
  libraryFolders: ['/lib', '/usr/lib', '/usr/lib64', '/usr/local/lib', '/run/opengl-driver/lib'],
  dataFolders: [
    '/etc',
    '/etc/xdg',
    '/usr/local/etc',
    '/usr/local/share',
    '/usr/share',
    '/run/opengl-driver/share',
  ],
};

/** The first part of Vulkan that is missing, or null. */
export function missingPartOfVulkan(places: VulkanPlaces): 'loader' | 'driver' | null {
  if (!hasLoader(places)) return 'loader';
  return hasDriver(places) ? null : 'driver';
}

function hasLoader({ env, loaderCache, libraryFolders }: VulkanPlaces): boolean {
  const folders = [...split(env['LD_LIBRARY_PATH']), ...libraryFolders];
  return (
    (existsSync(loaderCache) && readFileSync(loaderCache, 'latin1').includes(LOADER)) ||
    folders.some((folder) => existsSync(path.join(folder, LOADER)))
  );
}

/** As the loader looks: https://github.com/KhronosGroup/Vulkan-Loader/blob/main/docs/LoaderDriverInterface.md */
function hasDriver({ env, dataFolders }: VulkanPlaces): boolean {
  const named = [env['VK_DRIVER_FILES'], env['VK_ICD_FILENAMES']].find((value) => value !== undefined);
  if (named !== undefined) return split(named).some((file) => existsSync(file));
  const home = env['HOME'];
  const folders = [
    ...split(env['XDG_CONFIG_HOME']),
    ...split(env['XDG_CONFIG_DIRS']),
    ...split(env['XDG_DATA_HOME']),
    ...split(env['XDG_DATA_DIRS']),
    ...(home === undefined ? [] : [path.join(home, '.config'), path.join(home, '.local/share')]),
    ...dataFolders,
  ];
  return [
    ...folders.map((folder) => path.join(folder, 'vulkan/icd.d')),
    ...split(env['VK_ADD_DRIVER_FILES']),
  ].some(holdsDriver);
}

/** @param place A folder of descriptions, or one of them. */
function holdsDriver(place: string): boolean {
  if (place.endsWith('.json')) return existsSync(place);
  return existsSync(place) && readdirSync(place).some((file) => file.endsWith('.json'));
}

function split(list: string | undefined): string[] {
  return (list ?? '').split(':').filter((entry) => entry !== '');
}
