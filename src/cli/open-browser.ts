import { spawn, type ChildProcess } from 'node:child_process';

/**
 * How to open an address on a platform. $BROWSER wins, as in other programs; `%s` in it stands for the address.
 * @returns Program and arguments; no shell is involved, so that nothing in the address can be understood as a command.
 */
export function browserCommand(
  url: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] {
  const [program, ...rest] = (env['BROWSER'] ?? '').split(/\s+/).filter((word) => word !== '');
  if (program !== undefined) {
    const args = rest.map((word) => word.replace('%s', url));
    return [program, ...args, ...(rest.some((word) => word.includes('%s')) ? [] : [url])];
  }
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/**
 * Opens the default browser. Never throws: the address is printed too, and can be opened by hand.
 * @returns Ends what was started here; a browser that ran before is left alone.
 */
export function openBrowser(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  onFault: (message: string) => void,
): () => void {
  const [program, ...args] = browserCommand(url, process.platform, env);
  const child: ChildProcess = spawn(program, args, {
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  let running = true;
  child.on('error', (error) => {
    running = false;
    onFault(`The browser could not be opened (${error.message}). Open the address above by hand.`);
  });
  child.on('exit', (code) => {
    running = false;
    if (code !== 0 && code !== null) {
      onFault(`${program} ended with code ${code}. If no browser opened, open the address above by hand.`);
    }
  });
  child.unref();
  return () => {
    if (!running || child.pid === undefined) return;
    try {
      // The group: openers are often scripts around the real browser.
      if (process.platform === 'win32') child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    } catch {
      // Gone already.
    }
  };
}
