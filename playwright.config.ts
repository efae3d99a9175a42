import { defineConfig } from '@playwright/test';

const results = process.env['STEADYPEN_TEST_RESULTS'];

/**
 * End-to-end tests. Each spec starts the app itself (test/e2e/app.ts), with a data folder of its own, in the Chromium
 * that STEADYPEN_CHROMIUM names or Debian's. One at a time: the trainer and the browser want both cores.
 */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/electron/stage.ts',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: results === undefined ? [['list']] : [['list'], ['json', { outputFile: results }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
