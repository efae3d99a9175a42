/** The only bridge: hands the page its port to the host. Nothing of Node or Electron is exposed. */
import { ipcRenderer } from 'electron';

/** The part of the page's window that is used here; the DOM library stays out of the main program's types. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void;
  addEventListener(event: 'DOMContentLoaded', listener: () => void): void;
};

const PORT_CHANNEL = 'steadypen-port';

ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage({ type: PORT_CHANNEL }, window.location.origin, [...event.ports]);
});
// The page's own scripts have run by then, and listen.
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(PORT_CHANNEL));
