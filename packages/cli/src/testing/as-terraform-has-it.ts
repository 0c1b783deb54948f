/** Converts a stack so that it can be compared with a stack that was read from a Terraform state. */
import {
  type CrossStack,
  concatAll,
  type Expression,
  literal,
  type Pseudo,
  type Reference,
} from '@keywright/core/ir/expression';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import type { PolicyDocument, PolicyPrincipal } from '@keywright/core/ir/policy';
import type { Key, ReplicaKey, Resource, Role, Stack } from '@keywright/core/ir/program';
import { address } from '@keywright/emit-terraform/names';
// Imported by path: the oracles run built code, which contains no test support.
import { comparable } from '../../../core/src/testing/comparable.ts';

export interface Decided {
  pseudo(name: Pseudo['name']): string;
  crossStack(shared: CrossStack): string;
  attribute(resource: Resource, attribute: Reference['attribute']): string;
}

/**
 * Returns the resources of a program's stack by their `addresses`, with all properties that a state records. Text that is known after
 * deployment is literal. Text that equals the ARN of a resource of the stack becomes a reference to that resource, however the text is
 * composed.
 */
export function asStateHasIt(stack: Stack, addresses: ReadonlyMap<string, string>, decided: Decided) {
  const { resources } = stack;
  const byArn = new Map(
    resources.flatMap((resource) =>
      ['identityPolicy', 'kmsGrant', 'sharedParameter'].includes(resource.kind)
        ? []
        : [[decided.attribute(resource, 'arn'), resource.id]],
    ),
  );
  const textOf = (expression: Expression): string => {
    switch (expression.kind) {
      case 'literal':
        return expression.text;
      case 'pseudo':
        return decided.pseudo(expression.name);
      case 'crossStack':
        return decided.crossStack(expression);
      case 'reference': {
        const resource = resources.find(({ id }) => id === expression.resource);
        if (resource === undefined) throw new Error(`nothing is ${expression.resource}`);
        return decided.attribute(resource, expression.attribute);
      }
      case 'concat':
        return expression.parts.map(textOf).join('');
    }
  };
  const inState = (expression: Expression): Expression => {
    if (expression.kind === 'reference') return expression;
    const resource = byArn.get(textOf(expression));
    if (resource !== undefined) return { kind: 'reference', resource, attribute: 'arn' };
    if (expression.kind !== 'concat') return literal(textOf(expression));
    return concatAll(expression.parts.map((part) => (part.kind === 'reference' ? part : literal(textOf(part)))));
  };
  return comparable(
    {
      ...stack,
      resources: withoutUnused(resources.map((resource) => mapped(resource, inState))).map((resource) =>
        inOneForm(named(resource, decided)),
      ),
    },
    ({ id }) => addresses.get(id) ?? id,
  );
}

/** The addresses of a stack's resources in a generated root module. */
export function addressesIn(stack: Stack): ReadonlyMap<string, string> {
  return new Map(stack.resources.map((resource) => [resource.id, address(resource, stack)]));
}

/** Like `asStateHasIt`, but for a stack that was read. */
export function asRead(stack: Stack, addressOf: (resource: Resource) => string) {
  return comparable({ ...stack, resources: stack.resources.map(inOneForm) }, addressOf);
}

/** Leaves out roles, users and groups that nothing refers to: Keywright does not manage them, so they are not read. */
function withoutUnused(resources: readonly Resource[]): readonly Resource[] {
  const isUsed = ({ id, kind }: Resource) =>
    !['role', 'user', 'group'].includes(kind) ||
    resources.some((other) => other.id !== id && JSON.stringify(expressionsOf(other)).includes(`"resource":"${id}"`));
  const used = resources.filter(isUsed);
  return used.length === resources.length ? used : withoutUnused(used);
}

function mapped(resource: Resource, inState: (expression: Expression) => Expression): Resource {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const { kind = '' } = value as { readonly kind?: string };
    if (['literal', 'pseudo', 'crossStack', 'reference', 'concat'].includes(kind)) return inState(value as Expression); // only expressions have these kinds
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
  };
  return walk(resource) as Resource; // only expressions are replaced, by expressions
}

/** The module has a name for a user or group, because the provider requires a name. */
function named(resource: Resource, decided: Decided): Resource {
  return resource.kind === 'user' || resource.kind === 'group'
    ? { ...resource, physicalName: decided.attribute(resource, 'name') }
    : resource;
}

/** Removes parts that a state lacks or has in another form; docs/import.md lists these differences. */
function inOneForm(resource: Resource): Resource {
  switch (resource.kind) {
    case 'key': {
      const { rotation, ...rest } = withoutDefaults(resource);
      const { periodDays } = rotation;
      const period = rotation.enabled && periodDays !== undefined && periodDays !== 365 ? { periodDays } : {};
      const policy = documentOf(resource.policy);
      return {
        ...rest,
        name: '',
        enabled: isEnabled(resource),
        removal: 'retain',
        policy,
        rotation: { enabled: rotation.enabled, ...period },
      };
    }
    case 'replicaKey': {
      const { byRegion: _, ...rest } = withoutDefaults(resource);
      return {
        ...rest,
        name: '',
        environmentName: '',
        enabled: isEnabled(resource),
        removal: 'retain',
        policy: documentOf(resource.policy),
      };
    }
    case 'role':
      return {
        ...withoutDefaults(resource),
        name: '',
        assumeRolePolicy: documentOf(resource.assumeRolePolicy),
      };
    case 'user':
    case 'group':
      return { ...resource, name: '' };
    case 'identityPolicy':
      return { ...resource, name: '', document: documentOf(resource.document) };
    case 'kmsGrant':
      return {
        ...resource,
        keyName: '',
        name: resource.named ? resource.name : '',
        operations: [...resource.operations].sort(),
      };
    case 'alias':
      return { ...resource, keyName: '' };
    case 'sharedParameter':
      return resource;
  }
}

/** An external key that waits for its material is not enabled, so `enabled` is not compared for external keys. */
function isEnabled({ origin, enabled }: Key | ReplicaKey): boolean {
  return origin === 'EXTERNAL' ? true : enabled;
}

/**
 * Removes an empty description, which means no description, and the 30 days that the provider writes for external keys and replicas without
 * a period.
 */
function withoutDefaults<Kind extends Key | ReplicaKey | Role>(resource: Kind): Kind {
  const { description } = resource;
  const isEmpty = description?.kind === 'literal' && description.text === '';
  const has30 = resource.kind !== 'role' && resource.pendingWindowDays === 30;
  const isUsual = has30 && (resource.kind === 'replicaKey' || resource.origin === 'EXTERNAL');
  const without = [...(isEmpty ? ['description'] : []), ...(isUsual ? ['pendingWindowDays'] : [])];
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !without.includes(name))) as Kind; // both are optional
}

/** Sorts a document as `jsonencode` does: the kinds of principals, and the conditions. */
function documentOf(document: PolicyDocument): PolicyDocument {
  const { id, statements } = document;
  const order = ['aws', 'anyone', 'federated', 'service'];
  const kindOf = ({ kind }: PolicyPrincipal) => order.indexOf(kind === 'anyone' ? 'aws' : kind);
  const sorted = (principals: readonly PolicyPrincipal[]) =>
    [...principals].sort((one, other) => kindOf(one) - kindOf(other));
  return {
    ...(id !== undefined && { documentId: id }), // `comparable` leaves out `id`
    statements: statements.map((statement) => ({
      ...statement,
      ...(statement.principals && { principals: sorted(statement.principals) }),
      ...(statement.notPrincipals && { notPrincipals: sorted(statement.notPrincipals) }),
      conditions: [...statement.conditions].sort((one, other) =>
        `${one.operator} ${one.key}` < `${other.operator} ${other.key}` ? -1 : 1,
      ),
    })),
  };
}
