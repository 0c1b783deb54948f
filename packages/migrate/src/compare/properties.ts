/**
 * Describes the properties of a resource, apart from access, in words for people, and compares the properties of a resource in two
 * programs.
 */
import type { Expression } from '@keywright/core/ir/expression';
import type { Program, Resource, Stack, Tag } from '@keywright/core/ir/program';
import { rotationDays } from '@keywright/core/ir/rotation-days';
import type { PropertyDifference } from './changes.ts';

/** A property and its value in words; `undefined` for a property without a value. */
type Row = readonly [property: string, value: string | undefined];

type Show = (expression: Expression) => string;

export function propertiesOf(resource: Resource, show: Show): readonly Row[] {
  return [...ownProperties(resource, show), ...namesOf(resource.names)];
}

function ownProperties(resource: Resource, show: Show): readonly Row[] {
  switch (resource.kind) {
    case 'key': {
      const { rotation, customKeyStoreId, xksKeyId } = resource;
      return [
        ...anyKey(resource, show),
        ['multiRegion', String(resource.multiRegion)],
        ['rotation', days(rotationDays(rotation)) ?? 'off'],
        ['customKeyStoreId', customKeyStoreId],
        ['xksKeyId', xksKeyId],
      ];
    }
    case 'replicaKey':
      return anyKey(resource, show);
    case 'alias':
      return [['alias', resource.aliasName]];
    case 'role':
      return [
        ['description', resource.description && show(resource.description)],
        ['name', resource.physicalName],
        ...tags(resource.tags, show),
      ];
    case 'user':
      return [['name', resource.physicalName], ...tags(resource.tags, show)];
    case 'group':
      return [['name', resource.physicalName]];
    case 'identityPolicy':
      return [['policyName', show(resource.policyName)]];
    case 'kmsGrant':
      return [
        ['name in KMS', resource.named ? resource.name : undefined],
        ['on delete', resource.retireOnDelete ? 'retire' : 'revoke'],
      ];
    case 'sharedParameter':
      return [['parameter', resource.parameterName], ['value', show(resource.value)], ...tags(resource.tags, show)];
  }
}

type AnyKey = Extract<Resource, { kind: 'key' | 'replicaKey' }>;

function anyKey(key: AnyKey, show: Show): readonly Row[] {
  return [
    ['spec', key.spec],
    ['usage', key.usage],
    ['origin', key.origin],
    ['enabled', String(key.enabled)],
    ['description', key.description && show(key.description)],
    ['pendingWindow', days(key.pendingWindowDays ?? 30)],
    ['removal', key.removal],
    ['bypassPolicyLockoutSafetyCheck', key.bypassPolicyLockoutSafetyCheck && 'true'],
    ...tags(key.tags, show),
  ];
}

function days(count: number | undefined): string | undefined {
  return count === undefined ? undefined : `${count} days`;
}

function tags(list: readonly Tag[], show: Show): readonly Row[] {
  return list.map(({ name, value }): Row => [`tag ${name}`, show(value)]);
}

function namesOf(names: Readonly<Record<string, string>>): readonly Row[] {
  return Object.entries(names).map(([target, name]): Row => [`name in ${target}`, name]);
}

export function propertiesOfStack(
  { environment, targets, outputs }: Stack,
  { app }: Program,
  show: Show,
): readonly Row[] {
  return [
    ['app', app],
    ['environment', environment.name],
    ['account', environment.account ?? 'any'],
    ['region', environment.region ?? 'any'],
    ['targets', [...targets].sort().join(', ')],
    ...outputs.flatMap(({ name, value, description, exportName }): Row[] => [
      [`output ${name}`, show(value)],
      [`description of output ${name}`, description],
      [`export of output ${name}`, exportName && show(exportName)],
    ]),
  ];
}

/** Returns the rows that only one side has, or whose values differ. */
export function compareProperties(before: readonly Row[], after: readonly Row[]): readonly PropertyDifference[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((property): readonly PropertyDifference[] => {
    const [one, other] = [old.get(property), now.get(property)];
    if (one === other) return [];
    return [{ property, ...(one !== undefined && { before: one }), ...(other !== undefined && { after: other }) }];
  });
}

/** Properties of a key that cannot be changed: if they differ, the tool creates another key. */
export const fixedProperties: readonly string[] = [
  'spec',
  'usage',
  'origin',
  'multiRegion',
  'customKeyStoreId',
  'xksKeyId',
];
