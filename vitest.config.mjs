import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], maxWorkers: 2, testTimeout: 20_000 } },
      {
        test: {
          name: 'webview',
          include: ['test/webview/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          // Two pages at a time leave the clocks under test alone; more would not.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'cog',
          include: ['test/cog/**/*.test.ts'],
          globalSetup: 'test/cog/setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'scaffold',
          include: ['test/scaffold/**/*.test.ts'],
          globalSetup: 'test/scaffold/setup.ts',
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // Each starts compilers and runtimes.
          maxConcurrency: 3,
          maxWorkers: 2,
        },
      },
    ],
  },
});
