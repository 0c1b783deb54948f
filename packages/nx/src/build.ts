/**
 * The program of the target `build`: `keywright-nx <folder> --sources <digest> --before <digest>`, followed by options of `keywright
 * build`. Builds the project in that folder (the working directory is the workspace) and records the build if it succeeds. Everything runs
 * in this process: for hundreds of projects, a second process for each would take noticeable time.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keywrightIn } from './installed.ts';
import { digestOfOutputs, recordBuild } from './last-build.ts';

const workspaceRoot = process.cwd();
const [root = '.', , sources = '', , before = '', ...rest] = process.argv.slice(2);
const installed = keywrightIn(workspaceRoot);
if (installed === undefined) {
  process.stderr.write('keywright is not installed in this workspace: npm install --save-dev keywright\n');
  process.exitCode = 1;
} else {
  process.on('exit', (status) => {
    if (status !== 0) return;
    recordBuild(workspaceRoot, root, { sources, before, after: digestOfOutputs(join(workspaceRoot, root, 'out')) });
  });
  process.argv = [process.argv[0] ?? '', installed.command, 'build', root, ...rest];
  await import(pathToFileURL(installed.command).href);
}
