import { ipcMain, MessageChannelMain } from 'electron';
import { RPCHandler } from '@orpc/server/message-port';
import type { HostRouter } from '../src/host/router.ts';
import { isAppUrl } from './navigation.ts';

/** What the preload asks for a port with, and what the port arrives as. */
export const PORT_CHANNEL = 'steadypen-port';

/**
 * Gives every page of ours that asks one port to the router, and no one else: only the main frame of one of our own
 * pages is answered. Everything else goes through that port; there are no other channels.
 */
export function serveCalls(router: HostRouter): void {
  const handler = new RPCHandler(router);
  ipcMain.on(PORT_CHANNEL, (event) => {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isAppUrl(frame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1);
    port1.start();
    frame.postMessage(PORT_CHANNEL, null, [port2]);
  });
}
