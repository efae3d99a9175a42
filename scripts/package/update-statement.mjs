/** Writes the signed statement that an app without network asks for beside an installer. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { signUpdate, STATEMENT_ENDING } from '../../src/host/update/update-statement.ts';
import { sha256 } from '../../src/store/sha256.ts';

const PLATFORMS = { deb: 'linux', AppImage: 'linux', dmg: 'darwin', exe: 'win32', msi: 'win32' };
const root = path.resolve(import.meta.dirname, '../..');

/**
 * @param {string} installer Its name ends in the processor: `-x64`, `-amd64`, `-arm64` or `-universal`.
 * @param {{ key: import('node:crypto').KeyObject, version: string, changelog?: string }} options
 * @returns {Promise<string>} Path of the statement.
 */
export async function writeUpdateStatement(installer, { key, version, changelog }) {
  const file = path.basename(installer);
  const statement = {
    schemaVersion: 1,
    product: 'Steadypen',
    version,
    platform: PLATFORMS[path.extname(file).slice(1)],
    archs: archsOf(file),
    file,
    size: statSync(installer).size,
    sha256: await sha256(installer),
    changes: changesOf(changelog ?? readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), version),
  };
  const out = installer + STATEMENT_ENDING;
  writeFileSync(out, signUpdate(statement, key));
  return out;
}

function archsOf(file) {
  if (/[-_.]universal\./.test(file)) return ['x64', 'arm64'];
  if (/[-_.]arm64\./.test(file)) return ['arm64'];
  if (/[-_.](x64|amd64|x86_64)\./.test(file)) return ['x64'];
  throw new Error(`${file} does not say for which processor it is.`);
}

/** The section of one version in a changelog as keepachangelog.com has it; what is unreleased where it has none yet. */
export function changesOf(changelog, version) {
  const sections = changelog.split(/^## /m);
  const named = (name) => sections.find((section) => section.startsWith(`[${name}]`));
  const section = named(version) ?? named('Unreleased') ?? '';
  return section.split('\n').slice(1).join('\n').replaceAll('### ', '').trim();
}
