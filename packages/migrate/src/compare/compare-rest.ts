import type { Placed } from '@keywright/analyze/build/placed';
import { shown } from '@keywright/analyze/value/value';
import type { Stack } from '@keywright/core/ir/program';
import type { Change, PropertyChange, PropertyDifference, Subject } from './changes.ts';
import { type Differing, keyOfAlias } from './differing-resources.ts';
import { identityOf, isKey, type Opened } from './opened.ts';
import { compareProperties, fixedProperties, propertiesOfStack } from './properties.ts';
import { nameOf, placeDifferences, placeOf, subjectOf } from './subjects.ts';

/** Lists resources that were added or removed, and the properties that changed in resources of both programs. */
export function compareRest(old: Opened, now: Opened, differing: Differing): readonly Change[] {
  const removed = [...old.resources].flatMap(([id, placed]) =>
    now.resources.has(id) || isKey(placed) || !isToldAlone(placed, old, now)
      ? [] // already reported as a loss
      : [property('removed', placed)],
  );
  const added = [...now.resources].flatMap(([id, placed]) =>
    old.resources.has(id) || !isToldAlone(placed, now, old) ? [] : [property('added', placed)],
  );
  const changed = [...now.resources].flatMap(([id, placed]) => {
    const before = old.resources.get(id);
    if (before === undefined) return [];
    const isDisabled = isKey(placed) && !placed.resource.enabled;
    const isSaid = (property: string) =>
      fixedProperties.includes(property) ||
      (isDisabled && property === 'enabled') ||
      (placed.resource.kind === 'alias' && property === keyOfAlias);
    return [...nameDifferences(before, placed), ...(differing.get(id) ?? [])]
      .filter(({ property }) => !isSaid(property))
      .map((difference) => property('changed', placed, difference));
  });
  return [...removed, ...added, ...changed, ...compareStacks(old, now)];
}

function nameDifferences(before: Placed, after: Placed): readonly PropertyDifference[] {
  if (!isKey(before) || !isKey(after)) return [];
  const [one, other] = [before, after].map(({ stack, resource }) => `${stack.name}.${nameOf(resource)}`);
  return one === other || one === undefined || other === undefined
    ? []
    : [{ property: 'moved', before: one, after: other }];
}

/**
 * Whether a resource is reported on its own. An alias or KMS grant is reported with its key, and an identity policy is reported as
 * the access that it gives.
 */
function isToldAlone({ stack, resource }: Placed, own: Opened, other: Opened): boolean {
  if (resource.kind === 'identityPolicy') return false;
  if (resource.kind !== 'alias' && resource.kind !== 'kmsGrant') return true;
  const key = own.values.resourceOf(resource.kind === 'alias' ? resource.target : resource.key, stack);
  if (key === undefined) return true;
  const same = other.resources.get(identityOf(key, own.values, own.renames));
  return same !== undefined && placeDifferences(key.stack.environment, same.stack.environment).length === 0;
}

function property(what: PropertyChange['what'], placed: Placed, difference?: PropertyDifference): PropertyChange {
  return { rank: 'property', what, subjects: [subjectOf(placed)], ...(difference ?? { property: '' }) };
}

function compareStacks(old: Opened, now: Opened): readonly Change[] {
  return now.program.stacks.flatMap((stack) => {
    const before = old.stacks.get(stack.name);
    if (before === undefined) return [];
    const rows = (one: Stack, { program, values }: Opened) =>
      propertiesOfStack(one, program, (expression) => shown(values.resolve(expression, one)));
    return compareProperties(rows(before, old), rows(stack, now)).map((difference): PropertyChange => {
      const subject: Subject = { kind: 'stack', name: stack.name, ...placeOf(stack), source: { span: stack.span } };
      return { rank: 'property', what: 'changed', subjects: [subject], ...difference };
    });
  });
}
