/** SHA256SUMS, as `sha256sum -c` reads it. */
import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

export async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** @param {string} folder @param {readonly string[]} files In that folder. @returns {Promise<string>} The list's path. */
export async function writeChecksums(folder, files) {
  const lines = [];
  for (const file of [...files].sort()) lines.push(`${await sha256(file)}  ${path.basename(file)}\n`);
  const list = path.join(folder, 'SHA256SUMS');
  writeFileSync(list, lines.join(''));
  return list;
}
