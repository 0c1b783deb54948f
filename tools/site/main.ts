/**
 * `npm run site`: builds the site of docs/ into out/site, and fails if a link or an anchor on a page is broken. With `--dev`, serves the
 * site and follows changes.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build, createServer } from 'vitepress';
import { siteAddress } from '../../packages/core/src/diagnostics/addresses.ts';
import { siteFolder } from './folder.ts';
import { linkProblems } from './link-problems.ts';

if (process.argv.includes('--dev')) {
  const server = await createServer(import.meta.dirname);
  await server.listen();
  server.printUrls();
} else {
  await build(import.meta.dirname);
  cpSync(join(import.meta.dirname, '../../docs/schema'), join(siteFolder, 'schema'), { recursive: true });
  const problems = linkProblems(siteFolder, siteAddress);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
