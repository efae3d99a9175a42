/**
 * How the app is packed (`npm run package`) and its installers are made (`npm run installers`). Only what runs goes in:
 * bundles, assets, fonts, sharp. What may be in an installed app stands in scripts/package/allow-list.mjs.
 */
import { LINUX_MIME_TYPES, MAC_FILE_TYPES } from './packaging/file-types.mjs';
import { checkBeforeInstallers } from './scripts/package/after-pack.mjs';
import { appLanguages, chromiumLocales } from './scripts/package/languages.mjs';
import { signingFromEnvironment } from './scripts/package/signing.mjs';
import { TARGETS } from './scripts/package/targets.mjs';
import { OUTLINE_FONTS, STROKE_FONTS } from './src/synthetic/font-list.ts';

const signing = signingFromEnvironment(process.env);

/** Fonts for synthetic training, at the places where src/synthetic/font-files.ts looks in a clone. */
const fonts = [
  ...OUTLINE_FONTS.map(({ name }) => ({
    from: `node_modules/@fontsource/${name}`,
    to: `node_modules/@fontsource/${name}`,
    filter: [`files/${name}-latin-400-normal.woff2`, 'LICENSE'],
  })),
  {
    from: 'node_modules/hersheytext',
    to: 'node_modules/hersheytext',
    filter: STROKE_FONTS.map(({ file }) => `svg_fonts/${file}.svg`),
  },
];

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.steadypen.app',
  productName: 'Steadypen',
  copyright: 'The Steadypen authors. Apache-2.0.',
  artifactName: 'Steadypen-${version}-${os}-${arch}.${ext}',
  // Icons are made there before packing (scripts/package/icons.mjs).
  directories: { output: 'release', buildResources: 'build/icons' },
  // Native modules come with prebuilt binaries; nothing is compiled here.
  npmRebuild: false,
  nodeGypRebuild: false,
  asar: true,
  asarUnpack: ['node_modules/sharp/**', 'node_modules/@img/**'],
  electronLanguages: chromiumLocales(appLanguages(import.meta.dirname)),
  files: [
    'package.json',
    'LICENSE',
    'THIRD-PARTY-NOTICES.md',
    'dist/electron/**',
    'dist/engine/**',
    'dist/renderer/**',
    'dist/kernels/*.wasm',
    'assets/**',
    '!**/*.map',
    // Of sharp only what runs.
    '!node_modules/sharp/src/**',
    '!node_modules/@img/**/include/**',
    // No other package, whoever asks for it: not tfjs-node-gpu where an expert has installed it, nor WebGPU for plain Node,
    // which Electron's memory cage forbids.
    '!node_modules/!(sharp|@img|detect-libc|semver)/**',
    ...fonts,
  ],
  extraResources: [
    { from: 'packaging/licences', to: 'licences' },
    { from: 'packaging/bin', to: 'bin', filter: [process.platform === 'win32' ? '*.cmd' : 'steadypen-cli'] },
    { from: 'build/shipped', to: '.' },
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  afterPack: checkBeforeInstallers,
  linux: {
    target: [...TARGETS.linux],
    executableName: 'steadypen',
    icon: 'build/icons/png',
    category: 'Science',
    synopsis: 'Screens handwriting and drawing for tremor-like movement, offline',
    syncDesktopName: true,
    mimeTypes: LINUX_MIME_TYPES,
  },
  deb: {
    packageCategory: 'science',
    // The app is /usr/bin/steadypen, its command line stands beside it.
    fpm: ['packaging/linux/steadypen-cli=/usr/bin/steadypen-cli'],
    // Read by Debian 12, Ubuntu 22.04 and later; packs in a tenth of the time of xz.
    compression: 'zst',
    // What Electron links to or starts; Chromium's own package asks for the same.
    depends: [
      ...['libgtk-3-0 | libgtk-3-0t64', 'libnss3', 'libxss1', 'libxtst6', 'xdg-utils'],
      ...['libatspi2.0-0 | libatspi2.0-0t64', 'libsecret-1-0', 'libgbm1', 'libasound2 | libasound2t64'],
    ],
    recommends: ['libvulkan1', 'mesa-vulkan-drivers'],
  },
  // The static runtime needs no FUSE 2 of the system, and starts the app with its sandbox on.
  toolsets: { appimage: '1.0.3' },
  mac: {
    target: TARGETS.darwin.map((target) => ({ target, arch: 'universal' })),
    icon: 'build/icons/icon.icns',
    category: 'public.app-category.medical',
    fileAssociations: MAC_FILE_TYPES,
    // The natives of both processors lie in both halves.
    x64ArchFiles: '*/app.asar.unpacked/node_modules/@img/**',
    ...signing.mac,
  },
  dmg: { sign: false },
  win: {
    // Per user without rights of an administrator; .msi for all users, to be handed out by IT.
    target: [...TARGETS.win32],
    icon: 'build/icons/icon.ico',
    ...signing.win,
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    include: 'packaging/installer.nsh',
    deleteAppDataOnUninstall: false,
    artifactName: 'Steadypen-${version}-win-${arch}.${ext}',
  },
  msi: {
    oneClick: false,
    perMachine: true,
    runAfterFinish: false,
    // The same for every version, so that a new one replaces the one before.
    upgradeCode: '8c2b8a4e-6a0e-4c1c-9d8f-3f6b9b1d7a52',
  },
  publish: null,
};
