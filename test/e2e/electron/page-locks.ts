/** What a page of the app tries in vain. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Page } from '@playwright/test';

/**
 * @param options `mayConnect`: an ordinary browser opens a connection ahead of a navigation that the policy then forbids; nothing
 *   may be sent over it.
 * @returns What the page can do that it should not: empty where all locks hold.
 */
export async function openLocks(page: Page, { mayConnect = false } = {}): Promise<string[]> {
  let connections = 0;
  let sent = '';
  const sockets: Socket[] = [];
  const outside = createServer((socket) => {
    connections++;
    sockets.push(socket);
    socket.on('data', (bytes) => {
      sent += bytes.toString('latin1');
      socket.destroy();
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = outside.address() as AddressInfo;
    const open = await page.evaluate(tryLocks, `127.0.0.1:${port}`);
    if (connections > 0 && !mayConnect) open.push(`connects to foreign addresses, ${connections} times`);
    if (sent !== '') open.push(`sends to foreign addresses: ${sent}`);
    return open;
  } finally {
    for (const socket of sockets) socket.destroy();
    outside.close();
  }
}

/** Runs in the page. @param outside Host and port of somebody else's server. */
async function tryLocks(outside: string): Promise<string[]> {
  const open: string[] = [];
  for (const name of ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer']) {
    if (name in globalThis) open.push(`sees ${name}`);
  }
  const violated = new Set<string>();
  const note = (event: SecurityPolicyViolationEvent) => void violated.add(event.effectiveDirective);
  document.addEventListener('securitypolicyviolation', note);
  const script = document.createElement('script');
  script.textContent = 'globalThis.inlineScriptRan = true';
  const picture = document.createElement('img');
  picture.src = `http://${outside}/picture.png`;
  const frame = document.createElement('iframe');
  frame.src = `http://${outside}/`;
  document.body.append(script, picture, frame);
  if ('inlineScriptRan' in globalThis) open.push('runs scripts written into the page');
  await fetch(`http://${outside}/`).catch(() => undefined);
  try {
    new WebSocket(`ws://${outside}/`).close();
  } catch {
    // Refused at once.
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  document.removeEventListener('securitypolicyviolation', note);
  for (const element of [script, picture, frame]) element.remove();
  for (const directive of ['script-src-elem', 'img-src', 'frame-src', 'connect-src']) {
    if (!violated.has(directive)) open.push(`no word of the policy on ${directive}`);
  }
  return open;
}

/** True where the page cannot open another window: in an ordinary browser it can, in Electron it must not. */
export function isAlone(page: Page): Promise<boolean> {
  return page.evaluate(() => window.open('about:blank') === null);
}
