/** The page of Electron's hidden window as it is built and under its own policy, in Chromium and asked directly. In Electron: electron/webgpu.spec.ts. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { engineHeaders } from '../../electron/navigation.ts';
import { ENGINE_CHANNEL } from '../../electron/webgpu-window/channel.ts';
import { serveFile } from '../../src/host/static-files.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../dist/engine');

test.describe('on Chromium', () => {
  test('the built page hands a port to its worker, which computes with WebGPU', async () => {
    const server = await serve();
    const browser = await chromium.launch({
      executablePath: process.env['STEADYPEN_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--enable-unsafe-webgpu',
        '--use-webgpu-adapter=swiftshader',
      ],
    });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`);
      const [facts, opened, result] = await page.evaluate(askWorker, {
        channel: ENGINE_CHANNEL,
        requests: [
          { id: 0, call: 'describe', args: [] },
          { id: 1, call: 'open', args: [7, { inputSide: 16, channels: [4] }] },
        ],
      });
      if (facts?.error?.code === 'no-backend') {
        console.warn(`\n*** SKIPPED: ${facts.error.message} ***\n`);
        test.skip(true, 'Chromium has no WebGPU adapter here');
      }
      expect(facts).toMatchObject({ id: 0, answer: { backend: 'webgpu', threads: 1 } });
      expect(opened).toEqual({ id: 1, answer: null });
      // All weights 0, label tremor-like: ln 2, and the bias of the FC layer is told to move by ½ against it.
      expect(result?.loss).toBeCloseTo(Math.LN2, 6);
      expect(result?.gradient.length).toBe(36 + 4 + 512 + 2);
      expect(result?.gradient.slice(-2)).toEqual([0.5, -0.5]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      server.close();
    }
  });
});

interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Runs in the page, in place of the preload and the trainer; the last request is one batch of one blank picture. */
async function askWorker({
  channel,
  requests,
}: {
  channel: string;
  requests: readonly unknown[];
}): Promise<[Reply | undefined, Reply | undefined, { loss: number; gradient: number[] } | null]> {
  const { port1, port2 } = new MessageChannel();
  window.postMessage({ type: channel }, location.origin, [port2]);
  const ask = (request: unknown) =>
    new Promise<Reply>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data as Reply);
      port1.postMessage(request);
    });
  const [facts, opened] = [await ask(requests[0]), await ask(requests[1])];
  if (facts.error !== undefined) return [facts, opened, null];
  const { answer } = await ask({
    id: 2,
    call: 'lossAndGradient',
    args: [7, new Float32Array(36 + 4 + 512 + 2), new Float32Array(256), Uint8Array.of(1)],
  });
  const { loss, gradient } = answer as { loss: number; gradient: Float32Array };
  return [facts, opened, { loss, gradient: [...gradient] }];
}

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    void serveFile(FOLDER, request.url ?? '/', engineHeaders()).then(async (file) => {
      response.writeHead(file.status, Object.fromEntries(file.headers));
      response.end(Buffer.from(await file.arrayBuffer()));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
