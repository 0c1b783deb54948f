import { ownNames } from '@keywright/core/emit/resource-names';
import { hasParameters, type StackProgram } from '@keywright/core/emit/stack-programs';
import { boundedName, hashedName } from '@keywright/core/ir/bounded-name';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';

/** CloudFormation quotas: names of resources, parameters and outputs. */
const longestLogicalId = 255;
/** CloudFormation API reference, CreateStack, StackName. */
const longestStackName = 128;
/** What CloudFormation says when it refuses one: "must not be longer than 256 characters". */
const longestExportName = 256;

/** What a resource is called in its template: its pinned name, or one made from its own name and kind. */
export function logicalIdOf(resource: Resource): string {
  const known = logicalIds.get(resource);
  if (known !== undefined) return known;
  const logicalId = resource.names.cfn ?? logicalName(...ownNames(resource), nouns[resource.kind]);
  logicalIds.set(resource, logicalId);
  return logicalId;
}

/** Every reference to a resource asks for its logical id. */
const logicalIds = new WeakMap<Resource, string>();

/** What a logical id ends in. */
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

/** Names joined in PascalCase, letters and digits only: `payments/orders` and `Alias` give `PaymentsOrdersAlias`. */
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
 * Names for things of one kind in one template, by their identity: the name that each wants, told apart by a hash of the
 * identity where two want the same one or where `taken` has it. For parameters and outputs only, which may be renamed
 * without an effect on what is deployed.
 */
export function distinctNames(
  wanted: ReadonlyMap<string, string>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const claims = new Map<string, number>();
  for (const name of wanted.values()) claims.set(name, (claims.get(name) ?? 0) + 1);
  return new Map(
    [...wanted].map(([identity, name]) => {
      const isOwn = claims.get(name) === 1 && !taken.has(name);
      return [identity, isOwn ? name : hashedName(name, identity, longestLogicalId, '')];
    }),
  );
}

/** The name that something has in the result of `distinctNames`. */
export function nameIn(names: ReadonlyMap<string, string>, identity: string): string {
  const name = names.get(identity);
  if (name === undefined) throw new Error(`${identity} has no name`);
  return name;
}

/** The name of the file, without its ending, of the template that a resource is in: its stack's, or that of its region. */
export function templateNameOf(resource: Resource, stack: Stack): string {
  return templateName(stack, environmentOf(resource, stack));
}

/** The replica environment that a resource belongs to; undefined if it belongs to the stack's own. */
export function environmentOf(resource: Resource, stack: Stack): Environment | undefined {
  if (resource.region === undefined || resource.region === stack.environment.region) return undefined;
  return stack.replicaEnvironments.find(({ region }) => region === resource.region);
}

/** The name of a template of one stack, without its ending; `replica` is the environment of the replicas that it holds. */
export function templateName(stack: Stack, replica?: Environment): string {
  return replica === undefined ? stack.name : `${stack.name}-${replica.name ?? replica.region}`;
}

/** The name of a template's file, without its ending. Names of stacks have no dots, so that no two templates have the same one. */
export function templateFileName(program: StackProgram, stack: Stack, replica?: Environment): string {
  if (!hasParameters(program)) return templateName(stack, replica);
  return replica === undefined ? program.name : `${program.name}.${replica.region}`;
}

/**
 * What the CloudFormation stack made from a template is called: `<app>-<template>`. CloudFormation allows letters, digits
 * and hyphens, and 128 of them; another name is mended and ends in a hash of the whole.
 */
export function cloudFormationStackName(app: string, template: string): string {
  const whole = `${app}-${template}`;
  const mended = whole.replaceAll('_', '-');
  return mended === whole ? boundedName(whole, longestStackName) : hashedName(mended, whole, longestStackName);
}

/**
 * The name under which a stack exports a value: `<app>:<stack>:<export with colons>`. Export names have letters, digits,
 * colons and hyphens only, so an underscore becomes two colons. That cannot make two names the same: every part starts
 * with a letter.
 */
export function exportName(app: string, stack: string, exportId: string): string {
  const parts = [app, stack, ...exportId.split('.')];
  return boundedName(parts.map((part) => part.replaceAll('_', '::')).join(':'), longestExportName);
}
