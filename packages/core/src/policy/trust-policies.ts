import { eachOnce } from '../diagnostics/each-once.ts';
import { resultInStack } from '../diagnostics/in-stack.ts';
import { createCollector, type Result } from '../diagnostics/result.ts';
import type { Condition, PolicyDocument, PolicyPrincipal, Statement } from '../ir/policy.ts';
import { type Located, property, provenance } from '../project/located.ts';
import { type CreatedModel, type Model, reasonOf } from '../resolve/model.ts';
import type { Links } from '../stacks/links.ts';
import { callersComeThroughAService } from './callers-come-through-a-service.ts';
import { everyoneIsNarrowed } from './everyone-is-narrowed.ts';
import { namedInPolicy } from './named-in-policy.ts';
import { joinConditions, lowerConditions } from './statements.ts';
import { sourceText } from './trust.ts';
import { trustPolicyFits } from './trust-policy-fits.ts';

/** The trust policies of the roles that stacks create; they can name principals of other stacks. */
export function decideTrustPolicies(
  { stacks, settings }: Model,
  links: Links,
): Result<ReadonlyMap<CreatedModel, PolicyDocument>> {
  const collector = createCollector();
  const roles = stacks.flatMap((stack) => [...stack.created.values()]).filter(({ kind }) => kind === 'role');
  return collector.result(
    new Map(
      roles.map((role) => [
        role,
        collector.take(resultInStack(role.stack, trustPolicy(role, settings.regions, links))),
      ]),
    ),
  );
}

/** The trust policy of a role, with one statement for each action and set of conditions. */
function trustPolicy(created: CreatedModel, regions: ReadonlySet<string>, links: Links): Result<PolicyDocument> {
  const collector = createCollector();
  const { body, stack } = created;
  const conditions = collector.take(lowerConditions(property(body, 'when'), stack.place, regions));
  const groups = new Map<string, Statement & { principals: PolicyPrincipal[] }>();
  const add = (principal: PolicyPrincipal, ownConditions: readonly Condition[], source: Located<unknown>) => {
    const actions = assumeActions(principal);
    const allConditions = collector.take(joinConditions(conditions, ownConditions, source.span));
    const group = JSON.stringify([actions, allConditions]);
    const statement = groups.get(group);
    if (statement !== undefined) statement.principals.push(principal);
    else {
      groups.set(group, {
        effect: 'Allow',
        principals: [principal],
        actions,
        conditions: allConditions,
        source: provenance(source),
      });
    }
  };

  for (const { reference, grantees } of created.assumedBy) {
    for (const grantee of grantees) {
      const principal = collector.take(
        namedInPolicy(grantee, (trusted) => {
          const reason = `its role \`${created.name}\` trusts \`${trusted.name}\``;
          return links.principalArn(stack, trusted, { span: grantee.span }, reason);
        }),
      );
      const ownConditions = grantee.kind === 'outside' ? grantee.conditions : [];
      collector.add(...callersComeThroughAService(grantee, ownConditions, 'assumedBy'));
      if (principal?.kind === 'anyone' && conditions.length + ownConditions.length === 0) {
        collector.add(everyoneIsNarrowed(grantee.label, reasonOf(grantee), grantee.span));
      }
      if (principal !== undefined) add(principal, ownConditions, reference);
    }
  }
  // `ec2` and `ec2.amazonaws.com` are the same service.
  const statements = [...groups.values()].map((one) => ({ ...one, principals: eachOnce(one.principals) }));
  const document = { statements };
  collector.add(...trustPolicyFits(created, document));
  return collector.result(document);
}

/**
 * The services that assume a role with more than `sts:AssumeRole`. Source: Amazon EKS User Guide, "Create IAM role with trust policy
 * required by EKS Pod Identity"; IAM Roles Anywhere User Guide, "Trust policy".
 */
const otherActions: Readonly<Record<string, readonly string[]>> = {
  'pods.eks': ['sts:AssumeRole', 'sts:TagSession'],
  rolesanywhere: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
};

/**
 * The actions that a principal needs to assume a role. Federated users assume it with a web identity or with SAML. Source: AWS STS API
 * reference.
 */
function assumeActions(principal: PolicyPrincipal): readonly string[] {
  if (principal.kind === 'service') {
    // In a stack without an environment, only the deployment knows the suffix.
    const [, service = ''] =
      /^(.+?)\.(?:amazonaws\.com(?:\.cn)?|\$\{dnsSuffix\})$/.exec(sourceText(principal.host)) ?? [];
    return Object.hasOwn(otherActions, service) ? (otherActions[service] ?? []) : ['sts:AssumeRole'];
  }
  if (principal.kind !== 'federated') return ['sts:AssumeRole'];
  const isSaml = JSON.stringify(principal.provider).includes(':saml-provider/');
  return [isSaml ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'];
}
