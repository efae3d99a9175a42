/**
 * Holds a packed app against what it should be: its files, sharp for the target, the fuses, the languages, the size. The
 * builder runs this before it makes an installer, so that nothing that fails here is ever handed out.
 */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { appRules, electronRules, holdAgainst, nativePackages, resourceRules } from './allow-list.mjs';

/** Bytes of all files of an installed app; a universal app for macOS holds two programs. */
export const SIZE_BUDGET = 260e6;

const FUSE_NAMES = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/**
 * @typedef {object} PackedApp
 * @property {string} folder Where the app was packed: on macOS it holds the .app.
 * @property {string} resources Folder of app.asar.
 * @property {string} binary Program with the fuses.
 * @property {string} executable Name of the program, without .exe.
 * @property {string} platform As `process.platform`, of the target.
 * @property {readonly string[]} archs
 * @property {readonly string[]} fonts
 * @property {readonly string[]} strokeFonts
 * @property {readonly string[]} locales Chromium's.
 * @property {Readonly<Record<string, boolean>>} fuses As in electron-builder's `electronFuses`.
 */

/**
 * @param {PackedApp} app
 * @returns {Promise<{ faults: string[], bytes: number }>} Faults in words; the size of all files.
 */
export async function checkPackage(app) {
  const archive = path.join(app.resources, 'app.asar');
  const packed = appFiles(archive);
  const { bytes, files } = filesBelow(app.folder);
  const ownRules = electronRules(app.platform, app.executable, app.locales);
  return {
    bytes,
    faults: [
      ...holdAgainst(packed, appRules(app)),
      ...holdAgainst(filesBelow(app.resources).files, resourceRules()),
      ...(ownRules === null ? [] : holdAgainst(files, ownRules)),
      ...missingNatives(app),
      ...(await differingFuses(app)),
      ...tooLarge(app, bytes),
    ],
  };
}

/** Files in the archive and unpacked beside it, from the app's root; folders left out. */
function appFiles(archive) {
  const entries = listPackage(archive, { isPack: false }).map((entry) =>
    entry.replaceAll('\\', '/').slice(1),
  );
  const folders = new Set(entries.map((entry) => path.posix.dirname(entry)));
  const packed = entries.filter((entry) => !folders.has(entry));
  const unpacked = existsSync(`${archive}.unpacked`) ? filesBelow(`${archive}.unpacked`).files : [];
  return [...new Set([...packed, ...unpacked])];
}

/** The archive lists what is unpacked too: whether the libraries are there, and no text in their place, only the files say. */
function missingNatives({ platform, archs, resources }) {
  return nativePackages(platform, archs).flatMap((name) => {
    const folder = path.join(resources, 'app.asar.unpacked/node_modules/@img', name);
    const libraries = existsSync(folder)
      ? filesBelow(folder).files.filter((file) => /\.(node|dll|dylib|so(\.[\d.]+)?)$/.test(file))
      : [];
    if (libraries.some((file) => lstatSync(path.join(folder, file)).size > 10_000)) return [];
    const arch = archs.find((word) => name.endsWith(word)) ?? archs[0];
    return [
      `@img/${name} with its library is not packed; fetch it with: npm install --no-save --force --os=${platform} --cpu=${arch} sharp`,
    ];
  });
}

async function differingFuses({ binary, fuses }) {
  const wire = await getCurrentFuseWire(binary);
  return Object.entries(fuses).flatMap(([name, wanted]) => {
    const found = wire[FUSE_NAMES[name]];
    if (found === (wanted ? FuseState.ENABLE : FuseState.DISABLE)) return [];
    return [`the fuse ${name} should be ${wanted ? 'on' : 'off'}`];
  });
}

function tooLarge({ archs }, bytes) {
  const budget = SIZE_BUDGET * archs.length;
  if (bytes <= budget) return [];
  return [`it is ${megabytes(bytes)} large, over the ${megabytes(budget)} that it may be`];
}

/** @returns {{ files: string[], bytes: number }} Links are listed and count nothing. */
export function filesBelow(folder) {
  const files = [];
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.push(path.relative(folder, file).split(path.sep).join('/'));
    if (entry.isFile()) bytes += lstatSync(file).size;
  }
  return { files, bytes };
}

export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
