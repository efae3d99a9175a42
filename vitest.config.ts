import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findChromium } from './scripts/setup/chromium.mjs';
import { trainTinyOnCpu } from './test/unit/model/train-tiny-on-cpu.ts';

const chromium = findChromium();

/** `unit`: plain Node, mirrors src. `component`: Svelte parts in a real Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: [svelte()],
        // Found only when the first test imports them: bundling them then would reload a test that runs.
        optimizeDeps: {
          include: [
            '@orpc/client/message-port',
            '@orpc/client/websocket',
            '@orpc/contract',
            '@orpc/server',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-core',
            'zod',
          ],
        },
        test: {
          name: 'component',
          include: ['test/component/**/*.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: { trainTinyOnCpu },
            provider: playwright({
              launchOptions: {
                ...(chromium === null ? {} : { executablePath: chromium }),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--no-first-run',
                  '--disable-background-networking',
                  // A graphics processor in software, for the tests of the WebGPU worker.
                  '--enable-unsafe-webgpu',
                  '--use-webgpu-adapter=swiftshader',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
