import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    cloudflareTest({
      // Tests call no model: they say what it answers.
      remoteBindings: false,
      wrangler: { configPath: './wrangler.jsonc' },
    }),
  ],
  // The first request of a file starts the Worker.
  test: { testTimeout: 30_000 },
});
