import { readFileSync } from 'node:fs';
import { targets } from '../../../packages/cli/src/targets.ts';
import { inputSchemaOf, type SchemaNode } from '../schema.ts';
import { differences } from './same-names.ts';

/** Checks that docs/targets.md has every option of a target as `targets.<target>.<option>`, and no others. */
export function targetOptionProblems(): string[] {
  const options = targets.flatMap((target) => pathsOf(inputSchemaOf(target.options), `targets.${target.name}`));
  const rows = readFileSync('docs/targets.md', 'utf8').matchAll(/^\| `(targets\.[\w.]+)` \|/gm);
  return differences('docs/targets.md', new Set(options), new Set([...rows].map(([, name = '']) => name)));
}

function pathsOf(node: SchemaNode, path: string): string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, property]) => [
    `${path}.${name}`,
    ...pathsOf(property, `${path}.${name}`),
  ]);
  return [...own, ...(node.anyOf ?? []).flatMap((option) => pathsOf(option, path))];
}
