import { readFileSync } from 'node:fs';
import { commands } from '../commands.ts';

/** Checks that docs/commands.md has a section for each command. */
export function commandProblems(): string[] {
  const page = readFileSync('docs/commands.md', 'utf8');
  return commands
    .map(({ path }) => path.join(' '))
    .filter((name) => !page.includes(`<!-- insert: command ${name} -->`))
    .map((name) => `docs/commands.md has no section for keywright ${name}`);
}
