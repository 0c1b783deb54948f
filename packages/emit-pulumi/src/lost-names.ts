import { expressionsOfPolicy } from '@keywright/core/ir/expressions-of';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Resource, Stack } from '@keywright/core/ir/program';

/** Pulumi's SDK copies objects property by property, and assigning to `__proto__` creates no property. */
const lost = '__proto__';

/** The SDK logs a resource's inputs, and fails on an object whose `toString` is not a function. */
const unprintable = 'toString';

/** Describes the parts of a resource that Pulumi would lose or fail on, such as ``a tag called `__proto__` ``. */
export function lostNamesOf(resource: Resource, stack: Stack): readonly string[] {
  const lostConditions = (document: PolicyDocument) => lostConditionsOf(document, stack);
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return [...called('a tag', resource.tags), ...lostConditions(resource.policy)];
    case 'role':
      return [...called('a tag', resource.tags), ...lostConditions(resource.assumeRolePolicy)];
    case 'user':
      return called('a tag', resource.tags);
    case 'identityPolicy':
      return lostConditions(resource.document);
    case 'kmsGrant':
      return called('an encryption context pair', resource.encryptionContext?.pairs ?? []);
    case 'alias':
    case 'group':
    case 'sharedParameter':
      return [];
  }
}

function called(what: string, entries: readonly { readonly name: string }[]): readonly string[] {
  return entries
    .filter(({ name }) => name === lost || name === unprintable)
    .map(({ name }) => `${what} called \`${name}\``);
}

/**
 * Whether a policy loses conditions. A policy without Pulumi outputs is JSON before Pulumi sees it. A policy in a program for a list of
 * environments may contain an output, such as the account.
 */
function lostConditionsOf(document: PolicyDocument, { definition }: Stack): readonly string[] {
  const named = document.statements.some(({ conditions }) =>
    conditions.some(({ operator, key }) => operator === lost || key === lost),
  );
  const holdsOutput = () =>
    definition !== undefined || expressionsOfPolicy(document).some(({ kind }) => kind !== 'literal');
  return named && holdsOutput() ? [`a condition called \`${lost}\``] : [];
}
