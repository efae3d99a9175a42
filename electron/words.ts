/** The few words that stand outside of the page: menus, dialogs, and messages before a window is there. English first. */
export const WORDS = {
  appName: 'Steadypen',
  file: '&File',
  open: '&Open…',
  openRecent: 'Open &recent',
  clearRecent: '&Clear this list',
  noRecent: 'None yet',
  quit: '&Quit',
  edit: '&Edit',
  view: '&View',
  screens: { screen: 'Screen', library: 'Library', train: 'Train', models: 'Models', settings: 'Settings' },
  help: '&Help',
  keyboard: '&Keyboard shortcuts',
  openLogFolder: 'Open &log folder',
  about: '&About Steadypen',
  cannotStart: 'Steadypen cannot start',

  openTitle: 'Screen files',
  readable: 'Pictures and recordings',
  allFiles: 'All files',

  restart: 'Restart',
  openLogs: 'Open logs',
  quitButton: 'Quit',
  goOn: 'Continue',
  wait: 'Wait',
  reload: 'Load again',
  crashed: 'Steadypen’s window stopped working twice within a minute.',
  crashedDetail:
    'What was drawn or saved is safe. Restart Steadypen; if that does not help, the logs say what happened.',
  fault: 'Something unexpected went wrong in Steadypen.',
  faultDetail: (what: string) => `${what}\n\nWhat was drawn or saved is safe.`,
  hangs: 'Steadypen’s window does not answer.',
  hangsDetail: 'Wait a little, or load it again. What was drawn or saved is safe.',

  training: 'A model is training.',
  trainingDetail: 'If you quit now, the training stops. At the next start it can continue from where it was.',
  keepTraining: 'Keep training',
  quitTraining: 'Quit',

  aboutDetail: (versions: string) =>
    `${versions}\n\nA screening aid, not a diagnosis. Works offline: nothing leaves this computer.\nLicensed under Apache-2.0.`,
  licences: 'Licences',
  close: 'Close',
} as const;
