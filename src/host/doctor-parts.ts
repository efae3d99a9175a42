import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DoctorReport } from '../api/contract.ts';
import {
  CUDA_PACKAGE,
  cudaObstacle,
  describeCudaPackage,
  type Machine,
} from '../tensor/describe-backends.ts';

type Part = DoctorReport['parts'][number];
const require = createRequire(import.meta.url);

/** The packages that the app stands on, found or not, and why. */
export async function describeParts(): Promise<Part[]> {
  return [
    { name: 'Node.js', found: true, version: process.versions.node, detail: process.execPath, remedy: null },
    describeElectron(),
    describeCuda(),
    await describeSharp(),
    ...(process.versions['electron'] === undefined ? describeTools() : []),
    await describeSqlite(),
  ];
}

/** What a clone is built with; the app holds what comes of it. */
function describeTools(): Part[] {
  return [
    describePackage('svelte', { use: 'the screens', remedy: 'Run: npm ci' }),
    describePackage('electron-builder', {
      use: 'makes the installable app (npm run package)',
      remedy: 'Run: npm ci',
    }),
  ];
}

function describePackage(name: string, { use, remedy }: { use: string; remedy: string }): Part {
  const version = installedVersion(name);
  return version === null
    ? { name, found: false, version, detail: `not installed; ${use}`, remedy }
    : { name, found: true, version, detail: use, remedy: null };
}

/** The same words as the backend's, so that nobody gets two pieces of advice. */
export function describeCuda(machine: Machine = process): Part {
  const obstacle = cudaObstacle(machine);
  const { found, detail, remedy } = obstacle === null ? describeCudaPackage() : { found: false, ...obstacle };
  return {
    name: CUDA_PACKAGE,
    found,
    version: installedVersion(CUDA_PACKAGE),
    detail,
    remedy: remedy || null,
  };
}

/** The package may be there without the program, which is downloaded apart. */
function describeElectron(): Part {
  const name = 'electron';
  if (process.versions['electron'] !== undefined) {
    return {
      name,
      found: true,
      version: process.versions['electron'],
      detail: 'running in it',
      remedy: null,
    };
  }
  const version = installedVersion(name);
  if (version === null) {
    return {
      name,
      found: false,
      version,
      detail: 'not installed; gives the app a window of its own',
      remedy: 'Run: npm ci. Without it the app opens in the browser.',
    };
  }
  const binary = electronBinary();
  if (binary !== null) return { name, found: true, version, detail: binary, remedy: null };
  return {
    name,
    found: false,
    version,
    detail:
      'the package is installed, but not its program, which is downloaded from github.com when it is first run',
    remedy:
      'Where that site can be reached: npx electron --version. Or set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds it. Without it the app opens in the browser.',
  };
}

function electronBinary(): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const programs = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  const folders = [override, path.join(packageFolder('electron') ?? '', 'dist')];
  for (const folder of folders) {
    if (!folder) continue;
    const found = programs.map((program) => path.join(folder, program)).find((file) => existsSync(file));
    if (found !== undefined) return found;
  }
  return null;
}

async function describeSharp(): Promise<Part> {
  const name = 'sharp';
  try {
    const { default: sharp } = await import('sharp');
    const detail = `reads pictures; libvips ${sharp.versions.vips}`;
    return {
      name,
      found: true,
      version: sharp.versions.sharp ?? installedVersion(name),
      detail,
      remedy: null,
    };
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message.split('\n')[0] : String(fault);
    return {
      name,
      found: false,
      version: installedVersion(name),
      detail: `cannot be loaded: ${reason}`,
      remedy: 'Run: npm ci --include=optional. Scans cannot be opened without it; drawings can.',
    };
  }
}

async function describeSqlite(): Promise<Part> {
  const name = 'node:sqlite';
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(':memory:');
    const version = database.prepare('SELECT sqlite_version() AS version').get()?.['version'];
    database.close();
    return { name, found: true, version: String(version), detail: 'keeps the library', remedy: null };
  } catch {
    return {
      name,
      found: false,
      version: null,
      detail: 'this Node has none',
      remedy: 'Use Node 24: npx node@24',
    };
  }
}

/** Of a package as it is installed; null where it is not, or where it is bundled. */
export function installedVersion(name: string): string | null {
  const folder = packageFolder(name);
  if (folder === null) return null;
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return manifest && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : null;
}

/** Looks along the folders where Node looks, since some packages hide their package.json. */
function packageFolder(name: string): string | null {
  const places = require.resolve.paths(name) ?? [];
  return (
    places
      .map((place) => path.join(place, name))
      .find((folder) => existsSync(path.join(folder, 'package.json'))) ?? null
  );
}
