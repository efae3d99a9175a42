import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate, type MenuActions } from '../../../electron/menu.ts';

const done: string[] = [];
const actions: MenuActions = {
  open: () => done.push('open'),
  openRecent: (file) => done.push(`open ${file}`),
  clearRecent: () => done.push('clear'),
  go: (screen) => done.push(`go ${screen}`),
  openLogs: () => done.push('logs'),
  about: () => done.push('about'),
};

const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
const itemsOf = (platform: NodeJS.Platform, recent: readonly string[] = []) =>
  flat(menuTemplate(platform, actions, recent));
const press = (items: readonly MenuItemConstructorOptions[], label: string) => {
  const item = items.find((one) => one.label === label);
  if (!item?.click) throw new Error(`no item ${label}`);
  (item.click as () => void)();
};

test.each(['linux', 'win32', 'darwin'] as const)('%s: no shortcut stands for two things', (platform) => {
  const shortcuts = itemsOf(platform).flatMap(({ accelerator }) =>
    accelerator ? [String(accelerator)] : [],
  );
  expect(shortcuts).toContain('CmdOrCtrl+O');
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
});

test('every screen, the logs and About are reached from the menus', () => {
  const items = itemsOf('linux');
  done.length = 0;
  for (const label of ['Screen', 'Library', 'Train', 'Models', 'Settings']) press(items, label);
  for (const label of ['&Open…', 'Open &log folder', '&About Steadypen']) press(items, label);
  expect(done).toEqual([
    'go screen',
    'go library',
    'go train',
    'go models',
    'go settings',
    'open',
    'logs',
    'about',
  ]);
});

test('macOS has the menu of the app and of its windows, by the roles that carry their keys', () => {
  const roles = itemsOf('darwin').map(({ role }) => role);
  for (const role of ['appMenu', 'hide', 'hideOthers', 'unhide', 'quit', 'close', 'windowMenu', 'services']) {
    expect(roles, role).toContain(role);
  }
  expect(itemsOf('win32').map(({ role }) => role)).not.toContain('appMenu');
});

test('files opened last are offered by name, and forgotten on request', () => {
  const items = itemsOf('linux', ['/scans/a & b.png']);
  done.length = 0;
  press(items, 'a && b.png');
  press(items, '&Clear this list');
  expect(done).toEqual(['open /scans/a & b.png', 'clear']);
  expect(itemsOf('linux').find(({ label }) => label === 'None yet')).toMatchObject({ enabled: false });
});
