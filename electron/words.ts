/** The few words that stand outside of the page: menus and messages before a window is there. English first. */
export const WORDS = {
  file: '&File',
  quit: '&Quit',
  edit: '&Edit',
  view: '&View',
  cannotStart: 'Steadypen cannot start',
} as const;
