import type { Target } from '@keywright/core/emit/emitter';
import { notDeployed } from '@keywright/core/ir/not-deployed';
import type { Program, Resource, Stack } from '@keywright/core/ir/program';

/** Maps the name of a stack to a map from the stack's parts to their meanings. A part has the same name in every program. */
export type Meaning = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Returns the meaning of a program, for comparison: its resources with all properties and their names in the targets, the statements of
 * policies in order, and the outputs. The order of condition operators and condition keys does not matter, since JSON objects have no
 * order. The ids of resources do not matter either, since they are not deployed.
 */
export function meaningOf(program: Program, targets: readonly Target<unknown>[]): Meaning {
  return new Map(program.stacks.map((stack) => [stack.name, meaningOfStack(stack, targets)]));
}

function meaningOfStack(stack: Stack, targets: readonly Target<unknown>[]): ReadonlyMap<string, string> {
  const identities = identitiesOf(stack);
  const used = targets.filter(({ name }) => stack.targets.includes(name));
  const parts = new Map<string, string>();
  for (const resource of stack.resources) {
    // A parameter without an output is not compared: it follows from the values that other stacks use.
    if (resource.kind === 'sharedParameter' && resource.output === undefined) continue;
    const names = used.map((target) => [target.name, nameInProgram(target, resource, stack)]);
    const { name, ...rest } = { name: undefined, ...resource };
    // The `name` of an identity policy is that of its holder or of its entry. It is not compared, because only the names in the targets are
    // deployed.
    const content = resource.kind === 'identityPolicy' ? rest : resource;
    parts.set(identities.get(resource.id) ?? '', JSON.stringify([normal(content, identities), names]));
  }
  for (const { name, value, description, exportName } of stack.outputs) {
    parts.set(`output ${name}`, JSON.stringify([normal(value, identities), description, exportName]));
  }
  const { account, region, partition, purpose } = stack.environment;
  parts.set('place', JSON.stringify([account, region, partition, purpose, stack.targets]));
  return parts;
}

/**
 * Returns the name that a target gives a resource within its program: `aws_kms_key.orders`, even if the address is
 * `module.core.aws_kms_key.orders`. The prefix is not compared, because stacks are lifted one by one, before some become one definition.
 */
function nameInProgram(target: Target<unknown>, resource: Resource, stack: Stack): string {
  return target.nameOf(resource, stack).slice(target.prefixOf?.(stack).length ?? 0);
}

/**
 * Returns the text that identifies each resource, by the id of the resource. A source can have two resources of one name, but a project
 * cannot.
 */
export function identitiesOf(stack: Stack): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    stack.resources.map((resource) => {
      const identity = identityOf(resource, stack);
      const count = (counts.get(identity) ?? 0) + 1;
      counts.set(identity, count);
      return [resource.id, count === 1 ? identity : `${identity} ${count}`];
    }),
  );
}

/**
 * Returns a text that identifies a resource independently of its id, such as `alias alias/orders` or, in another region, `replicaKey orders
 * eu-west-1`.
 */
export function identityOf(resource: Resource, stack: Stack): string {
  const identity = [resource.kind, nameOf(resource, stack)];
  return (resource.region === undefined ? identity : [...identity, resource.region]).join(' ');
}

function nameOf(resource: Resource, stack: Stack): string {
  switch (resource.kind) {
    case 'key':
    case 'replicaKey':
    case 'role':
    case 'user':
    case 'group':
      return resource.name;
    case 'alias':
      return resource.aliasName;
    case 'kmsGrant':
      return `${resource.keyName} ${resource.name}`;
    case 'sharedParameter':
      return resource.parameterName;
    case 'identityPolicy': {
      const { kind, name } = resource.attachTo;
      const holder = name.kind === 'reference' ? stack.resources.find(({ id }) => id === name.resource) : undefined;
      const called = holder === undefined ? JSON.stringify(name) : nameOf(holder, stack);
      return `${kind} ${called} ${JSON.stringify(resource.policyName)}`;
    }
  }
}

function normal(value: unknown, identities: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((inner) => normal(inner, identities));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, inner]) => !notDeployed.has(name) && inner !== undefined)
    .map(([name, inner]): readonly [string, unknown] => {
      if (name === 'conditions' && Array.isArray(inner)) {
        return [name, inner.map((one) => JSON.stringify(normal(one, identities))).sort()];
      }
      const isId = (name === 'resource' || name === 'primary') && typeof inner === 'string';
      return [name, isId ? (identities.get(inner) ?? inner) : normal(inner, identities)];
    });
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The parts of the first meaning that are absent from the second or differ from it, each with its stack. */
export function differences(
  one: Meaning,
  other: Meaning,
): readonly { readonly stack: string; readonly part: string }[] {
  return [...one].flatMap(([stack, parts]) => {
    const otherParts = other.get(stack);
    return [...parts].flatMap(([part, text]) => (otherParts?.get(part) === text ? [] : [{ stack, part }]));
  });
}

export function isTheSame(one: Meaning, other: Meaning): boolean {
  return differences(one, other).length + differences(other, one).length === 0;
}
