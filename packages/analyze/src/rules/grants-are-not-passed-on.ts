import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { isLinkedRole } from './read/accounts.ts';
import { listed, nameOf } from './read/names.ts';
import type { KeyRule } from './rule.ts';

const definition = defineDiagnostic<{ grant: string; who: string }>({
  code: 'KW7038',
  severity: 'warning',
  title: 'A KMS grant that can be passed on',
  message: ({ grant, who }) => `the KMS grant \`${grant}\` lets ${who} pass its operations on to anyone`,
  help: () => 'leave out `CreateGrant`, and create a KMS grant for each principal that needs one',
  explanation: `A grantee with \`CreateGrant\` can create further KMS grants on the same key for any principal in any account. Each of
these allows at most the operations of the first KMS grant, under the encryption context of that KMS grant, but neither the key policy nor
the YAML shows them. Service-linked roles, such as that of Auto Scaling, need \`CreateGrant\` and are not reported: only AWS services act
as them.
Source: AWS KMS Developer Guide, "Grants in AWS KMS", "Granting CreateGrant permission"; Amazon EC2 Auto Scaling User Guide,
"Required AWS KMS key policy for use with encrypted volumes".`,
  example: {
    wrong: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt, CreateGrant] }`,
    right: `targets: [terraform, pulumi]
keys:
  orders:
    kmsGrants:
      workers: { grantee: ordersApi, operations: [Decrypt] }`,
  },
});

export const grantsAreNotPassedOn: KeyRule = {
  definition,
  about: 'key',
  check: ({ key }, { picture }) =>
    key.grants
      .filter(({ operations, grantee }) => operations.includes('CreateGrant') && !isLinkedRole(grantee))
      .map(({ name, grantee, ref }) =>
        report(definition, ref.source.span, { grant: name, who: listed([nameOf(grantee, picture)]) }),
      ),
};
