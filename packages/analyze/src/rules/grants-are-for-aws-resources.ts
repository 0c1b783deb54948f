import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import type { NamedPrincipal, PictureKey, PolicyStatement } from '../picture.ts';
import { equals } from '../value/compare.ts';
import { isOwnRoot } from './read/accounts.ts';
import { mustMatch, namesAService, namesPrincipals, requiredConditionsOn } from './read/conditions.ts';
import { holderOf, listed, nameOf } from './read/names.ts';
import { isAboutEverything, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ who: readonly string[] }>({
  code: 'KW7008',
  severity: 'warning',
  title: 'KMS grants to anyone',
  message: ({ who }) => `${listed(who)} can pass on access to the key with \`kms:CreateGrant\``,
  help: () => 'add the condition `Bool: { "kms:GrantIsForAWSResource": true }`',
  explanation: `A principal that can create grants can give anyone whatever a grant allows, and the key policy does not show it. Callers of AWS
services need the action because services create grants on their behalf; the condition \`kms:GrantIsForAWSResource\` allows just
that. \`kms:ViaService\`, \`kms:GranteePrincipal\` and \`kms:GranteeServicePrincipal\` limit it too, and so does the encryption
context for a service, as AWS documents for Fargate; a pattern for grantees of any account, \`arn:aws:iam::*:role/*\`, or for any service, \`*.amazonaws.com\`, does not. Principals that can change the key policy anyway are not reported:
\`administer\` includes \`kms:Create*\`. Principals of another account cannot change it, so they are reported.
Also known as AWS Control Tower CT.KMS.PR.3. Source: AWS KMS Developer Guide, "Allows key users to use the KMS key with AWS
services", and "AWS KMS condition keys", kms:GrantIsForAWSResource.`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: [decrypt, "kms:CreateGrant"] }`,
    right: `grants:
  - { to: ordersApi, can: decrypt }
  - { to: ordersApi, can: "kms:CreateGrant", when: { Bool: { "kms:GrantIsForAWSResource": true } } }`,
  },
});

/**
 * A principal that can create grants without being an administrator does so for AWS services only, or for a particular
 * principal.
 */
export const grantsAreForAwsResources: StatementRule = {
  definition,
  about: 'statement',
  check: ({ statement, key }, { picture }) => {
    const { effect, principals, ref } = statement;
    const operations = operationsIn(statement);
    // Another rule reports principals that can do everything.
    if (effect === 'Deny' || !operations.has('CreateGrant') || isAboutEverything(statement)) return [];
    const required = (...keys: readonly string[]) => requiredConditionsOn(statement, keys);
    const isLimited =
      required('kms:grantisforawsresource').some(({ values }) => !values.includes('false')) ||
      required('kms:viaservice', 'kms:granteeserviceprincipal').some(({ values }) => values.every(namesAService)) ||
      required('kms:granteeprincipal').some(namesPrincipals);
    if (isLimited || ofWhatItEncrypts(statement)) return [];
    const administers = operations.has('PutKeyPolicy');
    const others = principals?.filter(
      (named) => (key === undefined || !isOwnRoot(named, key)) && (!administers || isElsewhere(named, key)),
    );
    const who = others?.map((named) => nameOf(named, picture)) ?? (administers ? [] : [holderOf(statement, picture)]);
    return who.length === 0 ? [] : [report(definition, ref.source.span, { who })];
  },
};

/** Whether a principal is of another account than the key: it can create grants, but not change the key policy. */
function isElsewhere(named: NamedPrincipal, key: PictureKey | undefined): boolean {
  return key !== undefined && 'account' in named && equals(named.account, key.account) === false;
}

/**
 * A service creates grants for resources whose encryption context the statement requires: Fargate for the tasks of a
 * cluster.
 */
function ofWhatItEncrypts({ principals = [], conditions }: PolicyStatement): boolean {
  const isService = principals.length > 0 && principals.every(({ kind }) => kind === 'service');
  return (
    isService && conditions.some((condition) => /^kms:encryptioncontext:/i.test(condition.key) && mustMatch(condition))
  );
}
