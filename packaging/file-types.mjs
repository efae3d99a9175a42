/**
 * The files that the app joins the programs of "Open with" for, for electron-builder. A recording is `.json`, an extension of
 * everybody's: the app never becomes the default. On Windows packaging/installer.nsh does it, since the builder's associations take
 * an extension over. Models (`.spm`) are not among them: the app does not open them yet.
 */

/** Linux: `MimeType` in the desktop entry; a known type, without a glob of our own. */
export const LINUX_MIME_TYPES = ['application/json'];
/** macOS: the rank tells Finder that others come first. */
export const MAC_FILE_TYPES = [
  { ext: 'json', name: 'Pen recording', description: 'Pen recording', role: 'Viewer', rank: 'Alternate' },
];
