import { type Diagnostic, report } from '../diagnostics/diagnostic.ts';
import { wildcardInPrincipal } from '../diagnostics/resolve.ts';
import type { Located } from '../project/located.ts';

/** The notation of the advice: YAML of the language, or JSON of a policy file. */
type Notation = 'yaml' | 'json';

/**
 * Reports a wildcard in the ARN of a principal (KW2015) and says, in the given notation, what to write instead. `*` alone, which a policy
 * file can contain, means everyone and is not an ARN.
 */
export function principalHasNoWildcard(
  { value: arn, span }: Located<string>,
  notation: Notation,
): readonly Diagnostic[] {
  if (!arn.startsWith('arn:') || !/[*?]/.test(arn)) return [];
  return [report(wildcardInPrincipal, span, { arn, instead: insteadOf(arn, notation) })];
}

function insteadOf(arn: string, notation: Notation): string {
  const [, partition = '', service = '', , account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (service !== 'iam' && service !== 'sts') return 'write the whole ARN';
  if (/^(saml-provider|oidc-provider)\//.test(resource)) return 'write the whole ARN of the provider';
  const [kind, role = '', session = ''] = resource.split('/');
  // For a session, `aws:PrincipalArn` is the ARN of its role.
  const principalArn = kind === 'assumed-role' ? `arn:${partition}:iam::${account}:role/${role}` : arn;
  if (kind === 'assumed-role' && !/[*?]/.test(`${account}${role}`) && /[*?]/.test(session)) {
    return `name the role, which stands for all of its sessions: ${principalArn}`;
  }
  const isOneAccount = !/[*?]/.test(account);
  const who =
    notation === 'yaml'
      ? isOneAccount
        ? `{ account: "${account}" }`
        : '{ organization: o-… }'
      : isOneAccount
        ? `{ "AWS": "arn:${partition}:iam::${account}:root" }`
        : '"*", limited by `aws:PrincipalOrgID`';
  if (isOneAccount && /^(\*|root)$/.test(resource)) return `name everyone in the account as ${who}`;
  const condition =
    notation === 'yaml'
      ? `{ ArnLike: { "aws:PrincipalArn": "${principalArn}" } }`
      : `{ "ArnLike": { "aws:PrincipalArn": "${principalArn}" } }`;
  const everyone = isOneAccount ? 'everyone in the account' : 'everyone in your organization';
  return `name ${everyone} as ${who}, with the condition ${condition}`;
}
