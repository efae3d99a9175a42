/**
 * The files that belong to Steadypen, for electron-builder. Models (`.spm`) are ours alone. A recording is `.json`, an
 * extension of everybody's: there the app only joins the programs of "Open with" and never becomes the default.
 */
export const MODEL_MIME = 'application/vnd.steadypen.model';
export const RECORDING_MIME = 'application/json';

const model = {
  ext: 'spm',
  name: 'Steadypen model',
  description: 'Steadypen model',
  mimeType: MODEL_MIME,
  role: 'Viewer',
  rank: 'Owner',
};

/** Windows: `.json` is offered by packaging/installer.nsh, since the builder's associations take an extension over. */
export const WINDOWS_FILE_TYPES = [model];
/** Linux: `MimeType` in the desktop entry; recordings as a known type, without a glob of our own. */
export const LINUX_FILE_TYPES = [model];
export const LINUX_MIME_TYPES = [RECORDING_MIME];
/** macOS: the rank tells Finder that others come first for `.json`. */
export const MAC_FILE_TYPES = [
  model,
  { ext: 'json', name: 'Pen recording', description: 'Pen recording', role: 'Viewer', rank: 'Alternate' },
];
