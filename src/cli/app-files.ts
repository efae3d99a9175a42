/** Where the parts of the app lie in a clone. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

export const APP_FILES = {
  assets: folder('assets'),
  /** Built by `npm run build`. */
  renderer: folder('dist/renderer'),
} as const;

/** Of package.json. */
export function appVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(folder('package.json'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) {
    throw new Error('package.json names no version');
  }
  return String(parsed.version);
}
