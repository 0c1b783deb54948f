/**
 * Adds up the results that the test run of each package wrote to its folder, and prints `N passed, N failed`. Fails if there are no
 * results.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let passed = 0;
let failed = 0;
const missing: string[] = [];
for (const folder of readdirSync('packages').map((name) => join('packages', name))) {
  const file = join(folder, 'node_modules/.cache/test-results.json');
  if (!existsSync(file)) {
    missing.push(folder);
    continue;
  }
  const results = JSON.parse(readFileSync(file, 'utf8'));
  passed += results.numPassedTests;
  failed += results.numFailedTests;
}
for (const folder of missing) console.error(`${folder} has left no test results`);
console.log(`${passed} passed, ${failed} failed`);
if (missing.length > 0 || failed > 0 || passed === 0) process.exitCode = 1;
