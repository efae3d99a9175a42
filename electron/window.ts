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
  type Bounds,
  type WindowState,
} from './window-state.ts';

let current: BrowserWindow | null = null;

/** The window of the app, not the hidden one that computes; null while there is none. */
export function appWindow(): BrowserWindow | null {
  return current;
}

export function focusWindow(): void {
  if (current?.isMinimized()) current.restore();
  current?.show();
  current?.focus();
}

/** Brings the window back where no display shows it any more. */
export function bringBack(): void {
  if (current === null) return;
  const state = { bounds: current.getBounds(), maximized: false };
  if (keepOnDisplay(state, workAreas()).bounds !== null) return;
  current.setSize(DEFAULT_SIZE.width, DEFAULT_SIZE.height);
  current.center();
}

/**
 * Opens the window where it was last, and remembers where it is closed.
 * @param prepare Called before its page is loaded.
 */
export async function openWindow(preload: string, prepare: (window: BrowserWindow) => void): Promise<void> {
  const file = path.join(app.getPath('userData'), 'window.json');
  const state = keepOnDisplay(parseWindowState(readText(file)), workAreas());
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
  current = window;
  window.on('closed', () => {
    current = null;
  });
  prepare(window);
  window.on('close', () => {
    const now: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    saveWindowState(file, now, (message) => console.warn(message));
  });
  await load(window);
}

/** A window that is closed on the way, or whose page crashes and is loaded again, is no fault of the start. */
async function load(window: BrowserWindow): Promise<void> {
  let hasFailed = false;
  window.webContents.on('did-fail-load', (_event, _code, _what, _url, isMainFrame) => {
    hasFailed ||= isMainFrame;
  });
  try {
    await window.loadURL(START_URL);
  } catch (fault) {
    if (!window.isDestroyed() && hasFailed) throw fault; // a crash is told only later
    console.warn('The page was not loaded to its end:', fault instanceof Error ? fault.message : fault);
  }
}

function workAreas(): Bounds[] {
  return screen.getAllDisplays().map((display) => display.workArea);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // The first start.
  }
}
