import { defineConfig } from 'vitest/config';

/** Installs take seconds each, one after another: they share one registry. */
export default defineConfig({
  resolve: { conditions: ['keywright-source'] },
  ssr: { resolve: { conditions: ['keywright-source'] } },
  test: {
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
