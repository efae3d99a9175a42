/** Electron's security checklist, as far as a running app can show it (docs/desktop-life.md names the rest). */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { ELECTRON_LABEL, launchElectron, needElectron, type ElectronRun } from './electron/electron-app.ts';
import { openLocks } from './electron/page-locks.ts';

test.describe(`security on ${ELECTRON_LABEL}`, () => {
  test.describe.configure({ mode: 'serial' });
  let run: ElectronRun;
  test.beforeAll(async () => {
    needElectron();
    run = await launchElectron();
    await run.page.getByRole('button', { name: 'Start drawing' }).waitFor();
  });
  test.afterAll(async () => {
    await run?.close();
  });

  test('1, 2, 3, 7, 20: the page has nothing of Node or Electron, runs our scripts alone, loads nothing from elsewhere', async () => {
    expect(await openLocks(run.page)).toEqual([]);
  });

  test('4: the page runs in the sandbox', async () => {
    const pid = await run.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const metrics = await run.electron.evaluate(({ app }) =>
      app.getAppMetrics().map(({ pid: id, type, sandboxed }) => ({ pid: id, type, sandboxed })),
    );
    const page = metrics.find((metric) => metric.pid === pid);
    // `sandboxed` is told on macOS and Windows; on Linux the kernel tells of the filter for system calls.
    if (process.platform === 'linux') expect(await filterOf(pid)).toBe('2');
    else expect(page).toMatchObject({ type: 'Tab', sandboxed: true });
  });

  test('5: every permission but putting text on the clipboard is refused', async () => {
    await run.page.mouse.click(700, 8); // a page without the focus may not write at all
    expect(await run.page.evaluate(tryWriting)).toBe('written');
    expect(await run.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('from the page');
    const refused = await run.page.evaluate(async () => {
      const outcome = (attempt: Promise<unknown>) =>
        attempt.then(
          () => 'granted',
          () => 'refused',
        );
      return {
        reading: await outcome(navigator.clipboard.readText()),
        camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
        screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
        place: await outcome(
          new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
        notices: await Notification.requestPermission(),
      };
    });
    expect(refused).toEqual({
      reading: 'refused',
      camera: 'refused',
      screen: 'refused',
      place: 'refused',
      notices: 'denied',
    });
  });

  test('7: eval does not run', async () => {
    const evaluated = await run.page.evaluate(
      () =>
        // In a timer of its own: what the test itself evaluates is exempt from the policy.
        new Promise((resolve) =>
          setTimeout(() => {
            try {
              resolve((0, eval)('1 + 1'));
            } catch {
              resolve('refused');
            }
          }),
        ),
    );
    expect(evaluated).toBe('refused');
  });

  test('13, 14: the page goes nowhere and opens nothing', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end('elsewhere');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const opened = await run.page.evaluate(async (target) => {
      const stranger = window.open(target);
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
      location.href = target;
      await new Promise((resolve) => setTimeout(resolve, 500));
      link.remove();
      return stranger !== null;
    }, url);
    server.close();
    expect(opened).toBe(false);
    expect(requests).toBe(0);
    expect(run.page.url()).toMatch(/^app:\/\/steadypen\//);
    expect(run.electron.windows()).toHaveLength(1);
  });

  test('12: no webview can be made', async () => {
    const made = await run.page.evaluate(() => {
      const webview = document.createElement('webview');
      return webview instanceof HTMLUnknownElement || !('loadURL' in webview);
    });
    expect(made).toBe(true);
  });

  test('17: a foreign page gets no answer from the main process', async () => {
    const answered = await run.electron.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const answers: string[] = [];
      const stranger = new BrowserWindow({ show: false });
      await stranger.loadURL('data:text/html,stranger');
      const frame = stranger.webContents.mainFrame;
      const post = frame.postMessage.bind(frame);
      frame.postMessage = (channel, ...rest) => {
        answers.push(channel);
        post(channel, ...rest);
      };
      ipcMain.emit('steadypen-port', { senderFrame: frame });
      stranger.destroy();
      return answers;
    });
    expect(answered).toEqual([]);
  });

  test('18: files are served by our own protocol, none from outside of the folder of the page', async () => {
    const statuses = await run.page.evaluate(async () =>
      Promise.all(
        ['index.html', '../electron/main.js', '%2e%2e/electron/main.js', '..%2felectron%2fmain.js'].map(
          async (name) => (await fetch(`app://steadypen/${name}`)).status,
        ),
      ),
    );
    expect(statuses).toEqual([200, 404, 404, 404]);
    const file = await run.page.evaluate(() =>
      fetch('file:///etc/passwd').then(
        () => 'read',
        () => 'refused',
      ),
    );
    expect(file).toBe('refused');
  });

  test('no packet leaves by WebRTC, which the policy of the page does not stop', async () => {
    const socket = createSocket('udp4');
    let packets = 0;
    socket.on('message', () => packets++);
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    await run.page.evaluate(askStun, port);
    expect(packets).toBe(0);
    // The same with Chromium's usual rule does send: the silence above is no accident.
    await run.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.setWebRTCIPHandlingPolicy('default'),
    );
    await run.page.evaluate(askStun, port);
    socket.close();
    expect(packets).toBeGreaterThan(0);
  });
});

function tryWriting(): Promise<string> {
  return navigator.clipboard.writeText('from the page').then(
    () => 'written',
    (fault: unknown) => String(fault),
  );
}

async function askStun(port: number): Promise<void> {
  const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
  connection.createDataChannel('out');
  await connection.setLocalDescription(await connection.createOffer());
  await new Promise((resolve) => setTimeout(resolve, 3000));
  connection.close();
}

/** Mode of seccomp of a process: 2 is a filter. */
async function filterOf(pid: number | undefined): Promise<string | undefined> {
  const { readFile } = await import('node:fs/promises');
  return /^Seccomp:\s*(\d)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
}
