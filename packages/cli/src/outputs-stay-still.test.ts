/** Outputs depend on the content of the project, not on the positions of its lines. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileProject } from '@keywright/core/compile';
import { hasErrors } from '@keywright/core/diagnostics/diagnostic';
import { hostOfText, type ProjectHost } from '@keywright/core/project/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDiskHost } from './project/disk-host.ts';
import { targets } from './targets.ts';
import { anyProject } from './testing/any-project.ts';
import { filesOf } from './testing/deploy.ts';

/** All generated files of a project, by path; `undefined` if the project has errors. */
async function generated(host: ProjectHost): Promise<ReadonlyMap<string, string> | undefined> {
  const { program, diagnostics, targetOptions } = compileProject(host, { targets });
  if (program === undefined || hasErrors(diagnostics)) return undefined;
  const files = await Promise.all(targets.map(({ name }) => filesOf(program, name, targetOptions)));
  return new Map(files.flatMap((ofTarget) => [...ofTarget]));
}

function changed(host: ProjectHost, change: (text: string) => string): ProjectHost {
  return {
    ...host,
    readFile: (path) => {
      const reading = host.readFile(path);
      return reading.kind === 'text' && path.endsWith('.yaml') ? { ...reading, text: change(reading.text) } : reading;
    },
  };
}

const root = join(import.meta.dirname, '../../..');

for (const folder of ['examples', 'packages/cli/cases']) {
  test(`a comment at the top of each file changes nothing in ${folder}`, { timeout: 300_000 }, async () => {
    let compared = 0;
    for (const name of readdirSync(join(root, folder)).sort()) {
      const host = createDiskHost(join(root, folder, name));
      const files = await generated(host);
      if (files === undefined) continue;
      expect(await generated(changed(host, (text) => `# A line more\n\n${text}`)), name).toEqual(files);
      compared += files.size;
    }
    expect(compared).toBeGreaterThan(50);
  });
}

test('keys that move within their file change no output', { timeout: 300_000 }, async () => {
  const hostOf = (project: object) => hostOfText(JSON.stringify(project));
  const reversed = (keys: object) => Object.fromEntries(Object.entries(keys).reverse());
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyProject, async (project) => {
      const { first, second } = project.stacks;
      const files = await generated(hostOf(project));
      if (files === undefined) return;
      const stacks = {
        first: { ...first, keys: reversed(first.keys) },
        second: { ...second, keys: reversed(second.keys ?? {}) },
      };
      expect(await generated(hostOf({ ...project, stacks }))).toEqual(files);
      compared += 1;
    }),
    { numRuns: 60, seed: 20261127, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(30);
});
