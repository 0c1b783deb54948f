import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests run on the sources: the condition `keywright-source` of each package's exports leads to `src/`. */
export default defineConfig({
  resolve: { conditions: ['keywright-source'] },
  ssr: { resolve: { conditions: ['keywright-source'] } },
  test: {
    include: ['src/**/*.test.ts'],
    setupFiles: [fileURLToPath(new URL('tools/ci/seed-properties.ts', import.meta.url))],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // tools/ci/count-tests.ts adds up the results in the JSON file.
    reporters: ['default', ['json', { outputFile: 'node_modules/.cache/test-results.json' }]],
  },
});
