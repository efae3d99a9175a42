import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingPackages } from '../../../scripts/setup/install.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steadypen-install-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Packages = Record<string, { version: string; optional?: boolean; extraneous?: boolean }>;
const LOCKED: Packages = {
  '': { version: '0.1.0' },
  'node_modules/sharp': { version: '2.0.0' },
  'node_modules/@img/colour': { version: '1.0.0' },
  'node_modules/tfjs-node-gpu': { version: '4.0.0', optional: true },
};

function lay(installed: Packages | null, { withNode = true } = {}) {
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: LOCKED }));
  if (installed === null) return;
  mkdirSync(path.join(folder, 'node_modules/node/bin'), { recursive: true });
  writeFileSync(
    path.join(folder, 'node_modules/.package-lock.json'),
    JSON.stringify({ packages: installed }),
  );
  if (withNode) writeFileSync(path.join(folder, 'node_modules/node/bin/node'), '');
}

test('nothing is missing when all but optional packages are there', () => {
  const { '': _, 'node_modules/tfjs-node-gpu': __, ...rest } = LOCKED;
  lay(rest);
  expect(missingPackages(folder)).toBeNull();
});

test('a fresh clone lacks everything', () => {
  lay(null);
  expect(missingPackages(folder)).toContain('not installed yet');
});

test('a package of another version, and one that is not there, are named', () => {
  lay({ 'node_modules/sharp': { version: '1.9.0' }, 'node_modules/@img/colour': { version: '1.0.0' } });
  expect(missingPackages(folder)).toBe('sharp 1.9.0 is installed, but the lock file asks for 2.0.0');
  lay({ 'node_modules/sharp': { version: '2.0.0' } });
  expect(missingPackages(folder)).toBe('@img/colour 1.0.0 is not installed');
});

test('packages without the Node that comes with them are not enough', () => {
  const { '': _, ...rest } = LOCKED;
  lay(rest, { withNode: false });
  expect(missingPackages(folder)).toContain('Node');
});
