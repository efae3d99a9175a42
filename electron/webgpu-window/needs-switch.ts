/** Where Linux shows graphics devices: DRM, NVIDIA's own, and that of Windows under WSL. */
const GRAPHICS_DEVICES = ['/dev/dri', '/dev/nvidia0', '/dev/dxg'] as const;

/**
 * Whether Chromium must be told to offer WebGPU: on Linux, where there is a graphics device, or one in software is named.
 * @param namesAdapter Chromium's switch `use-webgpu-adapter` is given.
 */
export function needsWebgpuSwitch(
  platform: NodeJS.Platform,
  isThere: (path: string) => boolean,
  namesAdapter: boolean,
): boolean {
  return platform === 'linux' && (namesAdapter || GRAPHICS_DEVICES.some((device) => isThere(device)));
}
