import type { Expression } from './expression.ts';
import type { PolicyDocument, PolicyPrincipal } from './policy.ts';
import type { Resource, Tag } from './program.ts';

export function expressionsOf(resource: Resource): readonly Expression[] {
  switch (resource.kind) {
    case 'key':
      return [...described(resource), ...expressionsOfPolicy(resource.policy), ...inTags(resource.tags)];
    case 'replicaKey':
      return [
        { kind: 'reference', resource: resource.primary, attribute: 'arn' },
        ...described(resource),
        ...expressionsOfPolicy(resource.policy),
        ...inTags(resource.tags),
      ];
    case 'alias':
      return [resource.target];
    case 'role':
      return [...described(resource), ...expressionsOfPolicy(resource.assumeRolePolicy), ...inTags(resource.tags)];
    case 'user':
      return inTags(resource.tags);
    case 'group':
      return [];
    case 'identityPolicy':
      return [resource.policyName, resource.attachTo.name, ...expressionsOfPolicy(resource.document)];
    case 'sharedParameter':
      return [resource.value, ...inTags(resource.tags)];
    case 'kmsGrant':
      return [
        resource.key,
        resource.grantee,
        ...(resource.retiringPrincipal === undefined ? [] : [resource.retiringPrincipal]),
      ];
  }
}

function described({ description }: { readonly description?: Expression }): readonly Expression[] {
  return description === undefined ? [] : [description];
}

function inTags(tags: readonly Tag[]): readonly Expression[] {
  return tags.map((tag) => tag.value);
}

export function expressionsOfPolicy(document: PolicyDocument): readonly Expression[] {
  const inStatements = document.statements.flatMap((statement) => [
    ...(statement.principals ?? []).flatMap(inPrincipal),
    ...(statement.notPrincipals ?? []).flatMap(inPrincipal),
    ...(statement.resources ?? []),
    ...(statement.notResources ?? []),
    ...statement.conditions.flatMap((condition) => condition.values),
  ]);
  return document.id === undefined ? inStatements : [document.id, ...inStatements];
}

function inPrincipal(principal: PolicyPrincipal): readonly Expression[] {
  switch (principal.kind) {
    case 'aws':
      return [principal.arn];
    case 'service':
      return [principal.host];
    case 'federated':
      return [principal.provider];
    case 'anyone':
      return [];
  }
}
