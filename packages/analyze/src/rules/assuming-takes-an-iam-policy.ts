import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { iamArn, parseArn } from '../value/arn.ts';
import { joinValue, type Value } from '../value/value.ts';
import { type Everyone, everyoneUnder } from './read/everyone.ts';
import type { TrustRule } from './rule.ts';

const definition = defineDiagnostic<{ role: string; how: Everyone }>({
  code: 'KW7033',
  severity: 'warning',
  title: 'A role that everyone in its account can assume',
  message: ({ role, how: { named, ofOrganization } }) =>
    `${named} lets everyone in the account of the role \`${role}\` assume it without an IAM policy${ofOrganization ? ', if the organization includes the account' : ''}`,
  help: ({ how }) =>
    how.ofOrganization
      ? 'name accounts in `assumedBy`, so that their IAM policies decide, or keep this account out with `when: { StringNotEquals: { "aws:PrincipalAccount": "${account}" } }`'
      : 'in `assumedBy`, name the roles, or name the account, which leaves the decision to its IAM policies',
  explanation: `A trust policy for \`*\` lets every principal of the role's own account assume the role, including future ones, whether or
not an IAM policy allows \`sts:AssumeRole\`. Even a role without any permissions, such as the role of a function that faces the Internet,
can then do what this role may do. Principals of other accounts also need an IAM policy that allows it. An organization in \`assumedBy\`
becomes \`*\` with a condition, so the rule covers organizations too. [KW7007](KW7007.md) is the same rule for keys.
Source: IAM User Guide, "AWS JSON policy elements: Principal" and "Policy evaluation for requests within a single account".`,
  example: {
    wrong: `principals: { company: { organization: o-a1b2c3d4e5, because: "our own organization" } }
stacks:
  main:
    principals: { reader: { role: { assumedBy: company } } }`,
    right: `principals: { company: { organization: o-a1b2c3d4e5, because: "our own organization" } }
stacks:
  main:
    principals:
      reader: { role: { assumedBy: company, when: { StringNotEquals: { "aws:PrincipalAccount": "\${account}" } } } }`,
  },
});

/**
 * A trust policy does not let everyone in the role's account assume the role without an IAM policy; it names the principals that need none.
 */
export const assumingTakesAnIamPolicy: TrustRule = {
  definition,
  about: 'trust',
  check: ({ role: { id, name, principal }, statement: { principals, conditions, source } }) => {
    if (principal.kind !== 'role' || !principals.some(({ kind }) => kind === 'anyone')) return [];
    const ref = { kind: 'identityPolicy', owner: id, index: 0, effect: 'Allow', source } as const;
    const how = everyoneUnder(conditions, { entry: (key) => entryOf(key, principal) }, ref);
    return how === undefined ? [] : [report(definition, source.span, { role: name, how })];
  },
};

/** The known context of a request to assume a role, made by somebody in its account. */
function entryOf(key: string, { account, arn }: { readonly account: Value; readonly arn: Value }) {
  switch (key) {
    case 'aws:principalaccount':
      return [account];
    case 'aws:principalarn': {
      const someone = joinValue([{ unknown: 'principal', of: 'the account' }]);
      return [iamArn(parseArn(arn)?.partition ?? 'aws', account, someone)];
    }
    case 'aws:principalisawsservice':
      return ['false'];
    case 'aws:securetransport':
      return ['true'];
    default:
      return 'unknown';
  }
}
