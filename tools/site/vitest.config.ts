import { defineConfig } from 'vitest/config';

/** A browser opens every page of the site, twice. The limits are for a loaded machine. */
export default defineConfig({
  test: { include: ['**/*.test.ts'], testTimeout: 900_000, hookTimeout: 900_000 },
});
