/** The only bridge of the hidden window: hands its page the port to the trainer. Nothing of Node or Electron is exposed. */
import { ipcRenderer } from 'electron';
import { ENGINE_CHANNEL } from './channel.ts';

/** The part of the page's window that is used here; the DOM library stays out of the main program's types. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void;
};

ipcRenderer.on(ENGINE_CHANNEL, (event) => {
  window.postMessage({ type: ENGINE_CHANNEL }, window.location.origin, [...event.ports]);
});
