import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

/** A disk of 1 MB, mounted below `folder`; null where this user may not mount. */
export function tinyDisk(folder: string): { readonly path: string; remove(): void } | null {
  const place = mkdtempSync(path.join(folder, 'disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    rmSync(place, { recursive: true });
    return null;
  }
  return { path: place, remove: () => execFileSync('umount', ['-l', place]) };
}
