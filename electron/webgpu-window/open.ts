import { existsSync } from 'node:fs';
import { app, BrowserWindow, MessageChannelMain } from 'electron';
import { UserError } from '../../src/base/errors.ts';
import type { EngineWindow } from '../engine-door.ts';
import { ENGINE_URL } from '../navigation.ts';
import { ENGINE_CHANNEL } from './channel.ts';
import { needsWebgpuSwitch } from './needs-switch.ts';

/**
 * Before the app is ready. Chromium offers WebGPU on Linux for few drivers unless told otherwise; only our own worker uses
 * it, and where it does not work the run goes on elsewhere. The switch is read by the graphics process, which all windows
 * share, so that it cannot be given to one of them: it is left out where it brings nothing. That is on Windows and macOS, where
 * WebGPU is there without it, and on computers without a graphics device, where it would be computed on the processor, more
 * slowly than by our own engine.
 */
export function allowWebgpu(): void {
  const namesAdapter = app.commandLine.hasSwitch('use-webgpu-adapter');
  if (needsWebgpuSwitch(process.platform, existsSync, namesAdapter)) {
    app.commandLine.appendSwitch('enable-unsafe-webgpu');
  }
}

/**
 * Opens a window that nobody sees, whose worker computes with Chromium's WebGPU at full speed.
 * @throws UserError `engine-failed` where its page does not load.
 */
export async function openWebgpuWindow(preload: string): Promise<EngineWindow> {
  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // A hidden page would be slowed down after a while.
      backgroundThrottling: false,
      devTools: !app.isPackaged,
    },
  });
  const { webContents } = window;
  webContents.on('will-navigate', (event) => event.preventDefault());
  try {
    await window.loadURL(ENGINE_URL);
  } catch (error) {
    window.destroy();
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('engine-failed', `The window for WebGPU did not open: ${reason}.`, 'webgpu');
  }
  const { port1, port2 } = new MessageChannelMain();
  webContents.postMessage(ENGINE_CHANNEL, null, [port2]);
  const gone: ((reason: string) => void)[] = [];
  let closing = false;
  const tell = (reason: string): void => {
    if (!closing) for (const listener of gone) listener(reason);
  };
  webContents.on('render-process-gone', (_event, { reason }) => tell(`its window ended: ${reason}`));
  window.on('closed', () => tell('its window was closed'));
  return {
    port: port1,
    onGone: (listener) => void gone.push(listener),
    close: () => {
      closing = true;
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
