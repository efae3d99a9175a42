/** Which files an installed app may hold: each has a rule here, and each rule has a file. */

/** The parts of sharp by the target's `platform-arch`. On Windows libvips lies inside of sharp's own package. */
const NATIVES = {
  'linux-x64': ['sharp-linux-x64', 'sharp-libvips-linux-x64'],
  'linux-arm64': ['sharp-linux-arm64', 'sharp-libvips-linux-arm64'],
  'darwin-x64': ['sharp-darwin-x64', 'sharp-libvips-darwin-x64'],
  'darwin-arm64': ['sharp-darwin-arm64', 'sharp-libvips-darwin-arm64'],
  'win32-x64': ['sharp-win32-x64'],
  'win32-arm64': ['sharp-win32-arm64'],
};
const HASH = '[\\w-]{8}';
const PROGRAMS = ['main', 'screener', 'trainer', 'cpu-helper', 'network-bench', 'data-thread'];
const KERNELS = ['steadypen-engine', 'steadypen-kernels', 'tfjs-backend-wasm', 'tfjs-backend-wasm-simd'];

/**
 * @param {string} platform As `process.platform`, of the target.
 * @param {readonly string[]} archs One, or both of a universal app.
 * @returns {string[]} Folders below node_modules/@img.
 */
export function nativePackages(platform, archs) {
  return archs.flatMap((arch) => {
    const names = NATIVES[`${platform}-${arch}`];
    if (names === undefined) throw new Error(`Steadypen is not made for ${platform} on ${arch}.`);
    return names;
  });
}

/**
 * Rules for the files of the app itself (app.asar with what lies unpacked beside it), as `path` from its root.
 * @param {{ platform: string, archs: readonly string[], fonts: readonly string[], strokeFonts: readonly string[] }} target
 * @returns {{ pattern: RegExp, optional?: boolean }[]}
 */
export function appRules({ platform, archs, fonts, strokeFonts }) {
  const natives = nativePackages(platform, archs);
  return [
    ...['package.json', 'LICENSE', 'THIRD-PARTY-NOTICES.md'].map(exactly),
    ...PROGRAMS.map((name) => exactly(`dist/electron/${name}.js`)),
    ...['preload', 'engine-preload'].map((name) => exactly(`dist/electron/${name}.cjs`)),
    // A part may be named after a file of a package, such as server.CMf4nKky.
    rule(`dist/electron/[\\w.-]+-${HASH}\\.js`),
    rule('dist/engine/index\\.html'),
    rule(`dist/engine/assets/[\\w-]+-${HASH}\\.js`),
    exactly('dist/renderer/index.html'),
    rule(`dist/renderer/assets/[\\w-]+-${HASH}\\.(js|css|woff2|svg)`),
    ...KERNELS.map((name) => exactly(`dist/kernels/${name}.wasm`)),
    ...['factory.spm', 'factory.card.json'].map((name) => exactly(`assets/models/${name}`)),
    rule('assets/examples/[\\w-]+\\.(json|png)'),
    ...fonts.flatMap((name) => [
      exactly(`node_modules/@fontsource/${name}/files/${name}-latin-400-normal.woff2`),
      exactly(`node_modules/@fontsource/${name}/LICENSE`),
    ]),
    ...strokeFonts.map((file) => exactly(`node_modules/hersheytext/svg_fonts/${file}.svg`)),
    rule('node_modules/sharp/(LICENSE|package\\.json|(dist|install|lib)/[\\w-]+\\.(js|cjs|mjs|d\\.[cm]ts))'),
    rule('node_modules/(detect-libc|semver)/([\\w-]+/)?[\\w.-]+'),
    rule('node_modules/@img/colour/[\\w.]+'),
    ...natives.map((name) => rule(`node_modules/@img/${name}/([\\w.-]+/)*[\\w.-]+`)),
  ];
}

/** Beside the archive, in the folder of resources. */
export function resourceRules() {
  return [
    exactly('app.asar'),
    rule('app\\.asar\\.unpacked/.*'), // its content stands under `appRules`
    ...['LGPL-3.0.txt', 'GPL-3.0.txt', 'libvips.md', 'libvips-notices.txt'].map((name) =>
      exactly(`licences/${name}`),
    ),
    ...['sbom.cdx.json', 'LICENSES.chromium.html.gz'].map((name) => exactly(name)),
    rule('bin/steadypen-cli(\\.cmd)?'),
    { ...exactly('update-key.pem'), optional: true }, // where the publisher signs updates (update-key.mjs)
    // Written by the builder's own targets for Linux after this check has run, and on macOS by Electron.
    { ...rule('(apparmor-profile|package-type|icon\\.icns|[\\w-]+\\.lproj(/.*)?)'), optional: true },
    // For Windows: lifts the rights of an installer for all users.
    { ...rule('elevate\\.exe'), optional: true },
  ];
}

/** Electron's own files beside the program, by platform of the target; on macOS they are sealed in a framework of Apple's form. */
export function electronRules(platform, executable, locales) {
  if (platform === 'darwin') return null;
  const windows = platform === 'win32';
  return [
    exactly(windows ? `${executable}.exe` : executable),
    ...['icudtl.dat', 'resources.pak', 'chrome_100_percent.pak', 'chrome_200_percent.pak'].map(exactly),
    ...['LICENSE.electron.txt'].map(exactly),
    rule('(v8_context_snapshot|snapshot_blob)\\.bin'),
    rule('vk_swiftshader_icd\\.json'),
    ...locales.map((name) => exactly(`locales/${name}.pak`)),
    { ...rule('locales/[\\w-]+_(FEMININE|MASCULINE|NEUTER)\\.pak'), optional: true },
    ...(windows
      ? [rule('(d3dcompiler_\\d+|dxcompiler|dxil|ffmpeg|libEGL|libGLESv2|vk_swiftshader|vulkan-1)\\.dll')]
      : [
          ...['chrome-sandbox', 'chrome_crashpad_handler'].map(exactly),
          rule('lib(EGL|GLESv2|ffmpeg|vk_swiftshader)\\.so'),
          exactly('libvulkan.so.1'),
        ]),
    rule('resources/.*'), // their content stands under `resourceRules`
  ];
}

/**
 * Holds files against rules, both ways.
 * @param {readonly string[]} files With `/` between folders.
 * @param {readonly { pattern: RegExp, optional?: boolean }[]} rules
 * @returns {string[]} Faults in words; empty when all is as it should be.
 */
export function holdAgainst(files, rules) {
  const foreign = files.filter((file) => !rules.some(({ pattern }) => pattern.test(file)));
  const unmet = rules.filter(
    ({ pattern, optional }) => !optional && !files.some((file) => pattern.test(file)),
  );
  return [
    ...foreign.map((file) => `${file} is not on the list`),
    ...unmet.map(({ pattern }) => `nothing fits ${pattern.source} of the list`),
  ];
}

function exactly(file) {
  return { pattern: new RegExp(`^${file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) };
}

function rule(source) {
  return { pattern: new RegExp(`^${source}$`) };
}
