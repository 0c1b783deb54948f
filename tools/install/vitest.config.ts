import { defineConfig } from 'vitest/config';

/** The tests share one registry, so they run one after the other. Each install takes seconds. */
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
