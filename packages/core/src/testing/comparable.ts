import { notDeployed } from '../ir/not-deployed.ts';
import type { Resource, Stack } from '../ir/program.ts';

/**
 * The resources of a stack in a form in which two programs can be compared. The resources are listed by their names in a tool, and these
 * names replace ids in references too. `without` drops properties that a source does not have: for example, a Terraform state has no
 * `removal`.
 */
export function comparable(stack: Stack, nameOf: (resource: Resource) => string, without: readonly string[] = []) {
  const nameOfId = new Map(stack.resources.map((resource) => [resource.id, nameOf(resource)]));
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return nameOfId.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== 'source')
        .map(([name, inner]) => [name, renamed(inOrder(name, inner))]),
    );
  };
  const said = (resource: Resource) =>
    Object.entries(resource).filter(([name]) => !notDeployed.has(name) && name !== 'output' && !without.includes(name));
  return Object.fromEntries(
    stack.resources
      .map((resource) => [nameOf(resource), renamed(Object.fromEntries(said(resource)))] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** Puts principals and conditions in the order of a document, which groups them by kind and by operator. */
function inOrder(name: string, value: unknown): unknown {
  if (!Array.isArray(value) || !['principals', 'notPrincipals', 'conditions'].includes(name)) return value;
  const group = ({ kind, operator }: Readonly<Record<string, unknown>>) =>
    String(operator ?? (kind === 'anyone' ? 'aws' : kind));
  const all: readonly Readonly<Record<string, unknown>>[] = value;
  return [...all].sort((one, other) => group(one).localeCompare(group(other)));
}
