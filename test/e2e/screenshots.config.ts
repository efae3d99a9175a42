import { defineConfig } from '@playwright/test';

/** Remakes docs/screenshots: `npm run screenshots`. Only what ships with the app is shown: simulated drawings. */
export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  timeout: 600_000,
  workers: 1,
  reporter: [['list']],
});
