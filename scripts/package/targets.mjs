/** The installers of each system, by electron-builder's names. @type {Readonly<Record<string, readonly string[]>>} */
export const TARGETS = { linux: ['deb', 'AppImage'], darwin: ['dmg'], win32: ['nsis', 'msi'] };
