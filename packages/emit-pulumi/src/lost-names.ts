import { policy } from '@keywright/core/emit/rows';
import type { PolicyDocument } from '@keywright/core/ir/policy';
import type { Resource } from '@keywright/core/ir/program';
import { holdsOutput } from './holds-output.ts';

/** Pulumi's SDK copies an object by assigning its properties, and to assign to `__proto__` makes no property. */
const lost = '__proto__';

/** The SDK prints what a resource is given for its log, and stops at an object whose `toString` is no function. */
const unprintable = 'toString';

/** What Pulumi would lose of a resource, or stop at: ``a tag called `__proto__` ``. */
export function lostNamesOf(resource: Resource): readonly string[] {
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

/** A policy without outputs is JSON before Pulumi sees it. */
function lostConditions(document: PolicyDocument): readonly string[] {
  const named = document.statements.some(({ conditions }) =>
    conditions.some(({ operator, key }) => operator === lost || key === lost),
  );
  return named && holdsOutput(policy(document)) ? [`a condition called \`${lost}\``] : [];
}
