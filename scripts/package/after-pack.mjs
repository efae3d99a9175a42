/** What the builder calls for each packed app, before an installer is made of it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { OUTLINE_FONTS, STROKE_FONTS } from '../../src/synthetic/font-list.ts';
import { nativePackages } from './allow-list.mjs';
import { checkPackage, megabytes } from './check-package.mjs';
import { appLanguages, chromiumLocales } from './languages.mjs';
import { libvipsOffer } from './libvips-offer.mjs';
import { makeSbom } from './sbom.mjs';

/** electron-builder's numbers of processors (builder-util, Arch). */
const ARCHS = { 1: ['x64'], 3: ['arm64'], 4: ['x64', 'arm64'] };
const root = path.resolve(import.meta.dirname, '../..');

/**
 * Sets the fuses, adds what is made from the packed app itself, and holds all of it against the list.
 * @param {import('electron-builder').AfterPackContext} context
 * @throws {Error} with one line for each fault: the builder then makes no installer.
 */
export async function checkBeforeInstallers(context) {
  const { packager, appOutDir, electronPlatformName: platform, arch } = context;
  const archs = ARCHS[arch];
  if (archs === undefined)
    throw new Error(`Steadypen is not made for processor number ${arch} of electron-builder.`);
  // The halves of a universal app are merged and come here once more.
  if (/-(x64|arm64)-temp$/.test(appOutDir)) return;
  const resources = packager.getResourcesDir(appOutDir);
  const executable = platform === 'linux' ? packager.executableName : packager.appInfo.productFilename;
  const ending = { darwin: '.app', win32: '.exe', linux: '' }[platform];
  const electronVersion = electronVersionOf(appOutDir) ?? packager.info.framework.version;
  shipNotices(appOutDir, resources);
  const fonts = OUTLINE_FONTS.map(({ name }) => name);
  // One that is missing is a fault below.
  const natives = nativePackages(platform, archs).filter((name) =>
    existsSync(path.join(root, 'node_modules/@img', name)),
  );
  writeFileSync(path.join(resources, 'sbom.cdx.json'), makeSbom({ root, fonts, natives, electronVersion }));
  mkdirSync(path.join(resources, 'licences'), { recursive: true });
  if (natives.length > 0) {
    writeFileSync(path.join(resources, 'licences/libvips.md'), libvipsOffer(root, natives));
  }
  const { electronFuses: fuses } = packager.config;
  // The builder does the same after this; here it is done for the check.
  await packager.addElectronFuses(context, await packager.generateFuseConfig(fuses));
  const { faults, bytes } = await checkPackage({
    folder: appOutDir,
    resources,
    binary: path.join(appOutDir, `${executable}${ending}`),
    executable,
    platform,
    archs,
    fonts,
    strokeFonts: STROKE_FONTS.map(({ file }) => file),
    locales: chromiumLocales(appLanguages(root)),
    fuses,
  });
  console.error(`steadypen: the app for ${platform} on ${archs.join(' and ')} is ${megabytes(bytes)} large.`);
  if (faults.length > 0) throw new Error(`The packed app is not as it should be:\n- ${faults.join('\n- ')}`);
}

/** Chromium's notices are 9 MB of text: packed they are half a megabyte, and the app shows them (About, then Licences). */
function shipNotices(appOutDir, resources) {
  const notices = path.join(appOutDir, 'LICENSES.chromium.html');
  const packed = path.join(resources, 'LICENSES.chromium.html.gz');
  const source = existsSync(notices)
    ? notices
    : path.join(root, 'node_modules/electron/dist/LICENSES.chromium.html');
  writeFileSync(packed, gzipSync(readFileSync(source), { level: 9 }));
  rmSync(notices, { force: true });
}

/** Electron lays it beside its program; the app has no use for it. */
function electronVersionOf(appOutDir) {
  const file = path.join(appOutDir, 'version');
  if (!existsSync(file)) return null;
  const version = readFileSync(file, 'utf8').trim().replace(/^v/, '');
  rmSync(file);
  return version;
}
