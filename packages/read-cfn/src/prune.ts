import { report } from '@keywright/core/diagnostics/diagnostic';
import type { Expression } from '@keywright/core/ir/expression';
import { expressionsOf } from '@keywright/core/ir/expressions-of';
import { isPrincipal } from '@keywright/core/ir/is-principal';
import { partsIn } from '@keywright/core/ir/rewrite';
import { type Collection, leftOutOf, type ReadResource } from './collect.ts';
import { neededIsMissing } from './diagnostics.ts';
import { isIdentityPolicy } from './identity-policies.ts';
import type { OpenTemplate } from './open-template.ts';
import type { World } from './world.ts';

/** Removes resources that refer to something that was not read. Repeats this until no such resource is left. */
export function withoutDangling(collection: Collection, world: World): void {
  const { byTemplate, collector, leftOut } = collection;
  for (let changed = true; changed; ) {
    changed = false;
    const idsOf = idsOfStacks(byTemplate);
    for (const [template, all] of byTemplate) {
      const whole = all.filter((one) => {
        const { resource, entry } = one;
        const lost = missingIn(template.name, expressionsOf(resource), idsOf, world);
        if (lost === undefined) return true;
        const inlinePolicy = labelOfInlinePolicy(one);
        // A principal is not reported, because every resource that refers to it is.
        if (!isPrincipal(resource)) {
          const [missing = lost] = [template, ...world.templates].flatMap((each) => each.logicalIdOf(lost) ?? []);
          collector.add(report(neededIsMissing, entry.span, { resource: inlinePolicy ?? entry.logicalId, missing }));
        }
        if (inlinePolicy === undefined) leftOut.push(leftOutOf(entry)); // its principal can still be read
        return false;
      });
      if (whole.length < all.length) changed = true;
      byTemplate.set(template, whole);
    }
  }
}

/** What messages call a policy that is defined within its principal; `undefined` for a resource with a logical id of its own. */
function labelOfInlinePolicy({ resource, entry }: ReadResource): string | undefined {
  if (resource.kind !== 'identityPolicy' || isIdentityPolicy(entry.type)) return undefined;
  const { policyName } = resource;
  return policyName.kind === 'literal'
    ? `the policy ${policyName.text} of ${entry.logicalId}`
    : `a policy of ${entry.logicalId}`;
}

/** The ids of resources, by stack name. */
export type Ids = ReadonlyMap<string, ReadonlySet<string>>;

export function idsOfStacks(byTemplate: ReadonlyMap<OpenTemplate, readonly ReadResource[]>): Ids {
  return new Map([...byTemplate].map(([{ name }, all]) => [name, new Set(all.map(({ resource }) => resource.id))]));
}

/** Returns the id of the first resource or export that the expressions refer to and that is missing. */
export function missingIn(
  stack: string,
  expressions: readonly Expression[],
  idsOf: Ids,
  world: World,
): string | undefined {
  for (const part of partsIn(expressions)) {
    if (part.kind === 'reference' && idsOf.get(stack)?.has(part.resource) !== true) return part.resource;
    if (part.kind !== 'crossStack') continue;
    const shared = world.sharedValue(part.stack, part.export);
    if (shared === undefined) return part.export;
    if (idsOf.get(part.stack)?.has(shared.value.resource) !== true) return shared.value.resource;
  }
  return undefined;
}

/** Removes roles, users and groups that nothing refers to. Such principals stay with their owner. */
export function withoutUnneededPrincipals(collection: Collection, world: World): void {
  const { byTemplate, leftOut } = collection;
  const byKey = new Map<string, { readonly stack: string; readonly one: ReadResource }>(
    [...byTemplate].flatMap(([{ name }, all]) =>
      all.map((one): [string, { readonly stack: string; readonly one: ReadResource }] => [
        `${name}/${one.resource.id}`,
        { stack: name, one },
      ]),
    ),
  );
  const needed = new Set<string>();
  const open = [...byKey].filter(([, { one }]) => !isPrincipal(one.resource));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [, { stack, one }] = next;
    for (const part of partsIn(expressionsOf(one.resource))) {
      const shared = part.kind === 'crossStack' ? world.sharedValue(part.stack, part.export) : undefined;
      const referred = shared?.value ?? part;
      if (referred.kind !== 'reference') continue;
      const key = `${shared?.producer.name ?? stack}/${referred.resource}`;
      const other = byKey.get(key);
      if (other === undefined || needed.has(key)) continue;
      needed.add(key);
      open.push([key, other]);
    }
  }
  for (const [template, all] of byTemplate) {
    const isKept = ({ resource }: ReadResource) =>
      !isPrincipal(resource) || needed.has(`${template.name}/${resource.id}`);
    for (const { entry } of all.filter((one) => !isKept(one))) leftOut.push(leftOutOf(entry));
    byTemplate.set(template, all.filter(isKept));
  }
}
