import { type Diagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { KmsGrant, Resource } from '@keywright/core/ir/program';
import { maySharePlace } from '../compare/same-place.ts';
import type { DeployedTexts } from './deployed-texts.ts';
import { ambiguousInSource, leftBehind, notInSource } from './diagnostics.ts';
import { type ExistingResource, nameOf, type Pair, type ProjectResource } from './existing-resource.ts';

export interface Side {
  readonly texts: DeployedTexts;
  /** Returns the project's name for the key of an alias, a replica or a grant of this side; `undefined` if the key is not handed over. */
  readonly keyOf: (resource: Resource, of: ProjectResource | ExistingResource) => string | undefined;
}

/**
 * Matches everything but keys to resources of the source: a replica by its primary and region, an alias by its name, a grant by its key and
 * name or by its whole content, a principal by its name in IAM, an identity policy by holder and name. Reports an error if an alias,
 * replica or grant of a matched key is not in the project.
 */
export function matchRest(
  wanted: readonly ProjectResource[],
  existing: readonly ExistingResource[],
  sides: { readonly wanted: Side; readonly existing: Side },
): { readonly pairs: readonly Pair[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const free = new Set(existing);
  const pairs = wanted.flatMap((one): readonly Pair[] => {
    const { resource, stack } = one;
    // SSM parameters are created anew, and their readers find the same values in the new ones.
    if (resource.kind === 'sharedParameter') return [];
    const candidates = [...free].filter(
      (other) =>
        other.resource.kind === resource.kind &&
        maySharePlace(stack.environment, other.stack.environment) &&
        isSame(one, other, sides),
    );
    const [other, second] = candidates;
    const what = nameOf(resource);
    if (other === undefined) {
      diagnostics.push(report(notInSource, resource.source.span, { what }));
      return [];
    }
    // Grants with the same content are interchangeable.
    if (second !== undefined && resource.kind !== 'kmsGrant') {
      const addresses = candidates.map(({ origin }) => origin.address);
      diagnostics.push(report(ambiguousInSource, resource.source.span, { what, addresses }));
      return [];
    }
    free.delete(other);
    return [{ wanted: one, existing: other }];
  });
  for (const other of free) {
    const key = sides.existing.keyOf(other.resource, other);
    if (key === undefined) continue;
    const { address } = other.origin;
    diagnostics.push(report(leftBehind, undefined, { what: nameOf(other.resource), address, key }));
  }
  return { pairs, diagnostics };
}

function isSame(
  wanted: ProjectResource,
  existing: ExistingResource,
  sides: { readonly wanted: Side; readonly existing: Side },
): boolean {
  const [one, other] = [wanted.resource, existing.resource];
  const sameKey = () => {
    const key = sides.wanted.keyOf(one, wanted);
    return key !== undefined && key === sides.existing.keyOf(other, existing);
  };
  switch (one.kind) {
    case 'key':
    case 'sharedParameter':
      return false;
    case 'replicaKey':
      return other.kind === 'replicaKey' && one.region === other.region && sameKey();
    case 'alias':
      return other.kind === 'alias' && one.aliasName === other.aliasName && regionOf(wanted) === regionOf(existing);
    case 'kmsGrant': {
      if (other.kind !== 'kmsGrant') return false;
      const [own, its] = [
        sides.wanted.texts.text(one.key, wanted.stack),
        sides.existing.texts.text(other.key, existing.stack),
      ];
      // A key id and its ARN identify the same key.
      if (own !== its && keyIdIn(own) !== keyIdIn(its)) return false;
      if (regionOf(wanted) !== regionOf(existing)) return false;
      if (one.named || other.named) return one.named && other.named && one.name === other.name;
      return grantText(one, wanted, sides.wanted.texts) === grantText(other, existing, sides.existing.texts);
    }
    case 'role':
    case 'user':
    case 'group': {
      if (other.kind !== one.kind) return false;
      const name = other.physicalName ?? existing.origin.physicalId;
      return one.physicalName === undefined || name === undefined ? one.name === other.name : one.physicalName === name;
    }
    case 'identityPolicy': {
      if (other.kind !== 'identityPolicy' || one.attachTo.kind !== other.attachTo.kind) return false;
      const text = (side: Side, policy: typeof one, { stack }: ProjectResource | ExistingResource) =>
        JSON.stringify([policy.attachTo.name, policy.policyName].map((part) => side.texts.text(part, stack)));
      return text(sides.wanted, one, wanted) === text(sides.existing, other, existing);
    }
  }
}

function regionOf({ resource, stack }: ProjectResource | ExistingResource): string | undefined {
  return resource.region ?? stack.environment.region;
}

function keyIdIn(text: string): string {
  return text.replace(/^.*:key\//, '');
}

/** Prints what a grant allows, in a fixed order. */
export function grantText(
  grant: KmsGrant,
  { stack }: ProjectResource | ExistingResource,
  texts: DeployedTexts,
): string {
  const { grantee, retiringPrincipal, operations, encryptionContext } = grant;
  return JSON.stringify([
    texts.text(grantee, stack),
    retiringPrincipal && texts.text(retiringPrincipal, stack),
    [...operations].sort(),
    encryptionContext ?? '',
  ]);
}
