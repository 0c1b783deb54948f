import type { Resource, Stack } from '@keywright/core/ir/program';
import type { Span } from '@keywright/core/source/span';
import type { Entry } from '../draft/draft.ts';
import { identitiesOf } from '../meaning/meaning.ts';
import { policyEntryNames } from './policy-entry-names.ts';

/** A part of the program, and the entry of the draft that describes this part. */
export interface Owner {
  readonly entry: Entry;
  /** The part itself; absent for an output. */
  readonly resource?: Resource;
  readonly span: Span;
}

/** Returns the owner of each part of a stack's meaning. The part about the stack's place has no owner. */
export function ownersOf(stack: Stack): ReadonlyMap<string, Owner> {
  const entryNames = policyEntryNames(stack);
  const byId = new Map(stack.resources.map((resource) => [resource.id, resource]));
  const identities = identitiesOf(stack);
  const owners = new Map<string, Owner>();
  for (const resource of stack.resources) {
    const entry = entryOf(resource, stack, byId, entryNames);
    const identity = identities.get(resource.id);
    if (entry !== undefined && identity !== undefined)
      owners.set(identity, { entry, resource, span: resource.source.span });
  }
  for (const { name, source } of stack.outputs) {
    owners.set(`output ${name}`, { entry: { stack: stack.name, section: 'outputs', name }, span: source.span });
  }
  return owners;
}

function entryOf(
  resource: Resource,
  stack: Stack,
  byId: ReadonlyMap<string, Resource>,
  entryNames: ReadonlyMap<Resource, string>,
): Entry | undefined {
  const at = (section: Entry['section'], name: string): Entry => ({ stack: stack.name, section, name });
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
      return at('keys', resource.name);
    case 'alias':
    case 'kmsGrant': {
      const target = resource.kind === 'alias' ? resource.target : resource.key;
      const key = target.kind === 'reference' ? byId.get(target.resource) : undefined;
      const isOwn = key?.kind === 'key' || key?.kind === 'replicaKey';
      return isOwn ? at('keys', key.name) : at('imports', resource.keyName);
    }
    case 'role':
    case 'user':
    case 'group':
      return at('principals', resource.name);
    case 'identityPolicy':
      return at('identityPolicies', entryNames.get(resource) ?? resource.name);
    case 'sharedParameter':
      return resource.output === undefined ? undefined : at('outputs', resource.output);
  }
}
