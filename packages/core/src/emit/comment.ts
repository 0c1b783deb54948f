import type { Provenance } from '../ir/policy.ts';
import type { Resource, Stack, StackImport } from '../ir/program.ts';
import type { StackOutput } from './stack-outputs.ts';
import { escapeUnseen, spelledOut } from './unseen.ts';

/**
 * The path of a resource in the YAML, for a comment: `stacks.app.keys.orders in keywright.yaml, through standard pii`. The text has no line
 * number, so that adding a line to the YAML changes no generated file.
 */
export function sourceText(resource: Resource, stack: Stack): string {
  return withFile(pathOf(resource, stack), resource.source);
}

export function sourceComment(resource: Resource, stack: Stack): string {
  return commentText(sourceText(resource, stack));
}

/** The path of an output in the YAML, whether the YAML declares the output or other stacks read it. */
export function outputText(
  { name, exportId, source }: Pick<StackOutput, 'name' | 'exportId' | 'source'>,
  stack: Stack,
): string {
  if (exportId === undefined) return withFile(`${pathOfStack(stack)}.outputs.${name}`, source);
  return `${pathOfStack(stack)}.${exportId} in ${stack.span.file}`;
}

/** The path of a value that another stack provides, as a comment. */
export function importComment({ stack, definition, export: exportId }: StackImport): string {
  return commentText(`stacks.${definition ?? stack}.${exportId}`);
}

/** The first comment of each generated file. `generator`: `Keywright 0.1.0`. */
export function headerComment(generator: string): string {
  return `Made by ${commentText(generator)} from keywright.yaml; do not edit by hand.`;
}

/** A text in the form that a comment allows: on one line, with unseen characters escaped. */
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
      // The id of a policy made from grants contains the principal's id.
      if (!resource.id.slice('identityPolicy/'.length).includes('/'))
        return `${path}.identityPolicies.${resource.name}`;
      return resource.attachTo.name.kind === 'reference'
        ? `${path}.principals.${resource.name}`
        : `${path}, for ${resource.name},`;
    case 'sharedParameter':
      return `${path}.${resource.id.slice('sharedParameter/'.length)}`;
  }
}
