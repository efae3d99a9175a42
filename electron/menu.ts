import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import type { Notice } from '../src/api/contract.ts';
import { WORDS } from './words.ts';

export type ScreenName = Extract<Notice, { kind: 'go' }>['screen'];

/** What the items do that no role does. */
export interface MenuActions {
  readonly open: () => void;
  readonly openRecent: (file: string) => void;
  readonly clearRecent: () => void;
  readonly go: (screen: ScreenName) => void;
  readonly openLogs: () => void;
  readonly about: () => void;
}

const SCREENS: readonly ScreenName[] = ['screen', 'library', 'train', 'models', 'settings'];
const LINE: MenuItemConstructorOptions = { type: 'separator' };

/**
 * The menus of a platform, with every shortcut that works anywhere in the app. macOS has the app's own menu and the one of its
 * windows; elsewhere About and Settings stand in Help and View.
 * @param recent Files opened last, absolute.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  actions: MenuActions,
  recent: readonly string[],
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const about: MenuItemConstructorOptions = { label: WORDS.about, click: actions.about };
  return [
    ...(isMac ? [macAppMenu(about, actions)] : []),
    {
      label: WORDS.file,
      submenu: [
        { label: WORDS.open, accelerator: 'CmdOrCtrl+O', click: actions.open },
        { label: WORDS.openRecent, submenu: recentMenu(recent, actions) },
        LINE,
        isMac ? { role: 'close' } : { role: 'quit', label: WORDS.quit, accelerator: 'Ctrl+Q' },
      ],
    },
    { label: WORDS.edit, submenu: editMenu() },
    { label: WORDS.view, submenu: viewMenu(actions) },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    {
      role: 'help',
      label: WORDS.help,
      submenu: [
        { label: WORDS.keyboard, accelerator: 'F1', click: () => actions.go('settings') },
        { label: WORDS.openLogFolder, click: actions.openLogs },
        ...(isMac ? [] : [LINE, about]),
      ],
    },
  ];
}

/** ⌘, ⌘H ⌥⌘H ⌘Q where macOS has them. */
function macAppMenu(about: MenuItemConstructorOptions, { go }: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      about,
      LINE,
      { label: WORDS.screens.settings, accelerator: 'Cmd+,', click: () => go('settings') },
      LINE,
      { role: 'services' },
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      { role: 'quit' },
    ],
  };
}

function recentMenu(recent: readonly string[], actions: MenuActions): MenuItemConstructorOptions[] {
  if (recent.length === 0) return [{ label: WORDS.noRecent, enabled: false }];
  return [
    // An ampersand would underline the letter after it.
    ...recent.map((file) => ({
      label: path.basename(file).replaceAll('&', '&&'),
      click: () => actions.openRecent(file),
    })),
    LINE,
    { label: WORDS.clearRecent, click: actions.clearRecent },
  ];
}

function editMenu(): MenuItemConstructorOptions[] {
  return [
    { role: 'undo' },
    { role: 'redo' },
    LINE,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
}

function viewMenu({ go }: MenuActions): MenuItemConstructorOptions[] {
  return [
    ...SCREENS.map((screen, i) => ({
      label: WORDS.screens[screen],
      accelerator: `CmdOrCtrl+${i + 1}`,
      click: () => go(screen),
    })),
    LINE,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // The same key without Shift, on keyboards where plus needs it.
    { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut' },
    LINE,
    { role: 'togglefullscreen' },
  ];
}
