/** SHA256SUMS, as `sha256sum -c` reads it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../src/store/sha256.ts';

/** @param {string} folder @param {readonly string[]} files In that folder. @returns {Promise<string>} The list's path. */
export async function writeChecksums(folder, files) {
  const lines = [];
  for (const file of [...files].sort()) lines.push(`${await sha256(file)}  ${path.basename(file)}\n`);
  const list = path.join(folder, 'SHA256SUMS');
  writeFileSync(list, lines.join(''));
  return list;
}
