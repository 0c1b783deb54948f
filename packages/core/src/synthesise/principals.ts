import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { groupInStatement } from '../diagnostics/policy.ts';
import { literal } from '../ir/expression.ts';
import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import type { Group, Role, Tag, User } from '../ir/program.ts';
import type { CreatedPrincipal, PrincipalReference } from '../language/principal.ts';
import { bindPrincipals, type PrincipalScope } from '../policy/bind-principals.ts';
import { callersComeThroughAService } from '../policy/callers-come-through-a-service.ts';
import { everyoneIsNarrowed } from '../policy/everyone-is-narrowed.ts';
import { type Grantee, reasonOf } from '../policy/grantee.ts';
import { serviceIsNamedRight } from '../policy/service-hosts.ts';
import { joinConditions, lowerConditions } from '../policy/statements.ts';
import { entries, type Located, oneOrMore, property, provenance, retyped } from '../project/located.ts';
import { interpolate } from '../resolve/interpolate.ts';
import type { CreatedModel, StackModel } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';
import { sortTags } from './keys.ts';

type RoleDefinition = Extract<CreatedPrincipal, { role: unknown }>['role'];

/** The role, user or group that a stack creates. Its name in IAM is known once all uses of it are. */
export function synthesisePrincipal(
  created: CreatedModel,
  trustPolicies: ReadonlyMap<CreatedModel, PolicyDocument>,
  links: Links,
  diagnostics: Diagnostic[],
): Role | User | Group {
  const { definition, stack } = created;
  const { value } = definition;
  const physicalName = links.physicalNameOf(created);
  const common = {
    id: created.id,
    name: created.name,
    names: value.names ?? {},
    dependsOn: [],
    source: { span: definition.nameSpan },
    ...(physicalName !== undefined && { physicalName }),
  };
  if ('group' in value) return { ...common, kind: 'group' };

  const own = 'role' in value ? value.role.tags : value.user.tags;
  const body =
    'role' in value ? property(retyped(definition, value), 'role') : property(retyped(definition, value), 'user');
  const tags = new Map<string, Tag>(stack.tags.map((tag) => [tag.name, tag]));
  if (own !== undefined && body !== undefined) {
    for (const tag of entries(property(body as Located<{ tags?: Record<string, string> }>, 'tags'))) {
      // a role and a user both have tags
      tags.set(tag.name, { name: tag.name, value: interpolate(tag, stack.place, diagnostics) });
    }
  }
  const sorted = sortTags(tags.values());
  if (!('role' in value)) return { ...common, kind: 'user', tags: sorted };

  const role = retyped(body ?? definition, value.role);
  const description = property(role, 'description');
  return {
    ...common,
    kind: 'role',
    ...(description !== undefined && { description: interpolate(description, stack.place, diagnostics) }),
    assumeRolePolicy: trustPolicies.get(created) ?? { statements: [] }, // each role has one
    tags: sorted,
  };
}

/** The trust policies of the roles that the stacks create, which can name principals of other stacks. */
export function decideTrustPolicies(
  stacks: readonly StackModel[],
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): ReadonlyMap<CreatedModel, PolicyDocument> {
  const policies = new Map<CreatedModel, PolicyDocument>();
  for (const created of stacks.flatMap((stack) => [...stack.created.values()])) {
    const { definition } = created;
    const { value } = definition;
    if (!('role' in value)) continue;
    const role = property(retyped(definition, value), 'role') ?? retyped(definition, value.role);
    policies.set(created, trustPolicy(role, created, scope, links, diagnostics));
  }
  return policies;
}

/** Who may assume a role: one statement for each action that it takes and for each set of conditions. */
function trustPolicy(
  role: Located<RoleDefinition>,
  created: CreatedModel,
  scope: PrincipalScope,
  links: Links,
  diagnostics: Diagnostic[],
): PolicyDocument {
  const { stack } = created;
  const when = property(role, 'when');
  const conditions = lowerConditions(when, stack.place, scope.regions, diagnostics);
  const groups = new Map<string, Statement & { principals: PolicyPrincipal[] }>();
  const add = (principal: PolicyPrincipal, action: string, own: readonly Condition[], source: Located<unknown>) => {
    const all = joinConditions(conditions, own, source.span, diagnostics);
    const group = JSON.stringify([action, all]);
    const statement = groups.get(group);
    if (statement !== undefined) statement.principals.push(principal);
    else {
      groups.set(group, {
        effect: 'Allow',
        principals: [principal],
        actions: [action],
        conditions: all,
        source: provenance(source),
      });
    }
  };

  for (const reference of oneOrMore<PrincipalReference>(property(role, 'assumedBy'))) {
    if (typeof reference.value === 'string' && reference.value.includes('.amazonaws.com')) {
      diagnostics.push(...serviceIsNamedRight(retyped(reference, reference.value), stack.place.region, scope.regions));
      add({ kind: 'service', host: literal(reference.value) }, 'sts:AssumeRole', [], reference);
      continue;
    }
    for (const grantee of bindPrincipals([reference], stack, stack.place, scope, diagnostics)) {
      const principal = trustedPrincipal(grantee, created, links, diagnostics);
      const own = grantee.kind === 'outside' ? grantee.conditions : [];
      diagnostics.push(...callersComeThroughAService(grantee, own, 'assumedBy'));
      if (principal?.kind === 'anyone' && conditions.length + own.length === 0) {
        diagnostics.push(everyoneIsNarrowed(grantee.label, reasonOf(grantee), grantee.span));
      }
      if (principal !== undefined) add(principal, assumeAction(principal), own, reference);
    }
  }
  return { statements: [...groups.values()] };
}

function trustedPrincipal(
  grantee: Grantee,
  created: CreatedModel,
  links: Links,
  diagnostics: Diagnostic[],
): PolicyPrincipal | undefined {
  if (grantee.kind === 'outside') return grantee.principal;
  if (grantee.kind === 'existing') return { kind: 'aws', arn: grantee.arn };
  if (grantee.created.kind === 'group') {
    diagnostics.push(report(groupInStatement, grantee.span, { group: grantee.label }));
    return undefined;
  }
  const reason = `its role \`${created.name}\` trusts \`${grantee.created.name}\``;
  return { kind: 'aws', arn: links.principalArn(created.stack, grantee.created, { span: grantee.span }, reason) };
}

/** Source: AWS STS API reference: federated users assume a role with a web identity or with SAML. */
function assumeAction(principal: PolicyPrincipal): string {
  if (principal.kind !== 'federated') return 'sts:AssumeRole';
  return JSON.stringify(principal.provider).includes(':saml-provider/')
    ? 'sts:AssumeRoleWithSAML'
    : 'sts:AssumeRoleWithWebIdentity';
}
