/** A copy of what runs in Electron, for users who cannot read the clone and for an Electron without `node:sqlite`. */
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OUTLINE_FONTS, STROKE_FONTS } from '../../../src/synthetic/font-list.ts';

const SQLITE_IMPORT = /(?<=from\s*|import\s*)(["'])node:sqlite\1/g;

/**
 * @param root The clone, built.
 * @param folder Does not exist yet. Gets the bundles, the assets and the packages that are not bundled.
 * @param sqliteStandIn URL of the module that is imported in place of `node:sqlite`, or null where Electron has it.
 */
export function copyApp(root: string, folder: string, sqliteStandIn: string | null): void {
  const copy = (place: string): void =>
    cpSync(path.join(root, place), path.join(folder, place), { recursive: true, dereference: true });
  for (const place of [
    'package.json',
    'assets',
    'dist/electron',
    'dist/engine',
    'dist/renderer',
    'dist/kernels',
  ])
    copy(place);
  for (const name of ['sharp', 'detect-libc', 'semver', '@img']) copy(`node_modules/${name}`);
  for (const { name } of OUTLINE_FONTS) {
    copy(`node_modules/@fontsource/${name}/files/${name}-latin-400-normal.woff2`);
  }
  for (const { file } of STROKE_FONTS) copy(`node_modules/hersheytext/svg_fonts/${file}.svg`);
  if (sqliteStandIn !== null) replaceSqlite(path.join(folder, 'dist/electron'), sqliteStandIn);
}

/**
 * Points every import of `node:sqlite` in a folder of bundles elsewhere.
 * @throws Error where there is none: the bundles are not what they were thought to be.
 */
export function replaceSqlite(folder: string, standIn: string): void {
  let count = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.js'))) {
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8');
    const changed = text.replace(SQLITE_IMPORT, () => {
      count++;
      return JSON.stringify(standIn);
    });
    if (changed !== text) writeFileSync(file, changed);
  }
  if (count === 0) throw new Error(`nothing in ${folder} imports node:sqlite`);
}

/** @throws Error that says what to do, where the clone has not been built. */
export function requireBuild(root: string): void {
  if (!existsSync(path.join(root, 'dist/electron/main.js'))) {
    throw new Error(
      'dist/electron is not built: run `npm run build -- --electron`, or `npm test`, which does.',
    );
  }
}
