import { defineConfig } from 'vitest/config';

/** Tests run on the sources: the condition `keywright-source` of each package's exports leads to `src/`. */
export default defineConfig({
  resolve: { conditions: ['keywright-source'] },
  ssr: { resolve: { conditions: ['keywright-source'] } },
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000 },
});
