import { sha256 } from '@keywright/core/ir/digest';
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
  const logicalId = resource.names.cfn ?? logicalName(...ownName(resource));
  logicalIds.set(resource, logicalId);
  return logicalId;
}

/** It is asked for with every reference to a resource. */
const logicalIds = new WeakMap<Resource, string>();

function ownName(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'key':
      return [resource.name, 'Key'];
    case 'replicaKey':
      return [resource.name, 'Replica'];
    case 'alias':
      return [resource.aliasName.replace(/^alias\//, ''), 'Alias'];
    case 'role':
      return [resource.name, 'Role'];
    case 'user':
      return [resource.name, 'User'];
    case 'group':
      return [resource.name, 'Group'];
    case 'identityPolicy':
      return [resource.name, 'Policy'];
    case 'sharedParameter':
      return [resource.parameterName.slice(resource.parameterName.lastIndexOf('/') + 1), 'Parameter'];
    case 'kmsGrant':
      return [resource.keyName, resource.name, 'Grant'];
  }
}

/** Names joined in PascalCase, letters and digits only: `payments/orders` and `Alias` give `PaymentsOrdersAlias`. */
export function logicalName(...names: readonly string[]): string {
  const joined = names.map(pascalCase).join('');
  return bounded(joined, longestLogicalId, '', joined);
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
      return [identity, isOwn ? name : withHash(name, longestLogicalId, '', identity)];
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

/** The name of a template's file, without its ending; `replica` is the environment of the replicas that it holds. */
export function templateName(stack: Stack, replica?: Environment): string {
  return replica === undefined ? stack.name : `${stack.name}-${replica.name ?? replica.region}`;
}

/**
 * What the CloudFormation stack made from a template is called: `<app>-<template>`. CloudFormation allows letters, digits
 * and hyphens, and 128 of them; another name is mended and ends in a hash of the whole.
 */
export function cloudFormationStackName(app: string, template: string): string {
  const whole = `${app}-${template}`;
  const mended = whole.replaceAll('_', '-');
  return mended === whole
    ? bounded(whole, longestStackName, '-', whole)
    : withHash(mended, longestStackName, '-', whole);
}

/**
 * The name under which a stack exports a value: `<app>:<stack>:<export with colons>`. Export names have letters, digits,
 * colons and hyphens only, so an underscore becomes two colons. That cannot make two names the same: every part starts
 * with a letter.
 */
export function exportName(app: string, stack: string, exportId: string): string {
  const parts = [app, stack, ...exportId.split('.')];
  const whole = parts.map((part) => part.replaceAll('_', '::')).join(':');
  return bounded(whole, longestExportName, '-', whole);
}

function bounded(name: string, longest: number, separator: string, identity: string): string {
  return name.length <= longest ? name : withHash(name, longest, separator, identity);
}

function withHash(name: string, longest: number, separator: string, identity: string): string {
  const end = separator + sha256(identity).slice(0, 8);
  return name.slice(0, longest - end.length) + end;
}
