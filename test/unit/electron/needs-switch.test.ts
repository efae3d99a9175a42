import { expect, test } from 'vitest';
import { needsWebgpuSwitch } from '../../../electron/webgpu-window/needs-switch.ts';

test.each([
  { platform: 'linux', devices: ['/dev/dri'], named: false, want: true },
  { platform: 'linux', devices: ['/dev/nvidia0'], named: false, want: true },
  { platform: 'linux', devices: ['/dev/dxg'], named: false, want: true },
  { platform: 'linux', devices: [], named: true, want: true },
  { platform: 'linux', devices: [], named: false, want: false },
  { platform: 'win32', devices: ['/dev/dri'], named: true, want: false },
  { platform: 'darwin', devices: ['/dev/dri'], named: true, want: false },
] as const)('on $platform with $devices, named: $named: $want', ({ platform, devices, named, want }) => {
  const isThere = (path: string): boolean => devices.some((device) => device === path);
  expect(needsWebgpuSwitch(platform, isThere, named)).toBe(want);
});
