import type { Placed } from '@keywright/analyze/build/placed';
import type { PictureKey } from '@keywright/analyze/picture';
import type { Environment, Resource, Stack } from '@keywright/core/ir/program';
import type { PropertyDifference, Subject } from './changes.ts';
import type { Opened } from './opened.ts';

export function placeDifferences(before: Environment, after: Environment): readonly PropertyDifference[] {
  return (['account', 'region'] as const).flatMap((property) => {
    const [one, other] = [before[property], after[property]];
    return one === undefined || other === undefined || one === other ? [] : [{ property, before: one, after: other }];
  });
}

export function subjectOf({ stack, resource }: Placed): Subject {
  const { kind, source } = resource;
  return { ...placeOf(stack), kind, name: nameOf(resource), source };
}

export function placeOf({
  name: stack,
  environment: { name, account, region },
}: Stack): Omit<Subject, 'kind' | 'name'> {
  return {
    stack,
    ...(name !== undefined && { environment: name }),
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}

export function nameOf(resource: Resource): string {
  switch (resource.kind) {
    case 'replicaKey':
      return `${resource.name}@${resource.environmentName}`;
    case 'alias':
      return resource.aliasName;
    case 'sharedParameter':
      return resource.parameterName;
    default:
      return resource.name;
  }
}

export function subjectOfKey(key: PictureKey, ...programs: readonly Opened[]): Subject {
  for (const { resources } of programs) {
    const placed = resources.get(key.id);
    if (placed !== undefined) return subjectOf(placed);
  }
  return { kind: 'referredKey', name: key.name };
}
