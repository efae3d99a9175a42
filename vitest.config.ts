import { defineConfig } from 'vitest/config';

/** `unit`: plain Node, mirrors src. `component`: Svelte parts in a real Chromium (vite.config.ts holds the plugins). */
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
    ],
  },
});
