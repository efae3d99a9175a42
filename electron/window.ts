import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { START_URL } from './navigation.ts';
import {
  DEFAULT_SIZE,
  keepOnDisplay,
  MINIMUM,
  parseWindowState,
  saveWindowState,
  type WindowState,
} from './window-state.ts';

/** Opens the window where it was last, and remembers where it is closed. */
export async function openWindow(preload: string): Promise<BrowserWindow> {
  const file = path.join(app.getPath('userData'), 'window.json');
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const state = keepOnDisplay(parseWindowState(readText(file)), workAreas);
  const window = new BrowserWindow({
    ...(state.bounds ?? DEFAULT_SIZE),
    minWidth: MINIMUM.width,
    minHeight: MINIMUM.height,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const now: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    saveWindowState(file, now, (message) => console.warn(message));
  });
  await window.loadURL(START_URL);
  return window;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // The first start.
  }
}
