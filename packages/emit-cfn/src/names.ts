import { groupBy } from '@keywright/core/collections/group-by';
import { ownNames } from '@keywright/core/emit/resource-names';
import { hasParameters, type StackProgram } from '@keywright/core/emit/stack-programs';
import { boundedName, hashedName } from '@keywright/core/ir/bounded-name';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';

/** CloudFormation's limit for names of resources, parameters and outputs. */
const longestLogicalId = 255;
/** Source: CloudFormation API reference, CreateStack, StackName. */
const longestStackName = 128;

/** A resource's logical id: the pinned name, or a name made from the resource's own name and kind. */
export function logicalIdOf(resource: Resource): string {
  return resource.names.cfn ?? logicalName(...ownNames(resource), nouns[resource.kind]);
}

const nouns: Readonly<Record<Resource['kind'], string>> = {
  key: 'Key',
  replicaKey: 'Replica',
  alias: 'Alias',
  role: 'Role',
  user: 'User',
  group: 'Group',
  identityPolicy: 'Policy',
  sharedParameter: 'Parameter',
  kmsGrant: 'Grant',
};

/** Joins names in PascalCase, letters and digits only: `payments/orders` and `Alias` give `PaymentsOrdersAlias`. */
export function logicalName(...names: readonly string[]): string {
  return boundedName(names.map(pascalCase).join(''), longestLogicalId, '');
}

function pascalCase(name: string): string {
  if (/^[A-Za-z0-9]+$/.test(name)) return name.charAt(0).toUpperCase() + name.slice(1);
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/**
 * Returns distinct names for resources or values of one kind in one template, by identity. Each gets its preferred name; if another one
 * prefers that name too, or the name is in `taken`, a hash of the identity follows. For parameters and outputs only, since renaming them
 * has no effect on deployed resources. `hashed` returns another text for the hash.
 */
export function distinctNames(
  wanted: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
  hashed: (identity: string) => string = (identity) => identity,
): ReadonlyMap<string, string> {
  const claims = new Map<string, number>();
  for (const name of wanted.values()) claims.set(name, (claims.get(name) ?? 0) + 1);
  return new Map(
    [...wanted].map(([identity, name]) => {
      const isOwn = claims.get(name) === 1 && !taken.has(name);
      return [identity, isOwn ? name : hashedName(name, hashed(identity), longestLogicalId, '')];
    }),
  );
}

export function nameIn(names: ReadonlyMap<string, string>, identity: string): string {
  const name = names.get(identity);
  if (name === undefined) throw new Error(`${identity} has no name`);
  return name;
}

/**
 * The name, without extension, of the template that contains a resource: the stack's template, or the template of the resource's region.
 */
export function templateNameOf(resource: Resource, stack: Stack): string {
  return templateName(stack, environmentOf(resource, stack));
}

/** Returns the environments for which a stack has a template with replicas: one for each region, which may contain several environments. */
export function replicaPlaces({ replicaEnvironments }: Pick<Stack, 'replicaEnvironments'>): readonly Environment[] {
  return [...groupBy(replicaEnvironments, ({ region }) => region).values()].map(([first]) => first);
}

/** Returns the replica environment of a resource; `undefined` if the resource is in the stack's own environment. */
export function environmentOf(resource: Resource, stack: Stack): Environment | undefined {
  if (resource.region === undefined || resource.region === stack.environment.region) return undefined;
  return stack.replicaEnvironments.find(({ region }) => region === resource.region);
}

/** The name of one of a stack's templates, without extension. `replica` is the environment of a template with replicas. */
export function templateName(stack: Pick<Stack, 'name'>, replica?: Pick<Environment, 'name' | 'region'>): string {
  return replica === undefined ? stack.name : `${stack.name}-${replica.name ?? replica.region}`;
}

/** The name of a template's file, without extension. Stack names contain no dots, so no two templates share a name. */
export function templateFileName(program: StackProgram, stack: Stack, replica?: Environment): string {
  if (!hasParameters(program)) return templateName(stack, replica);
  return replica === undefined ? program.name : `${program.name}.${replica.region}`;
}

/**
 * Returns the name of the CloudFormation stack of a template: `<app>-<template>`. CloudFormation allows 128 letters, digits and hyphens. A
 * name that breaks this rule is corrected, and ends in a hash of the whole name.
 */
export function cloudFormationStackName(app: string, template: string): string {
  const whole = `${app}-${template}`;
  const mended = whole.replaceAll('_', '-');
  return mended === whole ? boundedName(whole, longestStackName) : hashedName(mended, whole, longestStackName);
}
