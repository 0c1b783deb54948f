import { defineDiagnostic, report } from '@keywright/core/diagnostics/diagnostic';
import { decide } from '../decide.ts';
import { requesterOf } from '../named-principal.ts';
import type { NamedPrincipal, Picture, PictureKey, PolicyStatement } from '../picture.ts';
import type { Principal } from '../principal.ts';
import { equals } from '../value/compare.ts';
import { isOwnRoot } from './read/accounts.ts';
import { mustMatch, namesAService, namesPrincipals, requiredConditionsOn } from './read/conditions.ts';
import { holderOf, listed, nameOf } from './read/names.ts';
import { isAboutEverything, operationsIn } from './read/operations.ts';
import type { StatementRule } from './rule.ts';

const definition = defineDiagnostic<{ who: readonly string[] }>({
  code: 'KW7008',
  severity: 'warning',
  title: 'A principal that can create KMS grants for anyone',
  message: ({ who }) => `${listed(who)} can pass on access to the key with \`kms:CreateGrant\``,
  help: () => 'add the condition `Bool: { "kms:GrantIsForAWSResource": true }`',
  explanation: `A principal that can create KMS grants can give anyone whatever a KMS grant allows, and the key policy does not show it.
Callers of AWS services need the action because services create KMS grants on their behalf; the condition \`kms:GrantIsForAWSResource\`
allows just that. \`kms:ViaService\`, \`kms:GranteePrincipal\` and \`kms:GranteeServicePrincipal\` limit the action too. A Deny of KMS
grants that are not for AWS resources, or not for particular grantees, limits it as well. For a service, a required encryption context is
enough, as AWS documents for Fargate. A pattern for grantees of any account, \`arn:aws:iam::*:role/*\`, or for any service,
\`*.amazonaws.com\`, does not limit the action. Principals that can change the key policy anyway are not reported, so \`administer\`, which
includes \`kms:Create*\`, raises no finding. Principals of another account cannot change the key policy, so they are reported. Also known
as AWS Control Tower CT.KMS.PR.3.
Source: AWS KMS Developer Guide, "Allows key users to use the KMS key with AWS services", and "AWS KMS condition keys",
kms:GrantIsForAWSResource.`,
  example: {
    wrong: `grants:
  - { to: ordersApi, can: [decrypt, "kms:CreateGrant"] }`,
    right: `grants:
  - { to: ordersApi, can: decrypt }
  - { to: ordersApi, can: "kms:CreateGrant", when: { Bool: { "kms:GrantIsForAWSResource": true } } }`,
  },
});

/** A principal that can create KMS grants without being an administrator does so for AWS services only, or for a particular principal. */
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
      (named) =>
        (key === undefined || !isOwnRoot(named, key)) &&
        (!administers || isElsewhere(named, key)) &&
        !isDenied(requesterOf(named) ?? { kind: 'anyone' }, key, picture),
    );
    const holder = picture.principalsById.get(ref.owner)?.principal;
    const isHolderLimited = administers || (holder !== undefined && isDenied(holder, key, picture));
    const who =
      others?.map((named) => nameOf(named, picture)) ?? (isHolderLimited ? [] : [holderOf(statement, picture)]);
    return who.length === 0 ? [] : [report(definition, ref.source.span, { who })];
  },
};

/** Whether a Deny keeps a principal from creating a KMS grant for an arbitrary role of another account in a direct request. */
function isDenied(principal: Principal, key: PictureKey | undefined, picture: Picture): boolean {
  if (key === undefined) return false;
  return (
    decide(picture, { principal, action: 'kms:CreateGrant', key, context: forAStranger }).decision === 'explicitDeny'
  );
}

const forAStranger = {
  'kms:GrantIsForAWSResource': 'false',
  'kms:ViaService': null,
  'kms:GranteePrincipal': 'arn:aws:iam::000000000000:role/stranger',
  'kms:GranteeServicePrincipal': null,
};

/** Whether a principal is in a different account from the key. Such a principal can create KMS grants, but not change the key policy. */
function isElsewhere(named: NamedPrincipal, key: PictureKey | undefined): boolean {
  return key !== undefined && 'account' in named && equals(named.account, key.account) === false;
}

/**
 * Whether a statement lets only services create KMS grants, and requires an encryption context that names their resources, such as a
 * Fargate cluster.
 */
function ofWhatItEncrypts({ principals = [], conditions }: PolicyStatement): boolean {
  const isService = principals.length > 0 && principals.every(({ kind }) => kind === 'service');
  return (
    isService && conditions.some((condition) => /^kms:encryptioncontext:/i.test(condition.key) && mustMatch(condition))
  );
}
