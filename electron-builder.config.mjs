/** How the app is packaged (npm run package). Only what runs goes in: bundles, assets, fonts, sharp. */
import { OUTLINE_FONTS, STROKE_FONTS } from './src/synthetic/font-list.ts';

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
  executableName: 'steadypen',
  copyright: 'Apache-2.0',
  directories: { output: 'release' },
  // Native modules come with prebuilt binaries; nothing is compiled here.
  npmRebuild: false,
  nodeGypRebuild: false,
  asar: true,
  asarUnpack: ['node_modules/sharp/**', 'node_modules/@img/**', 'node_modules/@tensorflow/**'],
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
    // WebGPU for plain Node, which Electron's memory cage forbids: there Chromium's own is used.
    ...['webgpu', '@webgpu', 'debug', 'ms'].map((name) => `!node_modules/${name}/**`),
    ...fonts,
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
  linux: { target: 'dir', category: 'MedicalSoftware' },
  mac: { target: 'dir' },
  win: { target: 'dir' },
  publish: null,
};
