import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import { dataFolder } from '../store/home.ts';
import { APP_FILES, appVersion } from './app-files.ts';
import { EXIT, type Command } from './command.ts';
import { openBrowser } from './open-browser.ts';

export const command: Command = {
  name: 'serve',
  usage: '[options]',
  summary: 'Runs the app for a browser on this machine only, until Ctrl-C.',
  details:
    'The address works once and only here: it trades a one-time token for a cookie. With --json the first\n' +
    'line is {"url","home"}.',
  options: {
    port: { type: 'string', value: 'N', help: 'listen on this port; left out, the system chooses' },
    home: {
      type: 'string',
      value: 'DIR',
      help: "data folder; left out, STEADYPEN_HOME or the platform's place",
    },
    open: { type: 'boolean', help: 'open the address in the default browser' },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const port = given.whole('port', 0, 65_535) ?? 0;
    const home = dataFolder(terminal.env, process.platform, given.text('home'));
    if (!existsSync(path.join(APP_FILES.renderer, 'index.html'))) {
      throw new UserError(
        'internal',
        'The screens are not built yet. Run: npm run build',
        APP_FILES.renderer,
      );
    }
    const [{ createHost }, { startLoopbackServer }, { nodeClock }, { spawnNode }] = await Promise.all([
      import('../host/host.ts'),
      import('../host/loopback-server.ts'),
      import('../host/node-clock.ts'),
      import('../host/spawn-node.ts'),
    ]);
    const host = await createHost({
      home,
      hostKind: 'browser',
      spawn: spawnNode,
      clock: nodeClock,
      version: appVersion(),
      assetsFolder: APP_FILES.assets,
    });
    try {
      const server = await startLoopbackServer({
        router: host.router,
        rendererFolder: APP_FILES.renderer,
        port,
      });
      terminal.record({ url: server.url, home });
      terminal.print(server.url);
      terminal.note(`Steadypen runs on this machine only; data folder ${home}. Ctrl-C ends it.`);
      const closeBrowser = given.flag('open')
        ? openBrowser(server.url, terminal.env, (message) => terminal.note(message))
        : () => undefined;
      try {
        await untilStopped(terminal.signal);
      } finally {
        closeBrowser();
        await server.close();
      }
    } finally {
      await host.close();
    }
    return EXIT.done;
  },
};

/** Until Ctrl-C, or until the process that started this one over a channel is gone. */
function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      // A listener left behind would keep the process alive.
      process.off('disconnect', stop);
      signal.removeEventListener('abort', stop);
      resolve();
    };
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', stop);
    if (process.connected) process.on('disconnect', stop);
  });
}
