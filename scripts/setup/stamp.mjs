/** Says whether something built is still what its sources would give, by content and not by file time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {string} folder Root of the paths.
 * @param {readonly string[]} sources Files and folders, relative to `folder`; what does not exist counts as absent.
 * @returns {string} SHA-256 over the names and contents of all files, in sorted order.
 */
export function hashSources(folder, sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(path.join(folder, source))) {
      hash.update(path.relative(folder, file)).update('\0');
      hash.update(createHash('sha256').update(readFileSync(file)).digest());
    }
  }
  return hash.digest('hex');
}

/** True when `outputs` exist and the stamp holds this hash. */
export function isFresh(stampFile, hash, outputs) {
  return (
    existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash && outputs.every((o) => existsSync(o))
  );
}

export function writeStamp(stampFile, hash) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
}

function filesUnder(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(path.join(place, entry.name)));
}
