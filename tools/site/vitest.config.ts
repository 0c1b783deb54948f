import { defineConfig } from 'vitest/config';

/** A browser opens every page of the site, twice. */
export default defineConfig({
  test: { include: ['**/*.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 },
});
