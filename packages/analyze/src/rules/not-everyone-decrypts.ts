import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { administeringOf, usesOf } from '../facts/actions.ts';
import type { PictureKey } from '../picture.ts';
import { type Everyone, everyoneIn } from './read/everyone.ts';
import { hasAny, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const administer = 'administer';

const definition = defineDiagnostic<{ key: string; what: string; how: Everyone }>({
  code: 'KW7007',
  severity: 'warning',
  title: 'Everyone in an account can use a key',
  message: ({ key, what, how: { named, ofOrganization } }) =>
    `${named} lets everyone in the account ${what} \`${key}\`${ofOrganization ? ' without an IAM policy, if the organization includes the account' : ''}`,
  help: ({ what, how }) =>
    what === administer
      ? 'name the roles that administer it'
      : how.ofOrganization
        ? 'add the condition `StringNotEquals: { "aws:PrincipalAccount": "${account}" }`, so that IAM policies decide in this account too, or say in `suppress` why everyone may use the key'
        : 'name the roles, or add a condition that requires `kms:ViaService`, a tag of the principal or an encryption context',
  explanation: `\`*\` limited to an account, or a role named \`*\`, lets in every role and user of the account, including future ones,
without any IAM policy. To let IAM policies decide, name the account root; to let a service decrypt for anyone who may use its
resources, as AWS managed keys do, add \`kms:ViaService\` of that service. A condition that also holds for requests without its
condition key limits nobody, since callers can leave the condition key out. Examples are a condition with \`IfExists\` or
\`ForAllValues\`, and a negated condition on an encryption context. KMS refuses a principal with a wildcard in its ARN; use a condition
on \`aws:PrincipalArn\` instead.

\`*\` limited to an organization or an organizational unit is reported too. Principals of other accounts need an IAM policy as well.
Principals of the key's own account do not, even if the default statement of the key policy leaves the decision to IAM policies there. If a
condition excludes the key's account, IAM policies decide in every account. The organization of a partner does not include the key's
account, so for such an organization IAM policies always decide.
Source: AWS KMS Developer Guide, "Least-privilege permissions" and "Allowing users in other accounts to use a KMS key"; IAM User
Guide, "AWS JSON policy elements: Principal" and "Determining whether a cross-account request is allowed".`,
  example: {
    wrong: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } }`,
    right: `statements:
  - principals: { anyone: true }
    actions: kms:Decrypt
    conditions: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/orders-*" } }`,
  },
});

/** No statement lets everyone in the key's account use or administer the key. */
export const notEveryoneDecrypts: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }, { picture }) => {
    if (key?.policy === undefined || statement.effect === 'Deny') return [];
    const operations = operationsIn(statement);
    const uses = hasAny(operations, usesOf(key.traits?.usage));
    if (!uses && !hasAny(operations, administeringOf(key.traits ?? { multiRegion: false, origin: 'AWS_KMS' })))
      return [];
    const how = everyoneIn(statement, key, picture);
    if (how === undefined) return [];
    const what = uses ? `${whatItDoes(key, operations)} with` : administer;
    return [report(definition, statement.ref.source.span, { key: key.name, what, how })];
  },
};

function whatItDoes({ traits }: PictureKey, operations: ReadonlySet<string>): string {
  switch (traits?.usage) {
    case 'SIGN_VERIFY':
      return 'sign';
    case 'GENERATE_VERIFY_MAC':
      return 'make MACs';
    case 'KEY_AGREEMENT':
      return 'derive secrets';
    default:
      return hasAny(operations, ['Decrypt', 'ReEncryptFrom']) ? 'decrypt' : 'encrypt';
  }
}
