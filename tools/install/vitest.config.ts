import { defineConfig } from 'vitest/config';

/** The tests share one registry, so they run one after the other. The limits are for a loaded machine. */
export default defineConfig({
  resolve: { conditions: ['keywright-source'] },
  ssr: { resolve: { conditions: ['keywright-source'] } },
  test: {
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
