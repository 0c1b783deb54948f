import type { Provenance } from '../ir/policy.ts';
import type { Resource, Stack, StackImport } from '../ir/program.ts';
import type { StackOutput } from './stack-outputs.ts';
import { escapeUnseen, spelledOut } from './unseen.ts';

/**
 * What in the YAML a resource comes from, and in which file: `stacks.app.keys.orders in keywright.yaml, through standard pii`. There is no line,
 * so that a line more in the YAML changes no generated file.
 */
export function sourceText(resource: Resource, stack: Stack): string {
  return withFile(pathOf(resource, stack), resource.source);
}

/** The same in a comment. */
export function sourceComment(resource: Resource, stack: Stack): string {
  return commentText(sourceText(resource, stack));
}

/** What in the YAML an output comes from: one of the user's, or what other stacks use. */
export function outputText(
  { name, exportId, source }: Pick<StackOutput, 'name' | 'exportId' | 'source'>,
  stack: Stack,
): string {
  if (exportId === undefined) return withFile(`${pathOfStack(stack)}.outputs.${name}`, source);
  return `${pathOfStack(stack)}.${exportId} in ${stack.span.file}`;
}

/** What in the YAML of another stack a value comes from. */
export function importComment({ stack, definition, export: exportId }: StackImport): string {
  return commentText(`stacks.${definition ?? stack}.${exportId}`);
}

/** The first comment of each generated file. `generator` is `Keywright 0.1.0`. */
export function headerComment(generator: string): string {
  return `Made by ${commentText(generator)} from keywright.yaml; do not edit by hand.`;
}

/** Text within a comment, on one line whatever it holds. */
export function commentText(text: string): string {
  return escapeUnseen(text, spelledOut).trimEnd();
}

function withFile(path: string, { span, through }: Provenance): string {
  return `${path} in ${span.file}${through === undefined ? '' : `, through ${through}`}`;
}

function pathOfStack({ name, definition }: Stack): string {
  return `stacks.${definition ?? name}`;
}

function pathOf(resource: Resource, stack: Stack): string {
  const path = pathOfStack(stack);
  switch (resource.kind) {
    case 'key':
      return `${path}.keys.${resource.name}`;
    case 'replicaKey':
      return `${path}.keys.${resource.name}.replicas`;
    case 'alias':
      return `${path}.${resource.target.kind === 'reference' ? 'keys' : 'imports'}.${resource.keyName}.aliases`;
    case 'kmsGrant':
      return `${path}.${resource.key.kind === 'reference' ? 'keys' : 'imports'}.${resource.keyName}.kmsGrants.${resource.name}`;
    case 'role':
    case 'user':
    case 'group':
      return `${path}.principals.${resource.name}`;
    case 'identityPolicy':
      // The id of one that grants make has that of the principal.
      if (!resource.id.slice('identityPolicy/'.length).includes('/'))
        return `${path}.identityPolicies.${resource.name}`;
      return resource.attachTo.name.kind === 'reference'
        ? `${path}.principals.${resource.name}`
        : `${path}, for ${resource.name},`;
    case 'sharedParameter':
      return `${path}.${resource.id.slice('sharedParameter/'.length)}`;
  }
}
